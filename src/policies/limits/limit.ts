/**
 * What a rate limiter is: a rule that judges one event (a request) of one key (an address, a path, a session)
 * at an instant, and remembers what it needs in that key's row of doubles.
 *
 * It sees the key's past and the clock, nothing else. Where the rows are, how many keys may be remembered
 * and who is forgotten is the zone's business (`zone.ts`). Several limits on one request are judged one after
 * the other by whoever asks, who also takes back what one of them has counted when a later one rejects
 * (`countsTogether`).
 */

import type { KeyedRows } from '../../base/keyed-rows.ts'
import type { Duration, Instant } from '../../base/time.ts'
import type { Params, Policy } from '../policy.ts'

/**
 * What becomes of an event, as a number: `PASS` (0) at once; above 0 it passes after that many nanoseconds;
 * `REJECT` (-1).
 */
export type Verdict = Duration
export const PASS = 0
export const REJECT = -1

/** A limiter; `params` as a scenario holds them (rates per second, durations in nanoseconds). */
export interface Limiter extends Policy {
  /** Parameters that say how much passes: a share of the limit is that share of each. */
  readonly amounts: readonly string[]
  /** True: events that it rejects count, too. */
  readonly countsRejected?: true
  /** True: several of its kind at one place count an event only when all let it pass. */
  readonly countsTogether?: true
  /** How many doubles it remembers for a key. */
  width(params: Params): number
  /** Fills the row of a key that has never been seen; the row is all zeros before. */
  open?(params: Params, rows: KeyedRows, row: number, now: Instant): void
  /** Judges an event and books it in the row. Instants never go back. */
  judge(params: Params, rows: KeyedRows, row: number, now: Instant): Verdict
  /**
   * An event that was let pass has ended; only for limits on what goes on at the same time.
   * @returns true when the key has nothing left to remember
   */
  ended?(params: Params, rows: KeyedRows, row: number): boolean
  /** Problems between parameters that bounds cannot express; none: []. */
  check?(params: Params): readonly string[]
  /** In words: how the key stands now. Changes nothing. */
  explain(params: Params, rows: KeyedRows, row: number, now: Instant): string
}
