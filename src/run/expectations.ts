/** Holds a report against what its scenario expects. */

import type { ExpectationResult, Report } from '../measure/report.ts'
import type { Expectation, Scenario } from '../scenario/scenario.ts'

const STANDARD_OBJECTIVE = 0.999

/** One result for each expectation; a figure that the run did not yield does not hold. */
export function judge(expect: readonly Expectation[], report: Report): ExpectationResult[] {
  return expect.map((wanted) => {
    const measured = figureOf(report, wanted.figure)
    return { text: wanted.text, holds: measured !== null && holds(measured, wanted), measured }
  })
}

/** The strictest promise of an availability that a scenario expects; else 99.9 %. */
export function objectiveOf({ expect }: Pick<Scenario, 'expect'>): number {
  const promised = expect.filter(
    ({ figure, operator }) => figure === 'availability' && (operator === '>' || operator === '>='),
  )
  return promised.length > 0 ? Math.max(...promised.map(({ value }) => value)) : STANDARD_OBJECTIVE
}

/** A number in a report by its dotted path; `latency.p99` is short for `latencyMs.p99`. */
export function figureOf(report: object, path: string): number | null {
  let at: unknown = report
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null) return null
    const node = at as Record<string, unknown>
    at = Object.hasOwn(node, key) ? node[key] : Object.hasOwn(node, `${key}Ms`) ? node[`${key}Ms`] : undefined
  }
  return typeof at === 'number' && Number.isFinite(at) ? at : null
}

export function holds(
  measured: number,
  { operator, value }: Pick<Expectation, 'operator' | 'value'>,
): boolean {
  if (operator === '<') return measured < value
  if (operator === '<=') return measured <= value
  if (operator === '>') return measured > value
  if (operator === '>=') return measured >= value
  return measured === value
}
