/** The line under a chart: ticks at round instants, and marks where something happened. */

import { clock } from './numbers.ts'

const STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864000,
]
/** Characters between two labels, at least. */
const ROOM = 12

export interface Axis {
  readonly line: string
  readonly labels: string
  /** Blank when nothing happened. */
  readonly marks: string
}

/** Something that happened, at an instant in seconds. */
export interface Mark {
  readonly at: number
  readonly what: string
}

/**
 * @param width in characters, for all of the time
 * @param seconds the whole of it
 * @param warmUp seconds at the beginning that are dashed
 * @param happened in order of time; named where there is room
 */
export function timeAxis(width: number, seconds: number, warmUp: number, happened: readonly Mark[]): Axis {
  const columnOf = (at: number) => Math.min(width - 1, Math.floor((at / seconds) * width))
  const step = STEPS.find((each) => (each / seconds) * width >= ROOM) ?? seconds
  const line: string[] = Array.from({ length: width }, (_, i) => (i < columnOf(warmUp) ? '╌' : '─'))
  const labels: string[] = Array.from({ length: width }, () => ' ')
  for (let tick = 0; tick * step < seconds; tick++) {
    const column = columnOf(tick * step)
    const text = clock(tick * step)
    if (column + text.length > width) break
    line[column] = tick === 0 ? '├' : '┬'
    labels.splice(column, text.length, ...text)
  }
  const marks: string[] = Array.from({ length: width }, () => ' ')
  for (const [i, { at, what }] of happened.entries()) {
    const [column, next] = [columnOf(at), columnOf(happened[i + 1]?.at ?? seconds)]
    marks[column] = '▲'
    if (column + what.length + 2 < next) marks.splice(column + 2, what.length, ...what)
  }
  return { line: line.join(''), labels: labels.join('').trimEnd(), marks: marks.join('').trimEnd() }
}
