/** What the caches of a tier are asked for in a run, request by request. */

import { addRow, findRow, type KeyedRows, keyedRows, NO_ROW } from '../../base/keyed-rows.ts'
import type { Instant } from '../../base/time.ts'

/** What one cache is asked for. Objects are numbered in the order in which they are first asked for. */
export interface NodeTraffic {
  /** By request: the object and when. */
  objects: Int32Array
  at: Float64Array
  requests: number
  /** The first request that counts. */
  measured: number
  /** By object: its key, and the most bytes that it was seen with. */
  keys: Float64Array
  sizes: Float64Array
  readonly numbers: KeyedRows
}

/** More requests than this of one tier are not kept: 12 bytes each. */
export const MOST_REQUESTS = 50_000_000

const FIRST_ROOM = 1024

export function nodeTraffic(): NodeTraffic {
  return {
    objects: new Int32Array(FIRST_ROOM),
    at: new Float64Array(FIRST_ROOM),
    requests: 0,
    measured: 0,
    keys: new Float64Array(FIRST_ROOM),
    sizes: new Float64Array(FIRST_ROOM),
    numbers: keyedRows(0),
  }
}

/** One more request; instants never fall. */
export function addRequest(to: NodeTraffic, key: number, size: number, at: Instant): void {
  let object = findRow(to.numbers, key)
  if (object === NO_ROW) {
    object = addRow(to.numbers, key)
    to.keys = roomFor(to.keys, object)
    to.sizes = roomFor(to.sizes, object)
    to.keys[object] = key
  }
  if (size > to.sizes[object]!) to.sizes[object] = size
  const place = to.requests++
  to.objects = roomFor(to.objects, place)
  to.at = roomFor(to.at, place)
  to.objects[place] = object
  to.at[place] = at
}

/** Requests before this instant only warm the cache. */
export function countFrom(traffic: NodeTraffic, from: Instant): void {
  while (traffic.measured < traffic.requests && traffic.at[traffic.measured]! < from) traffic.measured++
}

/** How many objects there are. */
export function objectsOf({ numbers }: NodeTraffic): number {
  return numbers.size
}

function roomFor<T extends Int32Array | Float64Array>(column: T, place: number): T {
  if (place < column.length) return column
  const longer = new (column.constructor as new (length: number) => T)(2 * column.length)
  longer.set(column)
  return longer
}
