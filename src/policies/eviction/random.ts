/** Random: any object leaves, each with the same probability. Needs no memory of use at all. */

import { below, type Stream } from '../../base/stream.ts'
import { type Eviction, fitted, type Shelf } from './eviction.ts'

interface Memory {
  /** The slots in use, in the first `count` places, and the place of each slot. */
  slots: Int32Array
  places: Int32Array
  count: number
}

function takeOut(memory: Memory, slot: number): void {
  const { slots, places } = memory
  const last = slots[--memory.count]!
  slots[places[slot]!] = last
  places[last] = places[slot]!
}

function victim(_shelf: Shelf, memory: Memory, _key: number, _size: number, random: Stream): number {
  const slot = memory.slots[below(random, memory.count)]!
  takeOut(memory, slot)
  return slot
}

function insert({ table }: Shelf, memory: Memory, slot: number): void {
  memory.slots = fitted(memory.slots, table.keys.length)
  memory.places = fitted(memory.places, table.keys.length)
  memory.slots[memory.count] = slot
  memory.places[slot] = memory.count++
}

export const random: Eviction<Memory> = {
  name: 'random',
  title: 'Random',
  summary: 'Any object leaves by chance; hits as often as FIFO when requests are independent.',
  source: 'Belady 1966; Gelenbe, IEEE Trans. Computers C-22, 1973',
  params: {},
  remember: () => ({ slots: new Int32Array(0), places: new Int32Array(0), count: 0 }),
  hit() {},
  victim,
  insert,
  remove: (_shelf, memory, slot) => takeOut(memory, slot),
  explain: (_shelf, { count }) => `leaves next with probability 1/${count}`,
}
