/**
 * S3-FIFO: three FIFO queues. A new object enters the small one; who was asked for twice there goes on to the
 * main one, the others leave and their keys are remembered in the third, from where they come back into the
 * main one. In the main queue who was asked for goes round again, once for each of up to three hits.
 *
 * Source: Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023.
 */

import { NOBODY } from '../../base/lists.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { type Eviction, fitted, type Shelf, sizeOf } from './eviction.ts'
import { type Ghosts, ghosts, haunt, release, trim } from './ghosts.ts'
import { fitSlots, join, leave, oldest, type Segments, segments, toFront } from './segments.ts'

const params = {
  small: {
    kind: 'share',
    title: 'Small queue',
    summary: 'How much of the cache the queue of new objects takes.',
    default: 0.1,
    min: 0,
    max: 1,
  },
  promoteAfter: {
    kind: 'integer',
    title: 'Promote after',
    summary: 'How many hits in the small queue bring an object into the main one.',
    default: 2,
    min: 1,
    max: 3,
  },
} as const satisfies ParamSpec

const MOST_HITS = 3

interface Memory {
  readonly smallAtMost: number
  readonly promoteAfter: number
  readonly segments: Segments
  /** By slot: hits that are remembered, up to 3. */
  hits: Uint8Array
  readonly ghosts: Ghosts
  /** Whether the arriving object's key was remembered. */
  isBack: boolean
}

const SMALL = 0
const MAIN = 1
const GHOST = 0

function remember(chosen: Params, shelf: Shelf): Memory {
  return {
    smallAtMost: Math.max(1, Math.floor(Number(chosen.small) * shelf.capacity)),
    promoteAfter: Number(chosen.promoteAfter),
    segments: segments(2),
    hits: new Uint8Array(0),
    ghosts: ghosts(shelf, 1),
    isBack: false,
  }
}

function victim(shelf: Shelf, memory: Memory): number {
  const { segments, hits, smallAtMost } = memory
  for (;;) {
    const small = oldest(segments, SMALL)
    const main = oldest(segments, MAIN)
    if (small !== NOBODY && (segments.used[SMALL]! >= smallAtMost || main === NOBODY)) {
      if (hits[small]! < memory.promoteAfter) return forget(shelf, memory, small)
      hits[small] = 0
      toFront(shelf, segments, MAIN, small)
    } else if (hits[main] === 0) {
      leave(shelf, segments, main)
      return main
    } else {
      hits[main]!--
      toFront(shelf, segments, MAIN, main)
    }
  }
}

function forget(shelf: Shelf, { segments, ghosts, smallAtMost }: Memory, slot: number): number {
  leave(shelf, segments, slot)
  haunt(ghosts, GHOST, shelf.table.keys[slot]!, sizeOf(shelf, slot))
  trim(ghosts, GHOST, shelf.capacity - smallAtMost)
  return slot
}

export const s3Fifo: Eviction<Memory> = {
  name: 's3-fifo',
  title: 'S3-FIFO',
  summary:
    'A small queue filters out what is asked for once; a large one keeps the rest, without moving hits.',
  source: 'Yang et al., FIFO queues are all you need for cache eviction, SOSP 2023',
  params,
  remember,
  hit(_shelf, { hits }, slot) {
    if (hits[slot]! < MOST_HITS) hits[slot]!++
  },
  arriving(_shelf, memory, key) {
    memory.isBack = release(memory.ghosts, key)
  },
  victim,
  insert(shelf, memory, slot) {
    fitSlots(shelf, memory.segments)
    memory.hits = fitted(memory.hits, shelf.table.keys.length)
    memory.hits[slot] = 0
    join(shelf, memory.segments, memory.isBack ? MAIN : SMALL, slot)
  },
  remove: (shelf, { segments }, slot) => leave(shelf, segments, slot),
  explain: (_shelf, { segments, hits }, slot) =>
    `in the ${segments.of[slot] === MAIN ? 'main' : 'small'} queue, ${hits[slot]} hits remembered`,
}
