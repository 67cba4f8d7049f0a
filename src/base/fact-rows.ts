/**
 * How a fact lies in memory: 32 bytes a row, three doubles (at, subject, value) and two 32-bit integers (kind
 * with detail, object), so that a reader switches on the kind and indexes by the object without converting.
 */

/** Two views on one block of memory: row r has doubles from 4r on, integers from 8r on. */
export interface FactRows {
  readonly num: Float64Array
  readonly int: Int32Array
}

/** Places in a row's doubles; the instant stands at 0. */
export const SUBJECT = 1
export const VALUE = 2
/** Places in a row's integers. */
export const CODE = 6
export const OBJECT = 7

/** The kind of a row's fact, 0 to 255. */
export function kindOf(rows: FactRows, row: number): number {
  return rows.int[(row << 3) | CODE]! & 255
}

/** The detail of a row's fact: 24 bits, may be negative. */
export function detailOf(rows: FactRows, row: number): number {
  return rows.int[(row << 3) | CODE]! >> 8
}
