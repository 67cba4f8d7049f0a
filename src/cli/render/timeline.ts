/** What happened, how long it took to be noticed, and how long until all was as before. */

import type { Report, TimelineEntry } from '../../measure/report.ts'
import { clock, duration, whole } from './numbers.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

const LISTED = 20

export function timeline({ timeline: entries }: Report, style: Style): string[] {
  if (entries.length === 0) return []
  const rows = entries
    .slice(0, LISTED)
    .map((entry) => [clock(entry.at), entry.what.padEnd(8), entry.where, wordsOf(entry)])
  const more = entries.length - rows.length
  return [
    ...table({ head: ['Timeline', '', '', ''], rows }, style),
    ...(more > 0 ? [style.dim(`and ${whole(more)} more (--json lists them all)`)] : []),
  ]
}

function wordsOf({ at, detected, recovered, returned, until, from, to, why, factor }: TimelineEntry): string {
  const after = (instant: number) => duration((instant - at) * 1000)
  return [
    factor === undefined ? '' : `${factor} times as many`,
    from === undefined ? '' : `from ${from} to ${to}: ${why}`,
    from === undefined && to !== undefined ? `${to} of the new version` : '',
    detected === undefined ? '' : `noticed after ${after(detected)}`,
    recovered === undefined ? '' : `well after ${after(recovered)}`,
    returned === undefined ? '' : `used again after ${after(returned)}`,
    until === undefined ? '' : `over after ${after(until)}`,
  ]
    .filter((words) => words !== '')
    .join(', ')
}
