/** First in, first out: the object that came in first leaves, however often it is asked for. */

import { type Lists, lastOf, lists, makeRoom, putFirst, takeOut } from '../../base/lists.ts'
import type { Eviction, Shelf } from './eviction.ts'

interface Memory {
  /** One list of slots, the newest first. */
  readonly order: Lists
}

const ALL = 0

function victim(_shelf: Shelf, { order }: Memory): number {
  const slot = lastOf(order, ALL)
  takeOut(order, slot)
  return slot
}

export const fifo: Eviction<Memory> = {
  name: 'fifo',
  title: 'FIFO',
  summary: 'Who came in first leaves, however popular: the floor that other policies are measured by.',
  source: 'Belady, "A study of replacement algorithms for a virtual-storage computer", 1966',
  params: {},
  remember: () => ({ order: lists(1) }),
  hit() {},
  victim,
  insert(shelf, { order }, slot) {
    makeRoom(order, slot, shelf.table.atMost)
    putFirst(order, ALL, slot)
  },
  remove: (_shelf, { order }, slot) => takeOut(order, slot),
  explain: () => 'in order of arrival',
}
