/**
 * A table of rows that are found by a number: a hash map in typed arrays, so that it is copied as plain data
 * and is the same in every engine. Each row has a key and `width` doubles; rows are numbered from 0, a row
 * keeps its number until it is removed, and numbers of removed rows are given out again.
 *
 * Open addressing with linear probing; removal moves the followers back, so there are no tombstones and a
 * table in which keys come and go stays as fast as a new one. Every operation costs O(1): adding amortised
 * over the doublings. At most three quarters of the places are taken.
 *
 * Where keys are known to be whole numbers below a bound, each has a place of its own, or even a row (see
 * `ownRows`): nothing is hashed, and nothing collides.
 *
 * Source: D. E. Knuth, "The Art of Computer Programming" 3, 6.4, algorithms L and R.
 */

/** No row has that key. */
export const NO_ROW = -1

export interface KeyedRows {
  /** By place of the hash table: a row's number plus 1, or 0. As long as a power of two. With own rows: a bit for each, set while it is there. */
  places: Int32Array
  /** By row: its key; in a removed row, the number of the row that was removed before it. Empty with own rows. */
  keys: Float64Array
  /** `width` doubles for each row: those of row r from `r * width` on. */
  values: Float64Array
  readonly width: number
  /** Keys are whole numbers from 0 to this - 1, and places go by them; 0: by hash. */
  readonly bound: number
  /** True: the row of key k is row k. */
  readonly isOwn: boolean
  /** How many rows there are. */
  size: number
  /** The table never has more rows than this. */
  readonly atMost: number
  /** How many row numbers have ever been given out; with own rows, all of them from the beginning. */
  used: number
  /** The row that was removed last and not given out again, or `NO_ROW`. */
  free: number
}

const FEWEST = 8

/**
 * An empty table of rows of `width` doubles; it grows as needed up to `atMost` rows.
 * @param bound keys are whole numbers from 0 to this - 1, which costs four bytes each; 0: they may be any
 */
export function keyedRows(width: number, atMost = 2 ** 30, bound = 0): KeyedRows {
  const room = Math.min(FEWEST, atMost)
  return {
    places: new Int32Array(bound > 0 ? bound : 2 * FEWEST),
    keys: new Float64Array(room),
    values: new Float64Array(room * width),
    width,
    bound,
    isOwn: false,
    size: 0,
    atMost,
    used: 0,
    free: NO_ROW,
  }
}

/**
 * An empty table in which each key has a row of its own from the beginning, that of its number: the fastest, where
 * most keys come.
 * @param bound keys are whole numbers from 0 to this - 1, which costs `width` doubles each
 * @throws Error when there is no such number
 */
export function ownRows(width: number, bound: number): KeyedRows {
  if (bound < 1) throw new Error('there are no keys')
  return {
    places: new Int32Array((bound + 31) >> 5),
    keys: new Float64Array(0),
    values: new Float64Array(bound * width),
    width,
    bound,
    isOwn: true,
    size: 0,
    atMost: bound,
    used: bound,
    free: NO_ROW,
  }
}

/** The row of a key, or `NO_ROW`. A key is a number that is not NaN; whole numbers are spread best. */
export function findRow(rows: KeyedRows, key: number): number {
  const { places, keys, bound } = rows
  if (bound > 0) {
    if (!rows.isOwn) return places[key]! - 1
    return ((places[key >> 5]! >> key) & 1) === 0 ? NO_ROW : key | 0
  }
  const mask = places.length - 1
  let place = hashOf(key) & mask
  for (;;) {
    const row = places[place]! - 1
    if (row < 0 || keys[row] === key) return row
    place = (place + 1) & mask
  }
}

/**
 * Adds a row for a key that has none, its doubles all 0.
 * @returns its number
 * @throws Error when the table is full
 */
export function addRow(rows: KeyedRows, key: number): number {
  if (rows.size === rows.atMost) throw new Error(`a table of at most ${rows.atMost} rows is full`)
  if (rows.isOwn) return addOwnRow(rows, key | 0)
  let row = rows.free
  if (row === NO_ROW) {
    row = rows.used++
    if (row === rows.keys.length) growRows(rows)
  } else {
    rows.free = rows.keys[row]!
    clear(rows, row)
  }
  rows.keys[row] = key
  rows.size++
  if (rows.bound > 0) {
    rows.places[key] = row + 1
    return row
  }
  if (4 * rows.size > 3 * rows.places.length) growPlaces(rows)
  settle(rows.places, hashOf(key), row)
  return row
}

function addOwnRow(rows: KeyedRows, row: number): number {
  if (row >= rows.bound) throw new Error(`key ${row} is not below ${rows.bound}`)
  rows.places[row >> 5]! |= 1 << row
  rows.size++
  clear(rows, row)
  return row
}

function clear({ values, width }: KeyedRows, row: number): void {
  for (let k = row * width; k < (row + 1) * width; k++) values[k] = 0
}

/** Removes a row that is there. */
export function removeRow(rows: KeyedRows, row: number): void {
  const { places, keys, bound } = rows
  if (rows.isOwn) {
    places[row >> 5]! &= ~(1 << row)
    rows.size--
    return
  }
  if (bound > 0) places[keys[row]!] = 0
  else leavePlace(places, keys, row)
  keys[row] = rows.free
  rows.free = row
  rows.size--
}

function leavePlace(places: Int32Array, keys: Float64Array, row: number): void {
  const mask = places.length - 1
  let hole = hashOf(keys[row]!) & mask
  while (places[hole] !== row + 1) hole = (hole + 1) & mask
  for (let place = (hole + 1) & mask; places[place] !== 0; place = (place + 1) & mask) {
    const home = hashOf(keys[places[place]! - 1]!) & mask
    if (((place - home) & mask) < ((place - hole) & mask)) continue
    places[hole] = places[place]!
    hole = place
  }
  places[hole] = 0
}

/** The length to which a table of `length` members grows: the double, but not beyond `atMost`. */
export function grown(length: number, atMost = 2 ** 30): number {
  return Math.min(Math.max(FEWEST, 2 * length), atMost)
}

function growRows(rows: KeyedRows): void {
  const room = grown(rows.keys.length, rows.atMost)
  const { keys, values } = rows
  rows.keys = new Float64Array(room)
  rows.keys.set(keys)
  rows.values = new Float64Array(room * rows.width)
  rows.values.set(values)
}

function growPlaces(rows: KeyedRows): void {
  const places = new Int32Array(2 * rows.places.length)
  for (const filled of rows.places) {
    if (filled !== 0) settle(places, hashOf(rows.keys[filled - 1]!), filled - 1)
  }
  rows.places = places
}

function settle(places: Int32Array, hash: number, row: number): void {
  const mask = places.length - 1
  let place = hash & mask
  while (places[place] !== 0) place = (place + 1) & mask
  places[place] = row + 1
}

/** Spreads a key over 32 bits, signed (multiply and shift, constants of Wellons' lowbias32). */
export function hashOf(key: number): number {
  let hash = (key | 0) ^ Math.imul((key / 4294967296) | 0, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return hash ^ (hash >>> 15)
}
