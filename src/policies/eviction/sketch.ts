/**
 * A count-min sketch with ageing: an estimate of how often each key was asked for of late, in about eight
 * bytes for each object of the cache. Four counters of four bits a key, of which only the least go up; all
 * are halved every so many requests.
 *
 * Source: Cormode & Muthukrishnan, J. Algorithms 55(1), 2005; Einziger, Friedman & Manes, "TinyLFU: a highly
 * efficient cache admission policy", ACM TOS 13(4), 2017.
 */

import { hashOf } from '../../base/keyed-rows.ts'

export interface Sketch {
  /** Eight counters a word: those of column c are the four from 4 c on. As long as a power of two. */
  counters: Int32Array
  /** How many requests were counted; halved with the counters. */
  counted: number
}

const ROWS = 4
const MOST = 15
/** Columns for each object that a cache holds. */
const COLUMNS = 4

/** Words of the smallest sketch, so that tiny caches count exactly for the most part: 1 KiB. */
const FEWEST = 256

/** A sketch that has counted nothing. */
export function sketch(): Sketch {
  return { counters: new Int32Array(FEWEST), counted: 0 }
}

/** Widens it for a cache of so many objects; what was counted stays (each column is doubled with its counts). */
export function widen(all: Sketch, objects: number): void {
  while (2 * all.counters.length < COLUMNS * objects) {
    const wider = new Int32Array(2 * all.counters.length)
    wider.set(all.counters)
    wider.set(all.counters, all.counters.length)
    all.counters = wider
  }
}

/** Counts a request for a key; at `period` of them this number and all counts are halved. O(1) amortised. */
export function count(all: Sketch, key: number, period: number): void {
  const { counters } = all
  const hash = hashOf(key)
  const step = stepOf(hash)
  const least = leastOf(counters, hash, step)
  if (least < MOST) {
    for (let row = 0; row < ROWS; row++) {
      const at = placeOf(counters, hash, step, row)
      const shift = (at & 7) << 2
      if (((counters[at >> 3]! >>> shift) & MOST) === least) counters[at >> 3]! += 1 << shift
    }
  }
  if (++all.counted < period) return
  all.counted = Math.floor(period / 2)
  for (let word = 0; word < counters.length; word++) counters[word] = (counters[word]! >>> 1) & 0x77777777
}

/** How often a key was asked for of late: never too low but for ageing, at most 15. */
export function estimate({ counters }: Sketch, key: number): number {
  const hash = hashOf(key)
  return leastOf(counters, hash, stepOf(hash))
}

function leastOf(counters: Int32Array, hash: number, step: number): number {
  let least = MOST
  for (let row = 0; row < ROWS; row++) {
    const at = placeOf(counters, hash, step, row)
    const value = (counters[at >> 3]! >>> ((at & 7) << 2)) & MOST
    if (value < least) least = value
  }
  return least
}

/** Where a key's counter of a row stands, in counters. */
function placeOf(counters: Int32Array, hash: number, step: number, row: number): number {
  const columns = 2 * counters.length
  return ROWS * ((hash + row * step) & (columns - 1)) + row
}

/** The distance between a hash's columns: odd, and independent of the hash's low bits. */
function stepOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) | 1
}
