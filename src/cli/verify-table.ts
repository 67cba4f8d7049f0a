/** What `verify` prints: a line a row, a summary, or JSON. */

import type { Result, Verification } from '../run/verify/verify.ts'
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

/** Counts, and what could not be run and why. */
export function summaryOf(verification: Verification, style: Style): string {
  const { notRun, passedOver } = verification
  const { held, tried } = jsonOf(verification)
  const lines = ['', `${held} of ${tried} rows hold.`]
  if (passedOver > 0) lines.push(`${passedOver} rows need a longer run than --quick allows.`)
  if (notRun.length > 0) {
    const total = notRun.reduce((sum, { count }) => sum + count, 0)
    lines.push(`${total} rows cannot be run yet:`)
    for (const { model, count, because } of notRun) {
      lines.push(`${String(count).padStart(5)}  ${model}${because ? style.dim(` (${because})`) : ''}`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** The result as interface.md promises it to programs. */
export function jsonOf({ results, notRun }: Verification) {
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
export function passes({ results }: Verification): boolean {
  return results.every(({ verdict }) => verdict.holds)
}

function figure(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  const text = JSON.stringify(value) ?? '?'
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}
