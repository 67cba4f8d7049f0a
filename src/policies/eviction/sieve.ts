/**
 * SIEVE: a queue in order of arrival and a hand that goes from the oldest to the newest; it spares an object
 * that was asked for since it last came by, and takes the first other one. Objects never move.
 *
 * Source: Zhang et al., "SIEVE is simpler than LRU", NSDI 2024.
 */

import { beforeOf, type Lists, lastOf, lists, makeRoom, NOBODY, putFirst, takeOut } from '../../base/lists.ts'
import { type Eviction, fitted, type Shelf } from './eviction.ts'

interface Memory {
  readonly order: Lists
  /** By slot: 1 when it was asked for since the hand came by. */
  visited: Uint8Array
  /** The slot that the hand points at, or `NOBODY` for the oldest. */
  hand: number
}

const ALL = 0

function victim(_shelf: Shelf, memory: Memory): number {
  const { order, visited } = memory
  let slot = memory.hand === NOBODY ? lastOf(order, ALL) : memory.hand
  while (visited[slot] === 1) {
    visited[slot] = 0
    slot = beforeOf(order, slot)
    if (slot === NOBODY) slot = lastOf(order, ALL)
  }
  memory.hand = beforeOf(order, slot)
  takeOut(order, slot)
  return slot
}

function insert({ table }: Shelf, memory: Memory, slot: number): void {
  makeRoom(memory.order, slot, table.atMost)
  memory.visited = fitted(memory.visited, table.keys.length)
  memory.visited[slot] = 0
  putFirst(memory.order, ALL, slot)
}

function remove(_shelf: Shelf, memory: Memory, slot: number): void {
  if (memory.hand === slot) memory.hand = beforeOf(memory.order, slot)
  takeOut(memory.order, slot)
}

export const sieve: Eviction<Memory> = {
  name: 'sieve',
  title: 'SIEVE',
  summary: 'A hand over the objects in order of arrival spares who was asked for; quick to demote the rest.',
  source: 'Zhang et al., SIEVE is simpler than LRU, NSDI 2024',
  params: {},
  remember: () => ({ order: lists(1), visited: new Uint8Array(0), hand: NOBODY }),
  hit(_shelf, { visited }, slot) {
    visited[slot] = 1
  },
  victim,
  insert,
  remove,
  explain(_shelf, { visited, hand }, slot) {
    const words = visited[slot] === 1 ? 'asked for since the hand came by' : 'not asked for'
    return hand === slot ? `${words}; the hand is here` : words
  },
}
