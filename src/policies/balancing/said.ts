/** Parts of the sentences with which strategies explain themselves. */

import type { Pool } from './strategy.ts'

/** `3 in flight`, `3 in flight for a weight of 2`: what a balancer believes a replica to have. */
export function inFlightOf({ inFlight, weight }: Pool, replica: number): string {
  const share = weight[replica] === 1 ? '' : ` for a weight of ${weight[replica]}`
  return `${inFlight[replica]} in flight${share}`
}

/** Of strategies that compare a few that are drawn by chance. */
export const IF_DRAWN = 'looked at only if drawn by chance'
