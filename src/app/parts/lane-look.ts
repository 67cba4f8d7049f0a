/** How lanes are told apart: a colour of the theme and a dash each, the first one neutral since the others are held against it. */

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [1.5, 3], [9, 3, 1.5, 3]]

/** Custom property of the theme. */
export function tokenOf(index: number): string {
  return `--lane-${(index % DASHES.length) + 1}`
}

/** Lengths of strokes and gaps, CSS pixels; none for a whole line. */
export function dashOf(index: number): readonly number[] {
  return DASHES[index % DASHES.length]!
}
