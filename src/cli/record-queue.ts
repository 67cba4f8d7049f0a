/** The records of a log around the place where it is being read: a ring of columns, a bounded way back. */

import type { LogRecord } from '../scenario/access-log/log-source.ts'

export interface RecordQueue {
  /** Records are numbered from 0 in the order in which they were added. */
  add(at: number, address: number, key: number, size: number): void
  /** The first number that is still held, and the first that is not yet. */
  readonly first: number
  readonly end: number
  /** Fills `into` with a record that is held; those far before it may be forgotten. */
  read(index: number, into: LogRecord): void
}

/** So many records behind the last one read are kept: several populations may read the same log. */
const KEPT = 4096

export function recordQueue(): RecordQueue {
  let capacity = 8192
  let at = new Float64Array(capacity)
  let address = new Uint32Array(capacity)
  let key = new Uint32Array(capacity)
  let size = new Uint32Array(capacity)
  let first = 0
  let end = 0

  function grow(): void {
    const [before, wide] = [capacity - 1, capacity * 2]
    const old = { at, address, key, size }
    at = new Float64Array(wide)
    address = new Uint32Array(wide)
    key = new Uint32Array(wide)
    size = new Uint32Array(wide)
    for (let i = first; i < end; i++) {
      const [from, to] = [i & before, i & (wide - 1)]
      at[to] = old.at[from]!
      address[to] = old.address[from]!
      key[to] = old.key[from]!
      size[to] = old.size[from]!
    }
    capacity = wide
  }

  return {
    add(when, who, what, bytes) {
      if (end - first === capacity) grow()
      const slot = end++ & (capacity - 1)
      at[slot] = when
      address[slot] = who
      key[slot] = what
      size[slot] = bytes
    },
    get first() {
      return first
    },
    get end() {
      return end
    },
    read(index, into) {
      if (index - KEPT > first) first = index - KEPT
      const slot = index & (capacity - 1)
      into.at = at[slot]!
      into.address = address[slot]!
      into.key = key[slot]!
      into.size = size[slot]!
    },
  }
}
