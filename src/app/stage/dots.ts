/**
 * From (window, instant) to dots: where every request and response on its way is drawn. Columns that are
 * written anew each frame; a frame allocates nothing.
 */

import { firstFrom, type HopIndex } from './hop-index.ts'
import { type Ports, portOf } from './ports.ts'
import { drawnFrom, drawnLength, marginAt, shortestAt } from './stretch.ts'
import { alongWay, LANE, type Point } from './way.ts'

/** A request on its way in is of kind 0; a response is of kind 1 + its outcome. */
export const REQUEST_KIND = 0

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
export function placeDots(index: HopIndex, ports: Ports, at: number, speed: number, dots: Dots): number {
  const { hops, longest } = index
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
    if (hops.way[hop] === 0) {
      alongWay(ports, from, to, behind, -LANE, point)
      dots.kind[count] = REQUEST_KIND
    } else {
      alongWay(ports, to, from, 1 - behind, LANE, point)
      dots.kind[count] = 1 + hops.outcome[hop]!
    }
    dots.x[count] = point.x
    dots.y[count] = point.y
    count++
  }
  dots.count = count
  return count
}
