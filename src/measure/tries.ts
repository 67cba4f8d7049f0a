/** Further tries of requests: who made them, and what came of copies. */

import { BY_HEDGE, OK } from '../model/facts.ts'
import type { TriesReport } from './report.ts'

/** Columns: further tries by who made them (see `BY_BALANCER`), copies that answered first, requests tried again, tries that were not made. */
const WON = 3
const RETRIED = 4
const OVERFLOWED = 5
export const TRY_FIGURES = 6

/** A further try sets out. @param nth further tries of its request so far */
export function countTry(tries: Float64Array, who: number, nth: number): void {
  tries[who]!++
  if (nth === 1) tries[RETRIED]!++
}

/** A try is over. @param detail outcome + 16 x who */
export function countEnd(tries: Float64Array, detail: number): void {
  if (detail === OK + 16 * BY_HEDGE) tries[WON]!++
}

/** A further try was not made, as too many were under way. */
export function countOverflow(tries: Float64Array): void {
  tries[OVERFLOWED]!++
}

/** Requests that were tried more than once. */
export function retriedIn(tries: Float64Array): number {
  return tries[RETRIED]!
}

export function triesReport(tries: Float64Array): TriesReport {
  const [byBalancers, byClients, hedges, hedgesWon] = tries
  const overflowed = tries[OVERFLOWED]!
  return {
    byBalancers: byBalancers!,
    byClients: byClients!,
    hedges: hedges!,
    hedgesWon: hedgesWon!,
    ...(overflowed > 0 ? { overflowed } : {}),
  }
}
