/** The run over time: how many requests ended in which way, and how long the slowest took. */

import type { Report } from '../../measure/report.ts'
import { duration, plain } from './numbers.ts'
import { type Bar, bars, strip, widthOf } from './strip.ts'
import type { Colour, Style } from './style.ts'
import { timeAxis } from './time-axis.ts'

interface Row {
  readonly id: string
  readonly title: string
  readonly colour: Colour
  readonly rows: number
  readonly combine: 'mean' | 'max'
  readonly show: (value: number) => string
}

const perSecond = (value: number) => `${plain(value)}/s`
const ROWS: readonly Row[] = [
  {
    id: 'succeededPerSecond',
    title: 'succeeded',
    colour: 'green',
    rows: 3,
    combine: 'mean',
    show: perSecond,
  },
  { id: 'failedPerSecond', title: 'failed', colour: 'red', rows: 1, combine: 'mean', show: perSecond },
  { id: 'rejectedPerSecond', title: 'rejected', colour: 'yellow', rows: 1, combine: 'mean', show: perSecond },
  {
    id: 'timedOutPerSecond',
    title: 'timed out',
    colour: 'magenta',
    rows: 1,
    combine: 'mean',
    show: perSecond,
  },
  { id: 'latencyP99Ms', title: 'latency p99', colour: 'cyan', rows: 2, combine: 'max', show: duration },
]
/** Before the bars: the title, and what their full height stands for. */
const LABEL = 11
const SCALE = 10

/** Lines of the chart; none when the run was too short for a series. */
export function chart({ series, simulated, timeline }: Report, width: number, style: Style): string[] {
  const steps = columnOf(series, 'succeededPerSecond').length
  if (steps === 0) return []
  const room = width - LABEL - SCALE - 3
  const lines: string[] = []
  for (const { id, title, colour, rows, combine, show } of ROWS) {
    const values = bars(columnOf(series, id), room, combine)
    const most = values.reduce<number>((max, value) => Math.max(max, value ?? 0), 0)
    if (most === 0 && rows === 1) continue
    for (const [i, row] of strip(values, rows, most).entries()) {
      const label = i === 0 ? title.padEnd(LABEL) + show(most).padStart(SCALE) : ' '.repeat(LABEL + SCALE)
      lines.push(`${label} ${style.dim(i === 0 ? '┤' : '│')}${style[colour](row.trimEnd())}`)
    }
  }
  const all = widthOf(steps, room)
  const happened = timeline.map(({ at, what, where }) => ({ at, what: `${what} ${where}` }))
  const axis = timeAxis(all, steps * series.stepSeconds, simulated.warmUpSeconds, happened)
  const indent = ' '.repeat(LABEL + SCALE + 2)
  lines.push(indent + style.dim(axis.line), indent + style.dim(axis.labels))
  if (axis.marks) lines.push(indent + style.red(axis.marks))
  return lines
}

function columnOf(series: Report['series'], id: string): readonly Bar[] {
  const values = series[id]
  return Array.isArray(values) ? (values as Bar[]) : []
}
