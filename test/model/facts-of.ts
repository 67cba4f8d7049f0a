/** All facts of a run in words, for tests of what the model does. */

import { CODE, OBJECT, SUBJECT, VALUE } from '../../src/base/fact-rows.ts'
import type { Probe } from '../../src/engine/fact-log.ts'
import { ARRIVED, FACT_NAMES, type FactName, OUTCOME_NAMES, SETTLED } from '../../src/model/facts.ts'
import { advance, type RunOptions, startRun } from '../../src/run/run.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'

export interface Fact {
  readonly at: number
  readonly kind: FactName
  readonly subject: number
  readonly object: number
  readonly value: number
  readonly detail: number
}

export interface Collected extends Probe {
  readonly facts: Fact[]
}

/** A probe that keeps everything. */
export function collected(): Collected {
  const facts: Fact[] = []
  return {
    facts,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[8 * row + CODE]!
        facts.push({
          at: num[4 * row]!,
          kind: FACT_NAMES[code & 255]!,
          subject: num[4 * row + SUBJECT]!,
          object: int[8 * row + OBJECT]!,
          value: num[4 * row + VALUE]!,
          detail: code >> 8,
        })
      }
    },
  }
}

/** Runs a scenario to its end and gives all that happened. */
export function factsOf(scenario: Scenario, options: RunOptions = {}): readonly Fact[] {
  const all = collected()
  advance(startRun(scenario, { ...options, probes: [all] }), Infinity)
  return all.facts
}

export interface Ending {
  readonly request: number
  readonly at: number
  readonly outcome: (typeof OUTCOME_NAMES)[number]
  readonly latency: number
}

/** How each request ended, by serial number; undefined where it has not. */
export function endings(facts: readonly Fact[]): readonly (Ending | undefined)[] {
  const all: (Ending | undefined)[] = facts
    .filter(({ kind }) => kind === FACT_NAMES[ARRIVED])
    .map(() => undefined)
  for (const { kind, at, subject, value, detail } of facts) {
    if (kind !== FACT_NAMES[SETTLED]) continue
    all[subject] = { request: subject, at, outcome: OUTCOME_NAMES[detail]!, latency: value }
  }
  return all
}

/** The outcome of each request, by serial number. */
export function outcomes(facts: readonly Fact[]): readonly (string | undefined)[] {
  return endings(facts).map((ending) => ending?.outcome)
}

/** The facts of one kind, at one node if that is said. */
export function only(facts: readonly Fact[], kind: Fact['kind'], node?: number): readonly Fact[] {
  return facts.filter((fact) => fact.kind === kind && (node === undefined || fact.object === node))
}
