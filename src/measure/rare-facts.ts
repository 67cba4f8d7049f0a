/** Folds the facts that few requests bring about: sessions, further tries, caches, limits, connections, waste. */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../base/fact-rows.ts'
import {
  ASKED_AT_HOME,
  AWAITED,
  CONNECTION_CLOSED,
  CONNECTION_OPENED,
  EVICTED,
  FETCH_LEFT,
  FETCHED,
  HELD_BACK,
  INVALIDATED,
  JUDGED,
  LOOKED_UP,
  PHASE_DOWNSTREAM,
  PHASE_QUEUE,
  PHASE_SERVICE,
  PURGED,
  RESIZED,
  RETRIED,
  RETRY_OVERFLOWED,
  SERVED_OLD,
  SESSION_BEGAN,
  SESSION_LOST,
  SESSION_MOVED,
  TRY_ENDED,
  WASTED,
  WENT_PAST,
} from '../model/facts.ts'
import { foldCache } from './caches.ts'
import { capacityResizes, offeredAgain } from './capacity.ts'
import { countJudged } from './classes.ts'
import { askedAtHome } from './client-caches.ts'
import { countClosed, countOpened } from './connections.ts'
import type { Layout } from './layout.ts'
import { change, lessBusy, OTHER, resized, WAITING } from './node-areas.ts'
import type { RecorderState } from './recorder-state.ts'
import { BEGUN, LOST, MOVED, SESSION_FIGURES } from './tier-steps.ts'
import { countEnd, countOverflow, countTry } from './tries.ts'

/**
 * Folds one fact; kinds that are not listed here are left alone. The row is handed over by its place: its doubles,
 * handed on to a function, would be boxed.
 */
export function foldRare(
  s: RecorderState,
  layout: Layout,
  { num, int }: FactRows,
  row: number,
  isMeasured: boolean,
): void {
  const code = int[(row << 3) | CODE]!
  const object = int[(row << 3) | OBJECT]!
  const at = num[row << 2]!
  const subject = num[(row << 2) | SUBJECT]!
  const value = num[(row << 2) | VALUE]!
  const { tierOf, hasCache } = layout
  const tier = tierOf[object]!
  switch (code & 255) {
    case SESSION_BEGAN:
      session(s, tier * SESSION_FIGURES + BEGUN, isMeasured)
      break
    case SESSION_MOVED:
      session(s, tier * SESSION_FIGURES + MOVED, isMeasured)
      break
    case SESSION_LOST:
      session(s, tier * SESSION_FIGURES + LOST, isMeasured)
      break
    case RETRIED:
      if (isMeasured) countTry(s.tries, code >> 8, value)
      offeredAgain(s.capacity, layout, code >> 8, object)
      break
    case RETRY_OVERFLOWED:
      if (isMeasured) countOverflow(s.tries)
      break
    case TRY_ENDED:
      if (isMeasured) countEnd(s.tries, code >> 8)
      break
    case LOOKED_UP:
    case FETCHED:
    case SERVED_OLD:
    case EVICTED:
    case PURGED:
    case WENT_PAST:
    case INVALIDATED:
      foldCache(s.caches, code, object, subject, value, tier === hasCache.indexOf(true), isMeasured)
      break
    case ASKED_AT_HOME:
      askedAtHome(s.clientCaches!, object, code >> 8 === 1, value, isMeasured)
      break
    case AWAITED:
      change(s.areas, object, OTHER, at - s.areas.stepStart, code >> 8 === 0 ? 1 : -1)
      break
    case FETCH_LEFT:
      leaves(s, object, at - s.areas.stepStart, code >> 8)
      break
    case HELD_BACK:
      if (isMeasured && code >> 8 === 0) s.tierHeldBack[tier]!++
      break
    case CONNECTION_OPENED:
      if (s.windowOpen) countOpened(s.connections!, tier, at, code >> 8, value, isMeasured)
      break
    case CONNECTION_CLOSED:
      if (s.windowOpen) countClosed(s.connections!, tier, at, subject)
      break
    case JUDGED:
      countJudged(s.classes!, layout, tier, value, code >> 8 === 1, isMeasured)
      break
    case RESIZED:
      resized(s.areas, object, at - s.areas.stepStart, value)
      capacityResizes(s.capacity, layout, object, at - s.areas.stepStart, value)
      break
    case WASTED:
      if (isMeasured) s.tierWasted[tier]! += value
      break
  }
}

/** Whatever stood at a node in a phase stands there no more. */
function leaves({ areas }: RecorderState, node: number, passed: number, phase: number): void {
  if (phase === PHASE_SERVICE) lessBusy(areas, node, passed)
  else if (phase === PHASE_QUEUE) change(areas, node, WAITING, passed, -1)
  else if (phase === PHASE_DOWNSTREAM) change(areas, node, OTHER, passed, -1)
}

function session(s: RecorderState, figure: number, isMeasured: boolean): void {
  s.tierCounts.sessions[figure]!++
  if (isMeasured) s.sessions[figure]!++
}
