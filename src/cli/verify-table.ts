/** What `verify` prints: a line a row, a summary of rows and recordings, or JSON. */

import type { PlayedFile } from '../run/verify/proxies/play.ts'
import type { Result, Verification } from '../run/verify/verify.ts'
import { countsOf, recordingsJson, recordingsSummary } from './recordings-table.ts'
import type { Style } from './render/style.ts'

const WIDTHS = { id: 40, quantity: 24, number: 12, interval: 25 }

/** A line for each result. */
export function linesOf(results: readonly Result[], style: Style): string {
  return results.map((result) => `${lineOf(result, style)}\n`).join('')
}

function lineOf({ row, measured, verdict }: Result, style: Style): string {
  const { low, high } = measured
  const interval = Number.isFinite(low) && low < high ? `[${figure(low)}, ${figure(high)}]` : ''
  const line = [
    row.id.padEnd(WIDTHS.id),
    row.quantity.slice(0, WIDTHS.quantity).padEnd(WIDTHS.quantity),
    figure(row.value).padStart(WIDTHS.number),
    figure(measured.value).padStart(WIDTHS.number),
    interval.padEnd(WIDTHS.interval),
    verdict.tolerance > 0 ? `± ${figure(verdict.tolerance)}` : '',
  ].join('  ')
  return verdict.holds ? `${style.green('✓')} ${line.trimEnd()}` : style.red(`✗ ${line.trimEnd()}`)
}

/** What was verified: rows of reference values (undefined: none were asked for), and recordings. */
export interface Verified {
  readonly theory: Verification | undefined
  readonly played: readonly PlayedFile[]
}

/** Counts, and what could not be run and why. */
export function summaryOf({ theory, played }: Verified, style: Style): string {
  const lines = ['', ...recordingsSummary(played), ...(theory ? rowsSummary(theory, style) : [])]
  return `${lines.join('\n')}\n`
}

function rowsSummary(theory: Verification, style: Style): readonly string[] {
  const { notRun, passedOver } = theory
  const { held, tried } = rowsJson(theory)
  const lines = [`${held} of ${tried} rows hold.`]
  if (passedOver > 0) lines.push(`${passedOver} rows need a longer run than --quick allows.`)
  if (notRun.length > 0) {
    const total = notRun.reduce((sum, { count }) => sum + count, 0)
    lines.push(`${total} rows cannot be run yet:`)
    for (const { model, count, because } of notRun) {
      lines.push(`${String(count).padStart(5)}  ${model}${because ? style.dim(` (${because})`) : ''}`)
    }
  }
  return lines
}

/** The result as programs get it; `files` and `chiSquare` when recordings were played. */
export function jsonOf({ theory, played }: Verified) {
  const rows = rowsJson(theory ?? { results: [], notRun: [], passedOver: 0 })
  if (played.length === 0) return rows
  const { files, chiSquare, ...recordings } = recordingsJson(played)
  return {
    held: rows.held + recordings.held,
    tried: rows.tried + recordings.tried,
    notRun: { ...rows.notRun, ...recordings.notRun },
    failures: [...rows.failures, ...recordings.failures],
    files,
    chiSquare,
  }
}

function rowsJson({ results, notRun }: Verification) {
  const failures = results.filter(({ verdict }) => !verdict.holds)
  return {
    held: results.length - failures.length,
    tried: results.length,
    notRun: Object.fromEntries(notRun.map(({ model, count }) => [model, count])),
    failures: failures.map(({ row, measured, verdict }) => ({
      id: row.id,
      expected: row.value,
      measured: measured.value,
      tolerance: verdict.tolerance,
    })),
  }
}

/** Nothing that was tried failed. */
export function passes({ theory, played }: Verified): boolean {
  const { held, tried } = countsOf(played)
  return held === tried && (theory?.results ?? []).every(({ verdict }) => verdict.holds)
}

/** Nothing was tried, and there was nothing that could have been. */
export function isEmpty({ theory, played }: Verified): boolean {
  const { results, notRun, passedOver } = theory ?? { results: [], notRun: [], passedOver: 0 }
  return played.length === 0 && results.length === 0 && notRun.length === 0 && passedOver === 0
}

function figure(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  const text = JSON.stringify(value) ?? '?'
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}
