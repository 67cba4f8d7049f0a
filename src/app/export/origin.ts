/** Where a chart comes from, in words that go with every file: scenario, seed, version, fingerprint, what is in sight. */

import type { Plate, Source } from '../charts/frame/chart-data.ts'
import { clock, span as lengthOf, seedText } from '../format.ts'

/** Pairs of a name and its text, in the order in which they are written. */
export type Origin = readonly (readonly [name: string, text: string])[]

/** @param span what is in sight of the time, ns; absent where it is all */
export function originOf(
  { title, savedAs = title, sources }: Pick<Plate, 'title' | 'savedAs' | 'sources'>,
  span?: Plate['across']['span'],
): Origin {
  return [
    ['Chart', savedAs],
    ...sources.flatMap((source) => originOfRun(source)),
    ...(span ? [['Shown', `${clock(span.from)} to ${clock(span.to)}`] as const] : []),
    ['Note', 'Simulated, not measured'],
  ]
}

function originOfRun({ name, run: { scenario, report, duration } }: Source): Origin {
  const of = name === undefined ? '' : `, ${name}`
  return [
    [`Scenario${of}`, scenario.name],
    [`Seed${of}`, seedText(scenario.seed)],
    [`Simulated time${of}`, lengthOf(duration)],
    [`Version${of}`, report?.version ?? __EVENKEEL_VERSION__],
    [`Fingerprint${of}`, report?.fingerprint ?? 'none yet: the run was not complete'],
  ]
}

/** One line for each run, to stand below a picture. */
export function captionOf({ sources }: Pick<Plate, 'sources'>): readonly string[] {
  return sources.map(({ name, run: { scenario, report } }) =>
    [
      name === undefined ? scenario.name : `${scenario.name}, ${name}`,
      `seed ${seedText(scenario.seed)}`,
      `Evenkeel ${report?.version ?? __EVENKEEL_VERSION__}`,
      report ? `fingerprint ${report.fingerprint}` : 'run not complete',
    ].join(' · '),
  )
}

/** `two-choices_latency_seed-1.svg`; letters and digits of any script, nothing that a file system minds. */
export function fileName(
  { title, savedAs = title, sources }: Pick<Plate, 'title' | 'savedAs' | 'sources'>,
  ending: string,
): string {
  const [first] = sources
  const seed = first ? `seed-${first.run.scenario.seed}` : ''
  const lanes = sources.length > 1 ? `${sources.length}-lanes` : (first?.name ?? '')
  const parts = [first?.run.scenario.name ?? '', savedAs, lanes, seed].map(plainName).filter(Boolean)
  return `${parts.join('_')}.${ending}`
}

function plainName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}
