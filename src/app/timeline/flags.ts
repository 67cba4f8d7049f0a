/** Which marks get a flag, where there is not room for all: what went wrong before what was put right. */

import { type TimeScale, toX } from '../charts/time-scale.ts'
import type { Mark } from './marks.ts'

export interface Flag {
  readonly mark: Mark
  /** CSS pixels from the left. */
  readonly x: number
  /** Marks nearby that got none. */
  readonly more: number
}

/** Flags nearer than this would lie on one another, CSS pixels. */
const ROOM = 26
/** So many can be taken hold of even where they lie on one another: none gets lost while it is moved. */
const MOST_HELD = 40
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
  const chosen: { mark: Mark; x: number; more: number }[] = isRoomy
    ? held.map((mark) => ({ mark, x: toX(time, mark.at), more: 0 }))
    : []
  for (let rank = 0; rank <= 2; rank++) {
    for (const mark of marks) {
      if (rankOf(mark) !== rank || (isRoomy && mark.of)) continue
      const x = toX(time, mark.at)
      const near = chosen.find((flag) => Math.abs(flag.x - x) < ROOM)
      if (near) near.more++
      else chosen.push({ mark, x, more: 0 })
    }
  }
  return chosen.sort((a, b) => a.x - b.x)
}

/** What can be taken hold of comes first. */
function rankOf({ kind, of }: Mark): number {
  return of ? 0 : RANKS[kind]
}
