/**
 * Where ways begin and end: for every node, the balancer and every client population, a row of numbers.
 *
 * A way leaves at `out`, keeps straight until it is clear of its column, bends between the columns, and
 * keeps straight again to `in`. So ways between ranks of cards run in the space between them.
 */

import { type Box, cellBox, type Layout, type TierPlace } from './layout.ts'
import { around } from './place-fronts.ts'

/** From the panel to where ways to unseen replicas end, layout units. */
const BESIDE = 10
/** Half of what dots on a way take, layout units: so near is it to the row above, clear of what sticks out below. */
const HALF_LANE = 8.5

export interface Ports {
  readonly nodes: number
  /** Balancers in front. */
  readonly fronts: number
  /** Top to bottom: main is y, cross is x. */
  readonly upright: boolean
  /** Main coordinate at which requests arrive, and leave. */
  readonly arrive: Float64Array
  readonly leave: Float64Array
  /** Main coordinate where the column begins, and ends. */
  readonly near: Float64Array
  readonly far: Float64Array
  readonly cross: Float64Array
  /** Where something comes in from outside: the middle of a box along x, and its upper edge. */
  readonly middle: Float64Array
  readonly top: Float64Array
}

/** Row of an end of a hop: nodes first, then the balancers in front (-1 - n), then client populations. */
export function portOf(nodes: number, end: number): number {
  return end >= 0 ? end : nodes - 1 - end
}

export function findPorts(layout: Layout, fronts = 1): Ports {
  const nodes = layout.tiers.reduce((sum, tier) => sum + tier.whole.replicas, 0)
  const count = nodes + fronts + layout.clients.length
  const ports: Ports = {
    nodes,
    fronts,
    upright: layout.upright,
    arrive: new Float64Array(count),
    leave: new Float64Array(count),
    near: new Float64Array(count),
    far: new Float64Array(count),
    cross: new Float64Array(count),
    middle: new Float64Array(count),
    top: new Float64Array(count),
  }
  for (let front = 0; front < fronts; front++) {
    setBox(ports, nodes + front, layout.fronts[front] ?? layout.front, layout.front)
  }
  const clients = around(layout.clients)
  layout.clients.forEach((box, index) => {
    setBox(ports, nodes + fronts + index, box, clients)
  })
  for (const tier of layout.tiers) setTier(ports, tier)
  return ports
}

function setTier(ports: Ports, tier: TierPlace): void {
  const { upright } = ports
  setUnseen(ports, tier)
  const isCells = tier.form === 'cell' || tier.form === 'heat'
  const ranks = upright ? Math.ceil(tier.cells / tier.cols) : Math.min(tier.cols, tier.cells)
  for (let index = 0; index < tier.replicas; index++) {
    const box = cellBox(tier, Math.floor(index / tier.per))
    const node = tier.first + index
    if (isCells) {
      // Ways end at the panel's edge, beside the cell's row; the cells themselves show what is inside.
      setBox(ports, node, tier.panel, tier.panel)
      ports.cross[node] = upright ? box.x + box.w / 2 : box.y + box.h / 2
      ports.middle[node] = box.x + box.w / 2
      ports.top[node] = box.y
    } else {
      setBox(ports, node, box, tier.panel)
      if (ranks === 1) continue
      ports.cross[node] = upright ? box.x - tier.gap.x / 2 : box.y - tier.gap.y + HALF_LANE
      const inset = 12
      ports.arrive[node] = ports.arrive[node]! + inset
      ports.leave[node] = ports.leave[node]! - inset
    }
  }
}

/** Ways to replicas that are not looked at end beside the panel, all at one place. */
function setUnseen(ports: Ports, { panel, whole }: TierPlace): void {
  const beside = ports.upright
    ? { ...panel, x: panel.x + panel.w + BESIDE, w: 0 }
    : { ...panel, y: panel.y + panel.h + BESIDE, h: 0 }
  for (let node = whole.first; node < whole.first + whole.replicas; node++) {
    setBox(ports, node, beside, panel)
  }
}

function setBox(ports: Ports, port: number, box: Box, column: Box): void {
  const { upright } = ports
  ports.arrive[port] = upright ? box.y : box.x
  ports.leave[port] = upright ? box.y + box.h : box.x + box.w
  ports.near[port] = upright ? column.y : column.x
  ports.far[port] = upright ? column.y + column.h : column.x + column.w
  ports.cross[port] = upright ? box.x + box.w / 2 : box.y + box.h / 2
  ports.middle[port] = box.x + box.w / 2
  ports.top[port] = box.y
}
