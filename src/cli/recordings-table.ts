/** What `verify` prints of recordings of real proxies: a line a file, each failure, and why cases were not run. */

import type { PlayedCase, PlayedFile } from '../run/verify/proxies/play.ts'
import { LEVEL } from '../run/verify/proxies/statistics/tests.ts'
import type { Style } from './render/style.ts'

const NAME_WIDTH = 34
const COUNT_WIDTH = 16
const LONGEST_VALUE = 80

export interface Counts {
  readonly held: number
  readonly tried: number
  readonly notRun: number
}

export function countsOf(files: readonly PlayedFile[]): Counts {
  const kinds = files.flatMap(({ cases }) => cases.map(({ outcome }) => outcome.kind))
  const held = kinds.filter((kind) => kind === 'held').length
  const notRun = kinds.filter((kind) => kind === 'not run').length
  return { held, tried: kinds.length - notRun, notRun }
}

/** A line for a file, and lines for what did not hold or could not be run in it. */
export function fileLines(file: PlayedFile, style: Style): string {
  const { held, tried } = countsOf([file])
  const count = tried === 0 ? 'none run' : `${held} of ${tried} cases`
  const line = `${file.name.padEnd(NAME_WIDTH)}  ${count.padEnd(COUNT_WIDTH)}  ${file.system}, ${file.feature}`
  const mark =
    tried === 0
      ? style.yellow(`- ${line}`)
      : held === tried
        ? `${style.green('✓')} ${line}`
        : style.red(`✗ ${line}`)
  return `${[mark, ...failureLines(file, style), ...notRunLines(file, style)].join('\n')}\n`
}

function failureLines({ cases }: PlayedFile, style: Style): readonly string[] {
  return cases.flatMap(({ title, outcome }) => {
    if (outcome.kind !== 'failed') return []
    const { position, expected, got, tests } = outcome
    const worst = tests.find(({ p }) => p < LEVEL)
    const chance = worst ? `; chi-square ${worst.statistic.toFixed(1)}, p = ${worst.p.toExponential(1)}` : ''
    const place = position === '' ? '' : ` at ${position}`
    return [style.red(`    ${title}${place}: recorded ${shown(expected)}, got ${shown(got)}${chance}`)]
  })
}

/** Cases with the same reason share a line. */
function notRunLines({ cases }: PlayedFile, style: Style): readonly string[] {
  const reasons = new Map<string, PlayedCase[]>()
  for (const one of cases) {
    if (one.outcome.kind !== 'not run') continue
    const { because } = one.outcome
    reasons.set(because, [...(reasons.get(because) ?? []), one])
  }
  return Array.from(reasons, ([because, { length, 0: first }]) => {
    const what = length === 1 ? first!.title : `${length} cases`
    return style.dim(`    not run: ${what}: ${because}`)
  })
}

/** How many cases hold, and with which chance a right policy would have failed. */
export function recordingsSummary(files: readonly PlayedFile[]): readonly string[] {
  if (files.length === 0) return []
  const { held, tried, notRun } = countsOf(files)
  const lines = [`${held} of ${tried} recorded cases hold.`]
  if (notRun > 0) lines.push(`${notRun} recorded cases could not be run; the reasons stand above.`)
  const tests = testCount(files)
  if (tests > 0) {
    const chance = (100 * (1 - (1 - LEVEL) ** tests)).toFixed(1)
    lines.push(
      `${tests} counts were left to chance: each was tested by chi-square at level ${LEVEL}; right policies would fail one of them with a chance of ${chance} %.`,
    )
  }
  return lines
}

/** The same for programs, to go with the rows. */
export function recordingsJson(files: readonly PlayedFile[]) {
  const { held, tried } = countsOf(files)
  return {
    held,
    tried,
    notRun: Object.fromEntries(
      files.flatMap((file) => {
        const { notRun } = countsOf([file])
        return notRun > 0 ? [[file.name, notRun]] : []
      }),
    ),
    failures: files.flatMap(({ name, cases }) =>
      cases.flatMap(({ title, outcome }) => {
        if (outcome.kind !== 'failed') return []
        const { position, expected, got } = outcome
        return [{ id: `${name} ${title}`, position, expected, measured: got ?? null, tolerance: 0 }]
      }),
    ),
    files: Object.fromEntries(files.map((file) => [file.name, fileJson(file)])),
    chiSquare: { level: LEVEL, tests: testCount(files) },
  }
}

function fileJson(file: PlayedFile) {
  const { held, tried } = countsOf([file])
  const reasons = file.cases.flatMap(({ title, outcome }) => {
    return outcome.kind === 'not run' ? [{ case: title, because: outcome.because }] : []
  })
  return { held, tried, notRun: reasons }
}

function testCount(files: readonly PlayedFile[]): number {
  const outcomes = files.flatMap(({ cases }) => cases.map(({ outcome }) => outcome))
  return outcomes.reduce((sum, outcome) => sum + (outcome.kind === 'not run' ? 0 : outcome.tests.length), 0)
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text
}
