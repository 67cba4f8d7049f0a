/** Whose requests `evenkeel mrc` was asked to look at. */

import type { Problem } from '../scenario/problem.ts'
import { fileProblem } from './file-problem.ts'
import type { Changes } from './options.ts'

export interface MrcOptions extends Changes {
  readonly tier?: string
  readonly eviction?: string
  readonly capacities?: string
  readonly log?: string
}

/** Flags that change a scenario need one; and there is one source of requests. */
export function sourceProblems(
  file: string | undefined,
  { log, tier, set, duration }: MrcOptions,
): Problem[] {
  const problem = (flag: string, message: string) => [fileProblem(flag, message)]
  if (file === undefined && log === undefined) {
    return problem('mrc', 'a scenario file or --log FILE is needed: whose requests shall be looked at?')
  }
  if (log === undefined) return []
  return [
    ...(file === undefined
      ? []
      : problem(`--log ${log}`, `takes the place of a scenario; "${file}" is given, too`)),
    ...(tier === undefined ? [] : problem(`--tier ${tier}`, 'belongs to a scenario; a log has no tiers')),
    ...(set === undefined ? [] : problem(`--set ${set[0]}`, 'belongs to a scenario; a log has no settings')),
    ...(duration === undefined ? [] : problem(`--duration ${duration}`, 'belongs to a scenario')),
  ]
}
