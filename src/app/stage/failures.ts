/** What failed where within about a second of wall time before an instant: the last reason, and how often. */

import type { TraceWindow } from '../../worker/protocol.ts'
import { firstFrom, indexOf } from './hop-index.ts'
import { OUTCOMES } from './outcomes.ts'
import { portOf } from './ports.ts'

/** Wall time for which a failure's reason is shown, ms. */
export const SHOWN_MS = 1000
const AGES = 4

/** What failed at a place lately: outcome (0: nothing), and how often. */
export interface PlaceFailure {
  readonly failure: number
  readonly failures: number
}

/** By node, then by balancer in front, then by client population (see `portOf`). */
export interface Failures {
  readonly nodes: number
  /** Outcome, 0 for none. */
  readonly outcome: Uint8Array
  /** 0 fresh to 3 fading. */
  readonly age: Uint8Array
  /** How many requests had that outcome there. */
  readonly count: Uint32Array
}

export function failuresFor(nodes: number, fronts = 1, populations = 0): Failures {
  const places = nodes + fronts + populations
  return {
    nodes,
    outcome: new Uint8Array(places),
    age: new Uint8Array(places),
    count: new Uint32Array(places),
  }
}

export function findFailures(
  window: TraceWindow | undefined,
  at: number,
  speed: number,
  into: Failures,
): void {
  const { outcome, age, count, nodes } = into
  outcome.fill(0)
  age.fill(0)
  count.fill(0)
  if (window === undefined) return
  const { hops, stride } = window
  const { partner } = indexOf(hops)
  const shown = SHOWN_MS * 1e6 * speed
  const end = firstFrom(hops, at + 1)
  for (let hop = firstFrom(hops, at - shown); hop < end; hop++) {
    const how = hops.outcome[hop]!
    if (hops.way[hop] !== 1 || hops.request[hop]! < 0 || !OUTCOMES[how]?.reason) continue
    const place = placeOf(hops.from[hop]!, hops.to[hop]!, how, partner[hop]! >= 0, nodes)
    if (place < 0 || place >= outcome.length) continue
    if (outcome[place] !== how) count[place] = 0
    outcome[place] = how
    count[place]! += stride
    age[place] = Math.min(AGES - 1, Math.floor(((at - hops.departs[hop]!) / shown) * AGES))
  }
}

/** Where a request failed: at a node; at a balancer, if that did not just pass it on; at the client that lost patience. */
function placeOf(from: number, to: number, outcome: number, isPassedOn: boolean, nodes: number): number {
  if (from >= 0) return from
  if (OUTCOMES[outcome]!.isByClient) return portOf(nodes, to)
  return isPassedOn ? -1 : portOf(nodes, from)
}

/** Of several places: the reason that most requests failed for, and how many. */
export function commonest(places: readonly PlaceFailure[]): PlaceFailure {
  const counts = new Map<number, number>()
  for (const { failure, failures } of places) {
    if (failure > 0) counts.set(failure, (counts.get(failure) ?? 0) + failures)
  }
  let most: PlaceFailure = { failure: 0, failures: 0 }
  for (const [failure, failures] of counts) if (failures > most.failures) most = { failure, failures }
  return most
}

/** `queue full`, `queue full ×12` */
export function reasonText(outcome: number, count: number): string {
  const reason = OUTCOMES[outcome]?.reason ?? ''
  return count > 1
    ? `${reason} ×${count >= 1000 ? `${Number((count / 1000).toPrecision(2))}k` : count}`
    : reason
}
