/** The last failed response that left each node within about a second of wall time before an instant. */

import type { TraceWindow } from '../../worker/protocol.ts'
import { firstFrom } from './hop-index.ts'
import { OUTCOMES } from './outcomes.ts'

/** Wall time for which a failure's reason is shown, ms. */
export const SHOWN_MS = 1000
const AGES = 4

export interface Failures {
  /** By node, and last of all the balancers in front: outcome, 0 for none. */
  readonly outcome: Uint8Array
  /** 0 fresh to 3 fading. */
  readonly age: Uint8Array
}

export function failuresFor(nodes: number): Failures {
  return { outcome: new Uint8Array(nodes + 1), age: new Uint8Array(nodes + 1) }
}

export function findFailures(
  window: TraceWindow | undefined,
  at: number,
  speed: number,
  into: Failures,
): void {
  into.outcome.fill(0)
  into.age.fill(0)
  if (window === undefined) return
  const { hops } = window
  const shown = SHOWN_MS * 1e6 * speed
  const end = firstFrom(hops, at + 1)
  for (let hop = firstFrom(hops, at - shown); hop < end; hop++) {
    const outcome = hops.outcome[hop]!
    if (hops.way[hop] !== 1 || !OUTCOMES[outcome]?.reason) continue
    const from = hops.from[hop]!
    // What the balancer passes on failed elsewhere; its own refusals are of one kind.
    if (from < 0 && OUTCOMES[outcome].title !== 'unavailable') continue
    const node = from >= 0 ? from : into.outcome.length - 1
    into.outcome[node] = outcome
    into.age[node] = Math.min(AGES - 1, Math.floor(((at - hops.departs[hop]!) / shown) * AGES))
  }
}
