/** How the lines of a log become arrivals. */

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
