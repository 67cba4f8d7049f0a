/** What the cells say at an instant: how many stand in each, and at which replicas they are. */

import type { Crowd } from '../../../worker/protocol.ts'
import { type Cells, cellOf } from './cells.ts'

export interface CellView {
  readonly people: number
  /** Who it is, when it is one alone: the row of the crowd; -1 otherwise. */
  readonly lone: number
  /** By replica, in order of the node's number; -1: not served yet. */
  readonly at: readonly (readonly [node: number, people: number])[]
  /** Somebody there has just moved, or lost what was known of them: 1, 2 as in `change`. */
  readonly change: number
}

export interface CrowdView {
  /** By population, by cell. */
  readonly cells: readonly (readonly CellView[])[]
  /** By population. */
  readonly people: readonly number[]
  /** By node: who sticks there. */
  readonly nodes: ReadonlyMap<number, number>
}

interface Tally {
  people: number
  lone: number
  at: Map<number, number>
  change: number
}

/**
 * @param grids by population
 * @param recent ns for which a move is news
 */
export function viewCrowd(
  crowd: Crowd,
  grids: readonly Cells[],
  at: number,
  recent: number,
  before?: CrowdView,
): CrowdView {
  const tallies = grids.map(({ count }) => Array.from({ length: count }, nobody))
  const people = grids.map(() => 0)
  const nodes = new Map<number, number>()
  for (const row of rowsAt(crowd, at)) {
    const client = crowd.client[row]!
    const node = crowd.node[row]!
    const grid = grids[client]
    if (!grid) continue
    people[client]!++
    if (node >= 0) nodes.set(node, (nodes.get(node) ?? 0) + 1)
    const tally = tallies[client]![cellOf(grid, crowd.place[row]!)]
    if (!tally) continue
    tally.people++
    tally.lone = row
    tally.at.set(node, (tally.at.get(node) ?? 0) + 1)
    if (at - crowd.since[row]! < recent) tally.change = Math.max(tally.change, crowd.change[row]!)
  }
  const cells = tallies.map((list, client) =>
    list.map((tally, cell) => kept(before?.cells[client]?.[cell], viewOf(tally))),
  )
  return { cells, people, nodes }
}

/** Rows of those who are there at an instant; at one that the window does not hold, at its nearest. */
export function* rowsAt({ count, since, until, from, to }: Crowd, at: number): Generator<number> {
  const instant = Math.max(from, Math.min(to, at))
  for (let row = 0; row < count; row++) if (since[row]! <= instant && instant < until[row]!) yield row
}

function nobody(): Tally {
  return { people: 0, lone: -1, at: new Map(), change: 0 }
}

function viewOf({ people, lone, at, change }: Tally): CellView {
  return { people, lone: people === 1 ? lone : -1, at: [...at].sort(([a], [b]) => a - b), change }
}

function kept(before: CellView | undefined, now: CellView): CellView {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
}
