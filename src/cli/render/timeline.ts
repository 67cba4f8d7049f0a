/** What happened to replicas, and how long it took to be noticed. */

import type { Report } from '../../measure/report.ts'
import { clock, duration, whole } from './numbers.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

const LISTED = 20

export function timeline({ timeline: entries }: Report, style: Style): string[] {
  if (entries.length === 0) return []
  const rows = entries
    .slice(0, LISTED)
    .map(({ at, what, where, detected }) => [
      clock(at),
      what.padEnd(8),
      where,
      detected === undefined ? '' : `noticed after ${duration((detected - at) * 1000)}`,
    ])
  const more = entries.length - rows.length
  return [
    ...table({ head: ['Timeline', '', '', ''], rows }, style),
    ...(more > 0 ? [style.dim(`and ${whole(more)} more (--json lists them all)`)] : []),
  ]
}
