/**
 * What happens at the doors of nodes, counted in short steps: requests that come in, look-ups of caches,
 * handshakes, and who is turned away by a limit. A probe of its own beside the tracer, since it counts every
 * request and begins a second earlier, so that a rate over the last second is known at every instant.
 */

import { CODE, type FactRows, OBJECT } from '../base/fact-rows.ts'
import type { Probe } from '../engine/fact-log.ts'
import type { Cluster } from '../model/cluster.ts'
import {
  CONNECTION_OPENED,
  LIMITED,
  LOOKED_UP,
  PHASE_DOOR,
  PHASE_HANDSHAKE,
  REPLIED,
  SENT,
  verdict,
} from '../model/facts.ts'

/**
 * What has happened at each node's door: value[step * nodes + node], all from the instant `from` up to the end of a
 * step, so that a difference of two is what happened between. Begins a second before the window, where there is one.
 */
export interface Doors {
  readonly from: number
  readonly step: number
  readonly steps: number
  readonly nodes: number
  /** Requests sent there. */
  readonly sent: Uint32Array
  /** Times its cache was asked, and answered at once. */
  readonly lookUps: Uint32Array
  readonly served: Uint32Array
  /** TLS handshakes, and those of them that resumed a session. */
  readonly handshakes: Uint32Array
  readonly resumed: Uint32Array
  /** Turned away by a rate limit, or a limit on connections. */
  readonly turnedAway: Uint32Array
}

export interface DoorCounts extends Probe {
  readonly columns: Doors
}

/** Before a window, ns: rates are taken over so long. */
export const BEFORE = 1e9
const SHORTEST_STEP = 5e7
const MOST_STEPS = 480
const MOST_CELLS = 400_000

/** True when a tier of a cluster has a door to count at: a cache, a limit, or connections that cost something. */
export function hasDoors({ fixed }: Cluster): boolean {
  return fixed.tiers.some(({ cache, kept, hasGate }) => (cache ?? kept) !== undefined || hasGate)
}

/** A probe that has counted nothing between two instants yet. */
export function doorCounts(nodes: number, from: number, to: number): DoorCounts {
  const most = Math.max(2, Math.min(MOST_STEPS, Math.floor(MOST_CELLS / nodes)))
  const step = Math.max(SHORTEST_STEP, (to - from) / most)
  const steps = Math.max(1, Math.ceil((to - from) / step))
  const column = () => new Uint32Array(steps * nodes)
  const columns: Doors = {
    from,
    step,
    steps,
    nodes,
    sent: column(),
    lookUps: column(),
    served: column(),
    handshakes: column(),
    resumed: column(),
    turnedAway: column(),
  }
  return { columns, consume: (rows, count) => consume(columns, rows, count) }
}

function consume(columns: Doors, { num, int }: FactRows, count: number): void {
  const { from, step, steps, nodes } = columns
  for (let row = 0; row < count; row++) {
    const code = int[(row << 3) + CODE]!
    const column = columnOf(columns, code)
    if (column === undefined) continue
    const at = Math.min(steps - 1, Math.floor((num[row << 2]! - from) / step))
    if (at < 0) continue
    const cell = at * nodes + int[(row << 3) + OBJECT]!
    column[cell]!++
    const detail = code >> 8
    if (column === columns.lookUps && verdict.isServed(detail & 15)) columns.served[cell]!++
    if (column === columns.handshakes && detail === RESUMED) columns.resumed[cell]!++
  }
}

const RESUMED = 2

function columnOf(columns: Doors, code: number): Uint32Array | undefined {
  const detail = code >> 8
  switch (code & 255) {
    case SENT:
      return columns.sent
    case LOOKED_UP:
      // Whoever has waited was counted when it came.
      return detail < 16 ? columns.lookUps : undefined
    case CONNECTION_OPENED:
      return detail > 0 ? columns.handshakes : undefined
    case REPLIED:
      return (detail & 15) === LIMITED && isOwn(detail >> 4) ? columns.turnedAway : undefined
    default:
      return undefined
  }
}

/** Whether who left a node in a phase was turned away there, and not by what is behind it. */
function isOwn(phase: number): boolean {
  return phase === PHASE_DOOR || phase === PHASE_HANDSHAKE
}

/** Sums the counts up, once everything is counted: each step then holds all up to its end. */
export function sumUp(columns: Doors): Doors {
  const { steps, nodes, sent, lookUps, served, handshakes, resumed, turnedAway } = columns
  for (const column of [sent, lookUps, served, handshakes, resumed, turnedAway]) {
    for (let cell = nodes; cell < steps * nodes; cell++) column[cell]! += column[cell - nodes]!
  }
  return columns
}
