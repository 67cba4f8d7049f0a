/** A scenario file as a screen takes it: text that people are still at work on. Plain data. */

import { strategies } from '../policies/balancing/index.ts'
import { profiles } from './format/profiles.ts'
import { parse } from './parse.ts'
import type { Problem } from './problem.ts'
import type { Scenario } from './scenario.ts'

export interface Reading {
  /** What can be run; undefined when the file itself is wrong. */
  readonly scenario: Scenario | undefined
  readonly problems: readonly Problem[]
}

/** What is needed before a screen can read files itself. */
export interface FirstReading extends Reading {
  /** Those there are to choose from. */
  readonly strategies: readonly Ability[]
  /** What tiers can follow; the summary says what each was checked against. */
  readonly profiles: readonly Ability[]
}

/** A policy by its public name, with words for people. */
export interface Ability {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** Of strategies: present when it goes by key. */
  readonly isKeyed?: true
}

/** Where only variants are wrong the scenario itself is right, and runs. `file` as for `parse`. */
export function readDraft(text: string, file: string): Reading {
  const { scenario, problems } = parse(text, file)
  return { scenario: scenario ?? parse(text, file, { alone: true }).scenario, problems }
}

export function firstReading(text: string, file: string): FirstReading {
  return {
    ...readDraft(text, file),
    strategies: strategies.all.map(({ name, title, summary, isKeyed }) => ({
      id: name,
      title,
      summary,
      ...(isKeyed && { isKeyed }),
    })),
    profiles: Object.entries(profiles).map(([id, { title, checked }]) => ({ id, title, summary: checked })),
  }
}
