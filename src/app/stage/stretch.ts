/**
 * When a hop is drawn. A hop shorter than `SHORTEST_MS` of wall time is drawn longer than it is, so that it
 * can be seen: a request ends when it truly arrives and a response begins when it truly departs, so queues
 * and slots stay exact; only the ways between are bent in time.
 */

import type { HopIndex } from './hop-index.ts'

/** Wall time for which every hop can be seen, ms. */
export const SHORTEST_MS = 280

/** The same in simulated ns at a speed (simulated seconds per second). */
export function shortestAt(speed: number): number {
  return SHORTEST_MS * 1e6 * speed
}

/**
 * How far before and after an instant hops can depart that are drawn at it, beyond their own length. A
 * window that covers [at - margin, at + margin] has everything that is drawn at `at`.
 */
export function marginAt(speed: number): number {
  return 2 * shortestAt(speed)
}

/** How long a hop is drawn, ns. */
export function drawnLength(index: HopIndex, hop: number, shortest: number): number {
  const length = index.hops.arrives[hop]! - index.hops.departs[hop]!
  return Math.max(length, shortest)
}

/** When a hop's dot appears, ns. */
export function drawnFrom(index: HopIndex, hop: number, shortest: number): number {
  const { departs, arrives, way } = index.hops
  const partner = index.partner[hop]!
  if (way[hop] === 1) {
    // Out of the balancer: as soon as its first hop, which began on time, has been drawn.
    return partner < 0 ? departs[hop]! : departs[partner]! + drawnLength(index, partner, shortest)
  }
  // Into the balancer: so that its second hop, which must end on time, follows at once.
  const end = partner < 0 ? arrives[hop]! : arrives[partner]! - drawnLength(index, partner, shortest)
  return end - drawnLength(index, hop, shortest)
}
