/**
 * CLOCK, also called second chance: FIFO, but an object that was asked for since it came to the front goes
 * to the front again instead of leaving, once for each hit up to `chances`.
 *
 * Source: Corbató, "A paging experiment with the Multics system", 1969.
 */

import { type Lists, lastOf, lists, makeRoom, putFirst, takeOut } from '../../base/lists.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { type Eviction, fitted, type Shelf } from './eviction.ts'

const params = {
  chances: {
    kind: 'integer',
    title: 'Chances',
    summary: 'How many hits of an object are remembered; 1 is the reference bit.',
    default: 1,
    min: 1,
    max: 255,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly chances: number
  readonly order: Lists
  /** By slot: hits that are remembered. */
  hits: Uint8Array
}

const ALL = 0

function remember(chosen: Params): Memory {
  return { chances: Number(chosen.chances), order: lists(1), hits: new Uint8Array(0) }
}

function hit(_shelf: Shelf, { hits, chances }: Memory, slot: number): void {
  if (hits[slot]! < chances) hits[slot]!++
}

function victim(_shelf: Shelf, { order, hits }: Memory): number {
  for (;;) {
    const slot = lastOf(order, ALL)
    takeOut(order, slot)
    if (hits[slot] === 0) return slot
    hits[slot]!--
    putFirst(order, ALL, slot)
  }
}

function insert({ table }: Shelf, memory: Memory, slot: number): void {
  makeRoom(memory.order, slot, table.atMost)
  memory.hits = fitted(memory.hits, table.keys.length)
  memory.hits[slot] = 0
  putFirst(memory.order, ALL, slot)
}

export const clock: Eviction<Memory> = {
  name: 'clock',
  title: 'CLOCK',
  summary: 'FIFO with a second chance for who was asked for; near LRU at the cost of one bit.',
  source: 'Corbató, A paging experiment with the Multics system, 1969',
  params,
  remember,
  hit,
  victim,
  insert,
  remove: (_shelf, { order }, slot) => takeOut(order, slot),
  explain: (_shelf, { hits }, slot) => `${hits[slot]} chances left`,
}
