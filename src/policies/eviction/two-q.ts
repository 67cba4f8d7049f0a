/**
 * 2Q, in its full version: a new object goes through a FIFO queue; who is asked for again within some time
 * after having left that (its key is remembered) goes to the main part, which is LRU.
 *
 * Source: Johnson & Shasha, "2Q: a low overhead high performance buffer management replacement algorithm",
 * VLDB 1994.
 */

import { NOBODY } from '../../base/lists.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { type Eviction, type Shelf, sizeOf } from './eviction.ts'
import { type Ghosts, ghosts, haunt, release, trim } from './ghosts.ts'
import { fitSlots, join, leave, oldest, type Segments, segments, toFront } from './segments.ts'

const params = {
  in: {
    kind: 'share',
    title: 'Queue',
    summary: 'How much of the cache the queue of new objects takes when both are full (Kin).',
    default: 0.25,
    min: 0,
    max: 1,
  },
  out: {
    kind: 'share',
    title: 'Remembered',
    summary: 'How much was taken, in parts of the cache, by those whose keys are remembered (Kout).',
    default: 0.5,
    min: 0,
    max: 10,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly inAtMost: number
  readonly outAtMost: number
  readonly segments: Segments
  readonly out: Ghosts
  /** Whether the arriving object's key was remembered. */
  isBack: boolean
}

const QUEUE = 0
const MAIN = 1
const OUT = 0

function remember(chosen: Params, shelf: Shelf): Memory {
  return {
    inAtMost: Math.floor(Number(chosen.in) * shelf.capacity),
    outAtMost: Math.floor(Number(chosen.out) * shelf.capacity),
    segments: segments(2),
    out: ghosts(shelf, 1),
    isBack: false,
  }
}

function victim(shelf: Shelf, { segments, out, inAtMost, outAtMost }: Memory): number {
  const main = oldest(segments, MAIN)
  const isFromQueue = main === NOBODY || segments.used[QUEUE]! > inAtMost
  const slot = isFromQueue ? oldest(segments, QUEUE) : main
  leave(shelf, segments, slot)
  if (isFromQueue) {
    haunt(out, OUT, shelf.table.keys[slot]!, sizeOf(shelf, slot))
    trim(out, OUT, outAtMost)
  }
  return slot
}

export const twoQ: Eviction<Memory> = {
  name: '2q',
  title: '2Q',
  summary: 'A FIFO queue for newcomers and an LRU part for those who were asked for again after it.',
  source: 'Johnson & Shasha, VLDB 1994',
  params,
  remember,
  hit(shelf, { segments }, slot) {
    if (segments.of[slot] === MAIN) toFront(shelf, segments, MAIN, slot)
  },
  arriving(_shelf, memory, key) {
    memory.isBack = release(memory.out, key)
  },
  victim,
  insert(shelf, { segments, isBack }, slot) {
    fitSlots(shelf, segments)
    join(shelf, segments, isBack ? MAIN : QUEUE, slot)
  },
  remove: (shelf, { segments }, slot) => leave(shelf, segments, slot),
  explain: (_shelf, { segments }, slot) => (segments.of[slot] === MAIN ? 'in the main part' : 'in the queue'),
}
