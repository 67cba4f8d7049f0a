/**
 * Which cell of its population's box somebody stands in: gateways first, each with all visitors behind it, then the
 * visitors in the order of their addresses, as many to a cell as it takes. A place never changes during a run.
 */

import type { ClientPopulation } from '../../../scenario/scenario.ts'
import type { Box } from '../layout.ts'

/** Layout units. */
export const CELL = 20
export const GAP = 3
const SIDE = 10
/** Name, arrivals and who they are stand above, the sum below. */
const LINE = 15
const NAME = 26
const FOOT = 19

export interface Cells {
  /** Where they stand, and where the line below them does. */
  readonly area: Box
  readonly foot: Box
  readonly cols: number
  readonly count: number
  /** The first so many are gateways. */
  readonly gateways: number
  /** Gateways, and visitors, that one cell stands for; 0: addresses of a log share cells by chance. */
  readonly perGateway: number
  readonly perVisitor: number
}

/** Lines of words that stand above the cells. */
export function linesAbove({ addresses, nat, role }: ClientPopulation): number {
  return 1 + Number(addresses > 1) + Number(nat !== undefined) + Number(role === 'attack')
}

/** The cells of a population in its box; none where there is no room. @param gateways of its NAT */
export function cellsIn(box: Box, population: ClientPopulation, gateways: number): Cells {
  const top = NAME + LINE * Math.min(linesAbove(population), box.h < 130 ? 1 : 4)
  const w = box.w - 2 * SIDE
  const h = box.h - top - FOOT
  const fits = (room: number) => Math.max(0, Math.floor((room + GAP) / (CELL + GAP)))
  const most = fits(w) * fits(h)
  const area = { x: box.x + SIDE, y: box.y + top, w, h }
  const foot = { x: box.x + SIDE, y: box.y + box.h - FOOT, w, h: FOOT }
  const isLog = population.arrivals.policy === 'log'
  const [gatewayCells, perGateway] = shared(gateways, Math.max(1, Math.floor(most / 3)))
  const left = Math.max(0, most - gatewayCells)
  const visitors = population.nat?.share === 1 ? 0 : population.addresses
  const [cells, perVisitor] = isLog ? [left, 0] : shared(visitors, left)
  if (most === 0) return { area, foot, cols: 0, count: 0, gateways: 0, perGateway: 0, perVisitor: 0 }
  return {
    area,
    foot,
    cols: fits(w),
    count: gatewayCells + cells,
    gateways: gatewayCells,
    perGateway,
    perVisitor,
  }
}

/** How many cells so many take, and how many stand in each. */
function shared(many: number, most: number): [cells: number, per: number] {
  if (many === 0 || most === 0) return [0, 1]
  const per = Math.ceil(many / most)
  return [Math.ceil(many / per), per]
}

/** The cell of a place (see worker/protocol.ts `Crowd`). */
export function cellOf({ count, gateways, perGateway, perVisitor }: Cells, place: number): number {
  if (perVisitor === 0) return (Math.imul(place, 0x9e3779b1) >>> 0) % Math.max(1, count)
  const cell = place < 0 ? Math.floor((-1 - place) / perGateway) : gateways + Math.floor(place / perVisitor)
  return Math.min(count - 1, cell)
}

/** The places of a cell, both included; all where they are shared by chance. */
export function placesIn(cells: Cells, cell: number): readonly [first: number, last: number] {
  const { gateways, perGateway, perVisitor } = cells
  if (perVisitor === 0) return [-(2 ** 31), 2 ** 31 - 1]
  if (cell < gateways) return [-(cell + 1) * perGateway, -1 - cell * perGateway]
  const first = (cell - gateways) * perVisitor
  return [first, first + perVisitor - 1]
}

export function cellAt({ area, cols }: Cells, cell: number): Box {
  const col = cell % cols
  const row = (cell - col) / cols
  return { x: area.x + col * (CELL + GAP), y: area.y + row * (CELL + GAP), w: CELL, h: CELL }
}
