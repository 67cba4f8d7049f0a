/**
 * Evenkeel as a library: `import { load, simulate, compare } from 'evenkeel'`. The same engine as on the screen and
 * on the command line, which gives the same reports to the bit. Needs neither Node nor a browser: files are read by
 * whoever calls.
 */

import type { Report } from '../measure/report.ts'
import { strategies as known } from '../policies/balancing/index.ts'
import type { Strategy } from '../policies/balancing/strategy.ts'
import { describe, type Problem } from '../scenario/problem.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type Candidate, candidatesOf } from '../scenario/vary.ts'
import { baselineNamed } from './compare/baseline.ts'
import { birthsProbe } from './compare/births.ts'
import { comparison } from './compare/compare.ts'
import { figuresNamed, usualFigures } from './compare/figures.ts'
import type { Comparison } from './compare/result.ts'
import { logShelf } from './log-shelf.ts'
import { replication } from './replicate.ts'
import { simulate as run } from './simulate.ts'

export type { Report } from '../measure/report.ts'
export type { Asked, Pool, Strategy } from '../policies/balancing/strategy.ts'
export type { Problem } from '../scenario/problem.ts'
export type { Scenario } from '../scenario/scenario.ts'
export type { Candidate, Comparison }

/** A scenario that was read: plain data, with the file as written and its variants as `compare` runs them. */
export interface Loaded extends Scenario {
  readonly candidates: readonly Candidate[]
}

export interface LoadOptions {
  /** Its name, for problems, and as a title where the scenario has none; "scenario" when left out. */
  readonly file?: string
  /** Changes, as after `--set`: `tiers.web.replicas=6`. */
  readonly set?: readonly string[]
  /** Balancing strategies of your own, which the scenario may name. */
  readonly strategies?: readonly Strategy[]
}

/** What is thrown when a text is no scenario; the message tells all problems, a line each. */
export interface ScenarioError extends Error {
  readonly problems: readonly Problem[]
}

/**
 * Reads the text of a scenario file (YAML or JSON).
 * @throws ScenarioError with all that is wrong with it, or with one of its variants
 */
export function load(
  text: string,
  { file = 'scenario', set = [], strategies = [] }: LoadOptions = {},
): Loaded {
  for (const one of strategies) known.add(one)
  const { candidates, problems } = candidatesOf(text, file, set)
  if (problems.length > 0) throw wrong(problems)
  const written = candidates.find(({ set: changes }) => Object.keys(changes).length === 0) ?? candidates[0]!
  return { ...written.scenario, candidates }
}

interface Told {
  /** Access logs that the scenario replays, by the name of their file. */
  readonly logs?: Readonly<Record<string, Uint8Array>>
  /** Asked every few milliseconds; true ends the work early, and what it gives is marked partial. */
  stopped?(): boolean
}

export interface SimulateOptions extends Told {
  /** Balancing strategies of your own, which tiers may have by name. */
  readonly strategies?: readonly Strategy[]
  /** No more requests than this are born. */
  readonly requests?: number
  /** Called every few milliseconds with the share that is done, 0 to 1. */
  onProgress?(share: number): void
}

/**
 * Runs a scenario to its end; the same scenario and seed give the same report, but for `wall`.
 * @throws Error when two strategies share a name, or a log that is replayed was not handed over
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Report {
  const { logs, strategies = [], ...how } = options
  for (const one of strategies) known.add(one)
  return run(scenario, { ...how, logs: shelved(logs).sourcesFor(scenario) })
}

export interface CompareOptions extends Told {
  /** How often each is run, under seeds of its own; once with the scenario's seed when left out. */
  readonly replications?: number
  /** The variant that the others are held against; the first when left out. */
  readonly baseline?: string
  /** What to compare, such as `latency.p99`; the usual figures when left out. */
  readonly figures?: readonly string[]
  /** From 0.5 to below 1; 0.95 when left out. */
  readonly confidence?: number
}

/**
 * Runs a scenario and its variants on the same requests, and says by how much they differ.
 * @throws ScenarioError when the baseline or a figure is not there
 */
export function compare({ candidates }: Loaded, options: CompareOptions = {}): Comparison {
  const { replications, baseline, figures, confidence = 0.95, logs, stopped } = options
  const scenarios = candidates.map(({ scenario }) => scenario)
  const first = baselineNamed(
    baseline,
    candidates.map(({ name }) => name),
  )
  const chosen = figures
    ? figuresNamed(figures, scenarios, 'figures')
    : { figures: usualFigures(scenarios), problems: [] }
  const problems = [...first.problems, ...chosen.problems]
  if (problems.length > 0) throw wrong(problems)
  const seen = comparison(candidates, { figures: chosen.figures, baseline: first.place, confidence })
  const shelf = shelved(logs)
  let isCut = false
  for (let number = 1; number <= (replications ?? 1) && !isCut; number++) {
    const outcomes = scenarios.map((written) => {
      const scenario = replications === undefined ? written : replication(written, number)
      const births = birthsProbe()
      const report = run(scenario, {
        logs: shelf.sourcesFor(scenario),
        probes: [births],
        ...(stopped ? { stopped } : {}),
      })
      isCut ||= report.partial
      return { report, births: births.births() }
    })
    // Of the first replication also what was cut short: it is all there is.
    if (!isCut || number === 1) seen.add(outcomes)
  }
  return seen.result(isCut)
}

function shelved(logs: Told['logs'] = {}) {
  const shelf = logShelf()
  for (const [file, bytes] of Object.entries(logs)) shelf.add(file, bytes)
  return shelf
}

function wrong(problems: readonly Problem[]): ScenarioError {
  return Object.assign(new Error(problems.map(describe).join('\n')), { problems })
}
