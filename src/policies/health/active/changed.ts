/** Settings of checks that can be changed while they go on, under the same names for all rules. */

import type { Params } from '../../policy.ts'

/** Interval and timeout in ns; failures in a row that take a replica out, passes that bring it back. */
export interface CheckChange {
  readonly interval?: number
  readonly timeout?: number
  readonly fall?: number
  readonly rise?: number
}

const OTHER_NAMES: Readonly<Record<string, string>> = { fall: 'unhealthyThreshold', rise: 'healthyThreshold' }

/** Whatever has parameters by name: a rule, or the parameters chosen for one. */
interface WithParams {
  readonly params: object
}

/** What a rule calls a setting; undefined when it has none of that kind. */
export function nameIn({ params }: WithParams, setting: string): string | undefined {
  if (Object.hasOwn(params, setting)) return setting
  const other = OTHER_NAMES[setting]
  return other !== undefined && Object.hasOwn(params, other) ? other : undefined
}

/** A rule's parameters with some changed; settings that it has not are passed over. */
export function changedParams(rule: WithParams, params: Params, change: CheckChange): Params {
  const changes = Object.entries(change).flatMap(([setting, value]) => {
    const name = nameIn(rule, setting)
    return name === undefined ? [] : [[name, value] as const]
  })
  return { ...params, ...Object.fromEntries(changes) }
}
