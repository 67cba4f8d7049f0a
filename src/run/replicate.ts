/**
 * Independent replications: the same scenario under seeds of their own, and for each figure of the report
 * Student's interval over them (Law, Simulation Modeling and Analysis, chapter 9).
 *
 * Replication i of a scenario with the seed 7 has the seed "7/r1", "7/r2", …: so each can be run alone, and
 * variants of a scenario face the same requests in the same replication.
 */

import { intervalFrom } from '../measure/interval.ts'
import { addValue, emptyMoments, type Moments } from '../measure/moments.ts'
import type { ExpectationResult, Report } from '../measure/report.ts'
import type { Expectation, Scenario } from '../scenario/scenario.ts'
import { judge } from './expectations.ts'

/** mean ± halfWidth holds the true mean with the stated confidence. */
export interface Figure {
  readonly mean: number
  /** Null for a single value, which says nothing of its spread. */
  readonly halfWidth: number | null
  /** Replications that had this figure. */
  readonly count: number
}

/** As in the report, with a `Figure` for each number; null where no replication had one. */
export interface Figures {
  readonly [name: string]: Figure | Figures | null
}

const SECTIONS = [
  'simulated',
  'requests',
  'tries',
  'latencyMs',
  'waitingMs',
  'fractionThatWaited',
  'availability',
  'errorBudget',
  'throughputPerSecond',
  'goodputPerSecond',
  'hitRate',
  'clientCache',
  'meanInSystem',
  'clients',
  'attack',
  'tiers',
] as const satisfies readonly (keyof Report)[]

export type ReplicationsReport = {
  readonly format: 'evenkeel-replications/1'
  readonly scenario: string
  /** That of the scenario; those of the replications are `seeds`. */
  readonly seed: number | string
  readonly version: string
  /** True when fewer were run than wanted. */
  readonly partial: boolean
  readonly replications: number
  readonly seeds: readonly (number | string)[]
  readonly confidence: number
  readonly wall: { readonly seconds: number }
  /** Held against the means. */
  readonly expectations: readonly ExpectationResult[]
} & { readonly [section in (typeof SECTIONS)[number]]: Figure | Figures | null }

/** The scenario of one replication, counted from 1. */
export function replication(scenario: Scenario, number: number): Scenario {
  return { ...scenario, seed: `${scenario.seed}/r${number}` }
}

/** What the replications so far have shown; holds no reports. */
export interface Replications {
  readonly count: number
  add(report: Report): void
  report(partial: boolean): ReplicationsReport
}

export function replications({ seed, expect }: Scenario, confidence = 0.95): Replications {
  const seen: Seen = new Map()
  const seeds: (number | string)[] = []
  let last: Report | undefined
  let seconds = 0
  return {
    get count() {
      return seeds.length
    },
    add(report) {
      for (const section of SECTIONS) addAll(seen, section, report[section])
      seeds.push(report.seed)
      seconds += report.wall.seconds
      last = report
    },
    report(partial) {
      addMissingOutcomes(seen, seeds.length)
      const figures = Object.fromEntries(
        SECTIONS.map((section) => [section, figuresOf(seen.get(section), confidence)]),
      ) as Pick<ReplicationsReport, (typeof SECTIONS)[number]>
      return {
        format: 'evenkeel-replications/1',
        scenario: last?.scenario ?? '',
        seed,
        version: last?.version ?? '',
        partial,
        replications: seeds.length,
        seeds: [...seeds],
        confidence,
        ...figures,
        wall: { seconds },
        expectations: judgeMeans(expect, figures),
      }
    },
  }
}

/** The figures seen so far, in the shape of the report. */
type Seen = Map<string, Seen | Moments>

function addAll(into: Seen, name: string, value: unknown): void {
  if (typeof value === 'number') {
    const moments = into.get(name) ?? emptyMoments()
    if (!(moments instanceof Map)) addValue(moments, value)
    into.set(name, moments)
  } else if (typeof value === 'object' && value !== null) {
    const inner = into.get(name) ?? new Map()
    if (inner instanceof Map) for (const [key, part] of Object.entries(value)) addAll(inner, key, part)
    into.set(name, inner)
  }
}

/** An outcome that a replication does not list happened in it no times. */
function addMissingOutcomes(seen: Seen, count: number): void {
  const requests = seen.get('requests')
  const outcomes = requests instanceof Map ? requests.get('byOutcome') : undefined
  if (!(outcomes instanceof Map)) return
  for (const moments of outcomes.values()) {
    if (!(moments instanceof Map)) while (moments.count < count) addValue(moments, 0)
  }
}

function figuresOf(seen: Seen | Moments | undefined, confidence: number): Figure | Figures | null {
  if (seen === undefined) return null
  if (seen instanceof Map) {
    return Object.fromEntries([...seen].map(([name, inner]) => [name, figuresOf(inner, confidence)]))
  }
  const { mean, halfWidth, count } = intervalFrom(seen, confidence)
  return { mean, halfWidth: Number.isFinite(halfWidth) ? halfWidth : null, count }
}

function judgeMeans(expect: readonly Expectation[], figures: Figures): ExpectationResult[] {
  return judge(expect, meansOf(figures) as Report)
}

function meansOf(figures: Figure | Figures | null): unknown {
  if (figures === null) return null
  if (isFigure(figures)) return figures.mean
  return Object.fromEntries(Object.entries(figures).map(([name, inner]) => [name, meansOf(inner)]))
}

export function isFigure(value: Figure | Figures): value is Figure {
  return typeof value.count === 'number'
}
