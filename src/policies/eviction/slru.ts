/**
 * Segmented LRU: a new object is on probation; a hit promotes it to the protected segment. Who is pushed out
 * of there goes on probation again, and who is pushed out of probation leaves.
 *
 * Source: Karedla, Love & Wherry, "Caching strategies to improve disk system performance", IEEE Computer
 * 27(3), 1994.
 */

import { NOBODY } from '../../base/lists.ts'
import type { ParamSpec, Params } from '../policy.ts'
import type { Eviction, Shelf } from './eviction.ts'
import { fitSlots, join, leave, oldest, type Segments, segments, toFront } from './segments.ts'

const params = {
  protected: {
    kind: 'share',
    title: 'Protected',
    summary: 'How much of the cache the protected segment may take.',
    default: 0.8,
    min: 0,
    max: 1,
  },
} as const satisfies ParamSpec

interface Memory {
  /** What the protected segment may take. */
  readonly protectedAtMost: number
  readonly segments: Segments
}

const PROBATION = 0
const PROTECTED = 1

function remember(chosen: Params, { capacity }: Shelf): Memory {
  return { protectedAtMost: Math.floor(Number(chosen.protected) * capacity), segments: segments(2) }
}

function hit(shelf: Shelf, { segments, protectedAtMost }: Memory, slot: number): void {
  toFront(shelf, segments, PROTECTED, slot)
  while (segments.used[PROTECTED]! > protectedAtMost) {
    toFront(shelf, segments, PROBATION, oldest(segments, PROTECTED))
  }
}

function victim(shelf: Shelf, { segments }: Memory): number {
  const onProbation = oldest(segments, PROBATION)
  const slot = onProbation === NOBODY ? oldest(segments, PROTECTED) : onProbation
  leave(shelf, segments, slot)
  return slot
}

export const slru: Eviction<Memory> = {
  name: 'slru',
  title: 'SLRU',
  summary: 'LRU in two segments: only a second request earns a protected place, so scans pass by.',
  source: 'Karedla, Love & Wherry, IEEE Computer 27(3), 1994',
  params,
  remember,
  hit,
  victim,
  insert(shelf, { segments }, slot) {
    fitSlots(shelf, segments)
    join(shelf, segments, PROBATION, slot)
  },
  remove: (shelf, { segments }, slot) => leave(shelf, segments, slot),
  explain: (_shelf, { segments }, slot) => (segments.of[slot] === PROTECTED ? 'protected' : 'on probation'),
}
