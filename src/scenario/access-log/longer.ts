/** Room for more: a copy of a typed array with zeros behind it. */

type Column = Float64Array | Uint32Array | Int32Array

/** @param length at least that of `column` */
export function longer<T extends Column>(column: T, length: number): T {
  const Columns = column.constructor as new (length: number) => T
  const copy = new Columns(length)
  copy.set(column)
  return copy
}
