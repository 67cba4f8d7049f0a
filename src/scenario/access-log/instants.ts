/** When each record comes: the requests that share a second are spread over it, and the speed divides all. */

import { stream, uniform } from '../../base/stream.ts'
import { SECOND } from '../../base/time.ts'
import type { LogOptions } from './log-options.ts'

export interface Instants {
  /** Goes on to a later second, which `count` records share. */
  enter(second: number, count: number): void
  /** ns since the first record of all, of record `i` of this second; rises with `i`. */
  at(i: number): number
}

export function instants({ spread, speed, seed }: LogOptions): Instants {
  const random = stream(seed, 'log/spread')
  let firstSecond = NaN
  let firstInstant = 0
  let base = 0
  let count = 0
  let drawn = new Float64Array(64)

  /** ns into the second. */
  function offset(i: number): number {
    if (spread === 'even') return Math.floor(((i + 0.5) / count) * SECOND)
    return spread === 'random' ? drawn[i]! : 0
  }

  return {
    enter(second, k) {
      count = k
      if (spread === 'random') {
        if (drawn.length < k) drawn = new Float64Array(k * 2)
        for (let i = 0; i < k; i++) drawn[i] = Math.floor(uniform(random) * SECOND)
        drawn.subarray(0, k).sort()
      }
      if (Number.isNaN(firstSecond)) {
        firstSecond = second
        firstInstant = offset(0)
      }
      base = (second - firstSecond) * SECOND - firstInstant
    },
    at: (i) => Math.floor((base + offset(i)) / speed),
  }
}
