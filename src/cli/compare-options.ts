/** What `evenkeel compare` was asked for, read and held against the scenario; or all that is wrong with it. */

import { InvalidArgumentError } from 'commander'
import { baselineNamed } from '../run/compare/baseline.ts'
import type { ComparedFigure } from '../run/compare/figures.ts'
import { figuresNamed, usualFigures } from '../run/compare/figures.ts'
import type { Problem } from '../scenario/problem.ts'
import { type Candidate, candidatesOf, varied } from '../scenario/vary.ts'
import { settingsOf } from './load.ts'
import { logProblems } from './logs.ts'
import type { Changes } from './options.ts'
import { readText } from './read-text.ts'

export interface CompareOptions extends Changes {
  readonly vary?: readonly string[]
  readonly baseline?: string
  readonly figures?: readonly string[]
}

/** All that is needed to begin. */
export interface Comparing {
  readonly candidates: readonly Candidate[]
  readonly figures: readonly ComparedFigure[]
  /** The place of the baseline among the candidates. */
  readonly baseline: number
}

/** Nothing may be run unless `problems` is empty. */
export function readComparing(
  file: string,
  options: CompareOptions,
): { readonly comparing?: Comparing; readonly problems: Problem[] } {
  const reading = readText(file)
  if ('problem' in reading) return { problems: [reading.problem] }
  const { text } = reading
  const set = settingsOf(options)
  const { vary = [] } = options
  const { candidates, problems } =
    vary.length > 0 ? varied(text, file, set, vary) : candidatesOf(text, file, set)
  if (problems.length > 0) return { problems: [...problems] }
  const scenarios = candidates.map(({ scenario }) => scenario)
  const logs = scenarios.flatMap((scenario) => logProblems(scenario, file, text))
  const found = new Map(logs.map((problem) => [JSON.stringify(problem), problem]))
  const names = candidates.map(({ name }) => name)
  const baseline = baselineNamed(options.baseline, names)
  const chosen = options.figures
    ? figuresNamed(options.figures, scenarios, `--figures ${options.figures.join(',')}`)
    : { figures: usualFigures(scenarios), problems: [] }
  const wrong = [...found.values(), ...baseline.problems, ...chosen.problems]
  if (wrong.length > 0) return { problems: wrong }
  return { comparing: { candidates, figures: chosen.figures, baseline: baseline.place }, problems: [] }
}

/** For commander: names between commas. */
export function figureNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (!names.includes('')) return names
  throw new InvalidArgumentError('It must be names of figures, as in latency.p99,availability.')
}

/** For commander: a share such as 0.95 or 95%. */
export function confidenceLevel(text: string): number {
  const percent = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text)?.[1]
  const share = percent === undefined ? Number(text) : Number(percent) / 100
  if (text.trim() !== '' && share >= 0.5 && share <= 0.9999) return share
  throw new InvalidArgumentError('It must be from 50% to 99.99%, as in 95% or 0.95.')
}

/** For commander: `path=a,b,c`, repeatable. */
export function varyText(text: string, before: readonly string[] = []): string[] {
  if (!/^[^=]+=/.test(text)) {
    throw new InvalidArgumentError('It must be path=a,b,c, as in tiers.web.replicas=3,4,5.')
  }
  return [...before, text]
}
