/** Runs one limiter over instants of one key. */

import { type Limiter, PASS, type Verdict } from '../../../src/policies/limits/limit.ts'
import { judge, zone } from '../../../src/policies/limits/zone.ts'
import type { Params, ParamValue } from '../../../src/policies/policy.ts'

/** The parameters given, the others by default. */
export function paramsOf(limiter: Limiter, given: Params = {}): Params {
  const filled: Record<string, ParamValue> = {}
  for (const [name, { default: value }] of Object.entries(limiter.params)) {
    filled[name] = given[name] ?? value
    if (filled[name] === undefined) throw new Error(`${limiter.name} needs ${name}`)
  }
  return Object.freeze(filled)
}

/** What a new key's events at these instants (ns) are told. */
export function verdicts(limiter: Limiter, given: Params, instants: readonly number[]): Verdict[] {
  const params = paramsOf(limiter, given)
  const memory = zone(limiter, params)
  return instants.map((now) => judge(limiter, params, memory, 7, now))
}

/** How many of them pass. */
export function passed(limiter: Limiter, given: Params, instants: readonly number[]): number {
  return verdicts(limiter, given, instants).filter((verdict) => verdict >= PASS).length
}

export const ms = (milliseconds: number) => Math.round(milliseconds * 1e6)
