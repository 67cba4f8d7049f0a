/** Further tries of requests: who made them, and what came of copies. */

import { BY_HEDGE, OK } from '../model/facts.ts'
import type { TriesReport } from './report.ts'

/** Columns: further tries by who made them (see `BY_BALANCER`), copies that answered first, requests tried again. */
const WON = 3
const RETRIED = 4
export const TRY_FIGURES = 5

/** A further try sets out. @param nth further tries of its request so far */
export function countTry(tries: Float64Array, who: number, nth: number): void {
  tries[who]!++
  if (nth === 1) tries[RETRIED]!++
}

/** A try is over. @param detail outcome + 16 x who */
export function countEnd(tries: Float64Array, detail: number): void {
  if (detail === OK + 16 * BY_HEDGE) tries[WON]!++
}

/** Requests that were tried more than once. */
export function retriedIn(tries: Float64Array): number {
  return tries[RETRIED]!
}

export function triesReport([byBalancers, byClients, hedges, won]: Float64Array): TriesReport {
  return { byBalancers: byBalancers!, byClients: byClients!, hedges: hedges!, hedgesWon: won! }
}
