/** Stacked columns: where each part of each step begins and ends. */

export interface Layer {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Stacks parts of equal length in their order; a part that says nothing (NaN) adds nothing. */
export function stack(parts: readonly ArrayLike<number>[], count: number): readonly Layer[] {
  let lower = new Float64Array(count)
  return parts.map((part) => {
    const upper = new Float64Array(count)
    for (let i = 0; i < count; i++) upper[i] = lower[i]! + Math.max(0, part[i]! || 0)
    const layer = { lower, upper }
    lower = upper
    return layer
  })
}

/** The highest top of a stack. */
export function top(layers: readonly Layer[]): number {
  return layers.at(-1)?.upper.reduce((most, value) => Math.max(most, value), 0) ?? 0
}

/** The same without stacking: of parts that are long, and wanted for nothing else. */
export function highestSum(parts: readonly ArrayLike<number>[], count: number): number {
  let most = 0
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (const part of parts) {
      const value = part[i]!
      if (value > 0) sum += value
    }
    if (sum > most) most = sum
  }
  return most
}
