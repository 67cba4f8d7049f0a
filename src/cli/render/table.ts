/** Columns of text: the first to the left, the others to the right, as wide as they need. */

import type { Style } from './style.ts'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Lines; the head is dim but for its first cell, which is the title and bold. */
export function table({ head, rows }: Table, style: Style): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[], dress: (text: string, column: number) => string) => {
    const last = row.findLastIndex((cell) => cell !== '')
    const cells = row.slice(0, last + 1).map((cell, column) => {
      const padded = column > 0 ? cell.padStart(widths[column]!) : last > 0 ? cell.padEnd(widths[0]!) : cell
      return dress(padded, column)
    })
    return cells.join('   ')
  }
  return [
    line(head, (text, column) => (column === 0 ? style.bold(text) : style.dim(text))),
    ...rows.map((row) => line(row, (text) => text)),
  ]
}
