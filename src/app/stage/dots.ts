/**
 * From (window, instant) to dots: where every request and response on its way is drawn. Columns that are
 * written anew each frame; a frame allocates nothing.
 */

import { firstFrom, type HopIndex } from './hop-index.ts'
import { ADDRESS_COLORS, FIRST_OWN_ANSWER, MOVES, OUTCOMES } from './outcomes.ts'
import { type Ports, portOf } from './ports.ts'
import { drawnFrom, drawnLength, marginAt, shortestAt } from './stretch.ts'
import { alongWay, fromAbove, LANE, type Point } from './way.ts'

/**
 * Kinds: a request on its way in (0), a response with each outcome, then whatever else moves in the order of
 * `MOVES`, and, where they are coloured so, requests from each kind of address.
 */
export const REQUEST_KIND = 0
const MOVE_KIND = OUTCOMES.length
const ADDRESS_KIND = MOVE_KIND + MOVES.length

export interface Dots {
  count: number
  readonly x: Float32Array
  readonly y: Float32Array
  readonly kind: Uint8Array
}

export function dotsFor(capacity: number): Dots {
  return {
    count: 0,
    x: new Float32Array(capacity),
    y: new Float32Array(capacity),
    kind: new Uint8Array(capacity),
  }
}

const point: Point = { x: 0, y: 0 }

/** Writes the dots at instant `at`, when time passes at `speed`, and returns how many there are. */
export function placeDots(
  index: HopIndex,
  ports: Ports,
  at: number,
  speed: number,
  dots: Dots,
  byAddress = false,
): number {
  const { hops, longest } = index
  const { kind: kinds, address } = hops
  const shortest = shortestAt(speed)
  const margin = marginAt(speed)
  const end = firstFrom(hops, at + margin + 1)
  let count = 0
  for (let hop = firstFrom(hops, at - longest - margin); hop < end; hop++) {
    const begins = drawnFrom(index, hop, shortest)
    const behind = (at - begins) / drawnLength(index, hop, shortest)
    if (!(behind >= 0 && behind < 1)) continue
    const from = portOf(ports.nodes, hops.from[hop]!)
    const to = portOf(ports.nodes, hops.to[hop]!)
    const move = kinds === undefined ? 0 : kinds[hop]!
    if (from === to) {
      fromAbove(ports, to, behind, point)
      dots.kind[count] = MOVE_KIND + move
    } else if (hops.way[hop] === 0) {
      alongWay(ports, from, to, behind, -LANE, point)
      if (move > 0) dots.kind[count] = MOVE_KIND + move
      else if (byAddress && address !== undefined) dots.kind[count] = ADDRESS_KIND + shade(address[hop]!)
      else dots.kind[count] = REQUEST_KIND
    } else {
      alongWay(ports, to, from, 1 - behind, LANE, point)
      const isOwn = move >= FIRST_OWN_ANSWER && hops.outcome[hop] === 0
      dots.kind[count] = isOwn ? MOVE_KIND + move : 1 + hops.outcome[hop]!
    }
    dots.x[count] = point.x
    dots.y[count] = point.y
    count++
  }
  dots.count = count
  return count
}

/** Neighbouring addresses differ. */
function shade(address: number): number {
  return (Math.imul(address, 0x9e3779b1) >>> 16) % ADDRESS_COLORS.length
}
