/** How the lines of a log become arrivals. */

import { LONGEST } from '../../base/time.ts'
import type { Params } from '../../policies/policy.ts'
import type { Scenario } from '../scenario.ts'

export interface LogOptions {
  /**
   * Logs know whole seconds only. The k requests of a second come at (i + ½)/k of it (`even`), at random
   * instants (`random`, from the seed), or all at its beginning (`none`); always in the order of the log.
   */
  readonly spread: 'even' | 'random' | 'none'
  /** How many times faster than recorded it is played; above 0. */
  readonly speed: number
  /** The scenario's seed, for `random`. */
  readonly seed: number | string
}

export const AS_RECORDED: LogOptions = { spread: 'even', speed: 1, seed: 0 }

/** What a population with `arrivals: log` wants of its log. */
export function logOptionsOf(params: Params, seed: number | string): LogOptions {
  const { speed, spread } = params
  return {
    speed: typeof speed === 'number' ? speed : AS_RECORDED.speed,
    spread: spread === 'random' || spread === 'none' ? spread : AS_RECORDED.spread,
    seed,
  }
}

/** True when only its logs say how long a scenario lasts, so that their ends must be known first. */
export function lastsAsItsLogs({ duration }: Scenario): boolean {
  return duration === LONGEST
}
