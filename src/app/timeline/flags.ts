/** Which marks get a flag, where there is not room for all: what went wrong before what was put right. */

import { type TimeScale, toX } from '../charts/time-scale.ts'
import type { Mark } from './marks.ts'

export interface Flag {
  readonly mark: Mark
  /** CSS pixels from the left: where it happens. */
  readonly x: number
  /** Where the flag stands: beside another that can be taken hold of, not on it. */
  readonly place: number
  /** Marks nearby that got none. */
  readonly more: number
}

/** Flags nearer than this would lie on one another, CSS pixels. */
const ROOM = 26
/** So many can be taken hold of even where they lie on one another: none gets lost while it is moved. */
const MOST_HELD = 40
/** So much of each is free for the hand, CSS pixels. */
const APART = 14
const RANKS: Readonly<Record<Mark['kind'], number>> = {
  crash: 0,
  hang: 0,
  slow: 0,
  errors: 0,
  purge: 0,
  softPurge: 0,
  update: 0,
  recover: 1,
  detected: 2,
}

/** In order of time. */
export function chooseFlags(marks: readonly Mark[], time: TimeScale): readonly Flag[] {
  if (time.width < 1) return []
  const held = marks.filter(({ of }) => of)
  const isRoomy = held.length <= MOST_HELD
  const chosen: { mark: Mark; x: number; place: number; more: number }[] = isRoomy ? besides(held, time) : []
  for (let rank = 0; rank <= 2; rank++) {
    for (const mark of marks) {
      if (rankOf(mark) !== rank || (isRoomy && mark.of)) continue
      const x = toX(time, mark.at)
      const near = chosen.find((flag) => Math.abs(flag.x - x) < ROOM)
      if (near) near.more++
      else chosen.push({ mark, x, place: x, more: 0 })
    }
  }
  return chosen.sort((a, b) => a.x - b.x)
}

/** Each far enough from the one before to be taken hold of. `marks` are in order of time. */
function besides(marks: readonly Mark[], time: TimeScale) {
  let last = Number.NEGATIVE_INFINITY
  return marks.map((mark) => {
    const x = toX(time, mark.at)
    last = Math.max(x, last + APART)
    return { mark, x, place: last, more: 0 }
  })
}

/** What can be taken hold of comes first. */
function rankOf({ kind, of }: Mark): number {
  return of ? 0 : RANKS[kind]
}
