/**
 * W-TinyLFU: a new object enters a small LRU window. Who is pushed out of the window comes into the main part
 * (a segmented LRU) only if it was asked for more often of late than the object that would have to leave for
 * it; a sketch of all requests, also for keys that are not held, knows how often.
 *
 * Source: Einziger, Friedman & Manes, "TinyLFU: a highly efficient cache admission policy", ACM TOS 13(4),
 * 2017; the sizes of the parts as in the Caffeine library before it adapts them.
 */

import { NOBODY } from '../../base/lists.ts'
import type { ParamSpec, Params } from '../policy.ts'
import { type Eviction, NOT_ADMITTED, type Shelf } from './eviction.ts'
import { fitSlots, join, leave, oldest, type Segments, segments, toFront } from './segments.ts'
import { count, estimate, type Sketch, sketch, widen } from './sketch.ts'

const params = {
  window: {
    kind: 'share',
    title: 'Window',
    summary: 'How much of the cache the window takes; more of it serves bursts, less steady favourites.',
    default: 0.01,
    min: 0,
    max: 1,
  },
  protected: {
    kind: 'share',
    title: 'Protected',
    summary: 'How much of the main part the protected segment may take.',
    default: 0.8,
    min: 0,
    max: 1,
  },
  sample: {
    kind: 'integer',
    title: 'Sample',
    summary: 'At how many counted requests for each object that is held all counts are halved, theirs too.',
    default: 10,
    min: 1,
    max: 1000,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly windowAtMost: number
  readonly protectedAtMost: number
  readonly sample: number
  readonly segments: Segments
  readonly sketch: Sketch
}

const WINDOW = 0
const PROBATION = 1
const PROTECTED = 2
const NAMES = ['in the window', 'on probation', 'protected']

function remember(chosen: Params, { capacity, hasSizes }: Shelf): Memory {
  const share = Math.floor(Number(chosen.window) * capacity)
  const windowAtMost = hasSizes ? share : Math.max(1, share)
  return {
    windowAtMost,
    protectedAtMost: Math.floor(Number(chosen.protected) * (capacity - windowAtMost)),
    sample: Number(chosen.sample),
    segments: segments(3),
    sketch: sketch(),
  }
}

/** The number of counted requests at which counts are halved, by the objects held. */
function periodOf({ table }: Shelf, { sample }: Memory): number {
  return sample * Math.max(16, table.size)
}

function hit(shelf: Shelf, memory: Memory, slot: number): void {
  const { segments, sketch, protectedAtMost } = memory
  count(sketch, shelf.table.keys[slot]!, periodOf(shelf, memory))
  const isInWindow = segments.of[slot] === WINDOW
  toFront(shelf, segments, isInWindow ? WINDOW : PROTECTED, slot)
  while (segments.used[PROTECTED]! > protectedAtMost) {
    toFront(shelf, segments, PROBATION, oldest(segments, PROTECTED))
  }
}

function victim(shelf: Shelf, memory: Memory, key: number, size: number): number {
  const { segments, windowAtMost } = memory
  const slot = leaver(shelf, memory, key, segments.used[WINDOW]! + size <= windowAtMost)
  if (slot !== NOT_ADMITTED) leave(shelf, segments, slot)
  return slot
}

function leaver(shelf: Shelf, { segments, sketch }: Memory, key: number, hasRoom: boolean): number {
  const { keys } = shelf.table
  const onProbation = oldest(segments, PROBATION)
  const inMain = onProbation === NOBODY ? oldest(segments, PROTECTED) : onProbation
  const inWindow = oldest(segments, WINDOW)
  if (inMain === NOBODY) return inWindow
  if (hasRoom) return inMain
  const isBetter = (candidate: number) => estimate(sketch, candidate) > estimate(sketch, keys[inMain]!)
  if (inWindow === NOBODY) return isBetter(key) ? inMain : NOT_ADMITTED
  if (!isBetter(keys[inWindow]!)) return inWindow
  toFront(shelf, segments, PROBATION, inWindow)
  return inMain
}

function insert(shelf: Shelf, { segments, sketch, windowAtMost }: Memory, slot: number): void {
  fitSlots(shelf, segments)
  widen(sketch, shelf.table.size)
  join(shelf, segments, WINDOW, slot)
  while (segments.used[WINDOW]! > windowAtMost) {
    toFront(shelf, segments, PROBATION, oldest(segments, WINDOW))
  }
}

export const wTinyLfu: Eviction<Memory> = {
  name: 'w-tinylfu',
  title: 'W-TinyLFU',
  summary: 'A newcomer stays only if it was asked for more often of late than who would have to leave.',
  source: 'Einziger, Friedman & Manes, ACM TOS 13(4), 2017',
  params,
  remember,
  hit,
  missed: (shelf, memory, key) => count(memory.sketch, key, periodOf(shelf, memory)),
  victim,
  insert,
  remove: (shelf, { segments }, slot) => leave(shelf, segments, slot),
  explain: (shelf, { segments, sketch }, slot) =>
    `${NAMES[segments.of[slot]!]}, asked for about ${estimate(sketch, shelf.table.keys[slot]!)} times of late`,
}
