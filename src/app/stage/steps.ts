/** Walking a grid of cells with the keyboard. */

/** Where a key leads in a grid of `cells` in `cols` columns; undefined: the key is not for the grid. */
export function stepTo(key: string, from: number, cells: number, cols: number): number | undefined {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: cols, ArrowUp: -cols }
  if (key === 'Home') return 0
  if (key === 'End') return cells - 1
  const step = steps[key]
  if (step === undefined) return undefined
  const to = from + step
  return to >= 0 && to < cells ? to : from
}
