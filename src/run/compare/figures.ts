/** The figures of a report that variants are compared by: those that most people ask for, or any by name. */

import { nearest } from '../../base/nearest.ts'
import type { Report } from '../../measure/report.ts'
import { figuresOf } from '../../scenario/format/figures.ts'
import type { Problem } from '../../scenario/problem.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { figureOf } from '../expectations.ts'
import type { FigureOutline } from './result.ts'

export interface ComparedFigure extends FigureOutline {
  valueIn(report: Report): number | null
}

const USUAL = [
  'availability',
  'throughput',
  'goodput',
  'latency.mean',
  'latency.p50',
  'latency.p95',
  'latency.p99',
  'latency.p999',
  'waiting.mean',
  'requests.failed',
  'requests.rejected',
  'requests.timedOut',
  'imbalance',
  'utilisation',
]

/** Figures over all tiers, beside those that an expectation may name. */
const OVERALL: readonly ComparedFigure[] = [
  {
    name: 'imbalance',
    unit: 'count',
    better: 'lower',
    valueIn: ({ tiers }) => most(Object.values(tiers).map(({ imbalance }) => imbalance)),
  },
  {
    name: 'utilisation',
    unit: 'share',
    better: null,
    valueIn: ({ tiers }) =>
      most(
        Object.values(tiers).flatMap(({ replicas }) =>
          Object.values(replicas).map(({ utilisation }) => utilisation),
        ),
      ),
  },
]

/** @returns the usual figures: availability, rates, latencies, losses, the least even tier, the busiest replica */
export function usualFigures(scenarios: readonly Scenario[]): ComparedFigure[] {
  const known = knownFigures(scenarios)
  return USUAL.map((name) => known.get(name)!)
}

/**
 * Figures by name, in the given order; a name that is none is a problem.
 * @param flag as the user gave it, for problems
 */
export function figuresNamed(
  names: readonly string[],
  scenarios: readonly Scenario[],
  flag: string,
): { readonly figures: readonly ComparedFigure[]; readonly problems: readonly Problem[] } {
  const known = knownFigures(scenarios)
  const figures: ComparedFigure[] = []
  const problems: Problem[] = []
  for (const name of new Set(names)) {
    const figure = known.get(name)
    if (figure) figures.push(figure)
    else {
      const meant = nearest(name, known.keys())
      problems.push({
        file: flag,
        path: '',
        line: 0,
        column: 0,
        message: `"${name.slice(0, 60)}" is not a figure, such as availability, latency.p99 or imbalance.`,
        hint: meant === undefined ? '' : `Did you mean "${meant}"?`,
      })
    }
  }
  return { figures, problems }
}

function knownFigures(scenarios: readonly Scenario[]): Map<string, ComparedFigure> {
  const known = new Map(OVERALL.map((figure) => [figure.name, figure]))
  for (const { tiers, clients } of scenarios) {
    const outlines = tiers.map(({ id, replicas }) => ({ id, replicas: replicas.length }))
    for (const [name, { path, unit }] of figuresOf(
      outlines,
      clients.map(({ id }) => id),
    )) {
      known.set(name, {
        name,
        unit,
        better: betterOf(name),
        valueIn: (report) => figureOf(report, path),
      })
    }
  }
  return known
}

const LOWER =
  /latency|waiting|waited|failed|rejected|timedOut|unfinished|imbalance|\.cv$|moved|broken|wasted|queue|meanInSystem/i
const HIGHER = /availability|goodput|succeeded|\.jain$/i

function betterOf(name: string): FigureOutline['better'] {
  if (LOWER.test(name)) return 'lower'
  return HIGHER.test(name) ? 'higher' : null
}

function most(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((max, value) => Math.max(max, value))
}
