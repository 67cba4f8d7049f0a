/** A chart's table as CSV (RFC 4180), its origin as comment lines before the head. */

import type { ChartTable, TableColumn } from '../charts/frame/chart-data.ts'
import type { Origin } from './origin.ts'

export function csvOf(table: ChartTable, origin: Origin): string {
  const head = [withUnit(table.rowTitle, table.rowUnit), ...table.columns.map(titleOf)]
  const lines = [...origin.map(([name, text]) => `# ${name}: ${oneLine(text)}`), head.map(field).join(',')]
  for (let row = 0; row < table.rows; row++) {
    const values = table.columns.map(({ values: of }) => number(of[row] ?? Number.NaN))
    lines.push([number(table.rowAt(row)), ...values].join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}

function titleOf({ title, unit, kind }: TableColumn): string {
  return withUnit(title, kind === 'share' && unit === '' ? 'share' : unit)
}

function withUnit(title: string, unit: string): string {
  return unit === '' ? title : `${title} (${unit})`
}

/** In full precision; nothing where there is nothing. */
function number(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}

/** A field that a spreadsheet would take for a formula is told to be text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
