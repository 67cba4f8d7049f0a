/**
 * Connections of one node that are idle, in the order in which they came to be so, which is the order in which
 * they are closed, as all may be idle for as long. So one event a node is enough: that of the first. One that is
 * used again is not looked for in the queue; it is passed over when its turn comes.
 */

import type { Instant } from '../base/time.ts'

/** Plain data: a ring of entries. */
export interface IdleConnections {
  /** By place: since when, and the connection's row. As long as a power of two. */
  since: Float64Array
  row: Int32Array
  first: number
  count: number
  /** 1 while the event of the first one is pending. */
  isAwaited: number
}

export function noneIdle(): IdleConnections {
  return { since: new Float64Array(64), row: new Int32Array(64), first: 0, count: 0, isAwaited: 0 }
}

/** One comes to be idle now. */
export function addIdle(all: IdleConnections, row: number, now: Instant): void {
  if (all.count === all.row.length) grow(all)
  const place = (all.first + all.count) & (all.row.length - 1)
  all.since[place] = now
  all.row[place] = row
  all.count++
}

/** The one that has been idle for longest: its row, and since when. There must be one. */
export function firstRow({ row, first }: IdleConnections): number {
  return row[first]!
}

export function firstSince({ since, first }: IdleConnections): Instant {
  return since[first]!
}

/** Takes it out. */
export function dropFirst(all: IdleConnections): void {
  all.first = (all.first + 1) & (all.row.length - 1)
  all.count--
}

function grow(all: IdleConnections): void {
  const { since, row, first } = all
  const size = row.length
  all.since = new Float64Array(2 * size)
  all.row = new Int32Array(2 * size)
  for (let i = 0; i < size; i++) {
    all.since[i] = since[(first + i) & (size - 1)]!
    all.row[i] = row[(first + i) & (size - 1)]!
  }
  all.first = 0
}
