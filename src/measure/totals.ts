/** What becomes of counts: figures stand in rows of equal width, a row for each node or population. */

/** A figure over the rows `first` to `end` - 1. @param width figures in a row */
export function sumOf(
  total: Float64Array,
  width: number,
  figure: number,
  first: number,
  end: number,
): number {
  let sum = 0
  for (let row = first; row < end; row++) sum += total[row * width + figure]!
  return sum
}

/** The same, of figures that are highest values; 0 where there is no row. */
export function highestOf(
  total: Float64Array,
  width: number,
  figure: number,
  first: number,
  end: number,
): number {
  let highest = 0
  for (let row = first; row < end; row++) highest = Math.max(highest, total[row * width + figure]!)
  return highest
}

/** A share, or a mean; null where there is nothing that it could be of. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}
