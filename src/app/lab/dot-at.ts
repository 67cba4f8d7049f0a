/** Which request a dot on the stage is: the same arithmetic that places the dots, read backwards. */

import type { TraceWindow } from '../../worker/protocol.ts'
import { firstFrom, indexOf } from '../stage/hop-index.ts'
import { type Ports, portOf } from '../stage/ports.ts'
import { drawnFrom, drawnLength, marginAt, shortestAt } from '../stage/stretch.ts'
import { alongWay, LANE } from '../stage/way.ts'

/** Farther than this a click means no dot, layout units. */
const REACH = 11

/** The request whose dot is nearest to a place of the stage; undefined: none is near. */
export function requestAt(
  window: TraceWindow,
  ports: Ports,
  at: number,
  speed: number,
  x: number,
  y: number,
): number | undefined {
  const index = indexOf(window.hops)
  const { hops, longest } = index
  const shortest = shortestAt(speed)
  const margin = marginAt(speed)
  const end = firstFrom(hops, at + margin + 1)
  const point = { x: 0, y: 0 }
  let found: number | undefined
  let nearest = REACH * REACH
  for (let hop = firstFrom(hops, at - longest - margin); hop < end; hop++) {
    const behind = (at - drawnFrom(index, hop, shortest)) / drawnLength(index, hop, shortest)
    if (!(behind >= 0 && behind < 1) || hops.request[hop]! < 0) continue
    const from = portOf(ports.nodes, hops.from[hop]!)
    const to = portOf(ports.nodes, hops.to[hop]!)
    if (hops.way[hop] === 0) alongWay(ports, from, to, behind, -LANE, point)
    else alongWay(ports, to, from, 1 - behind, LANE, point)
    const distance = (point.x - x) ** 2 + (point.y - y) ** 2
    if (distance > nearest) continue
    nearest = distance
    found = Math.floor(hops.request[hop]!)
  }
  return found
}
