/** The timed entries of a scenario's text, faults and rollouts, as they stand there: found, added, changed, taken out. */

import type { Duration, Instant } from '../../base/time.ts'
import { HAPPENINGS } from '../format/fault-parts.ts'
import { plain } from '../source/tree.ts'
import { duration } from '../units/index.ts'
import { cutItem } from './cut.ts'
import { revise, treeIn } from './revise.ts'
import { isSame } from './same.ts'

/** The lists in which they stand. */
export type Section = 'faults' | 'rollouts'

export interface TimedEntry {
  readonly section: Section
  /** Its place in the list, from 0. */
  readonly index: number
  readonly at: Instant
  /** How long it lasts, where it says so. */
  readonly lasts: Duration | undefined
  /** `crash`, `scale`, `deploy`, … */
  readonly what: string
  /** `web/2`, `web`, `balancer/1`, a population, a zone. */
  readonly target: string
  /** All that it says, as in the file. */
  readonly said: Readonly<Record<string, unknown>>
}

const KINDS: Readonly<Record<Section, readonly string[]>> = { faults: HAPPENINGS, rollouts: ['deploy'] }

/** In the order of the file, faults first; those that cannot be understood are left out. */
export function entriesOf(text: string): readonly TimedEntry[] {
  return (['faults', 'rollouts'] as const).flatMap((section) =>
    listIn(text, section).flatMap((said, index): TimedEntry[] => {
      if (!isMap(said)) return []
      const what = KINDS[section].find((kind) => typeof said[kind] === 'string')
      const at = lengthOf(said.at)
      if (what === undefined || at === undefined) return []
      const lasts = lengthOf(what === 'restart' ? (said.takes ?? '10s') : said.for)
      return [{ section, index, at, lasts, what, target: String(said[what]), said }]
    }),
  )
}

/**
 * The text with one more entry, among those that are in order of time. A text that cannot be read as YAML
 * stays as it is, here and below.
 * @param said as a file would say it: `{ at: '30s', crash: 'web/2' }`
 */
export function addEntry(text: string, section: Section, said: Readonly<Record<string, unknown>>): string {
  const tree = treeIn(text)
  if (!tree) return text
  const all = plain(tree) as Record<string, unknown>
  const before = Array.isArray(all[section]) ? (all[section] as unknown[]) : []
  const at = lengthOf(said.at) ?? 0
  // One that cannot be read counts as early, so that it keeps its place.
  const later = before.findLastIndex((entry) => (isMap(entry) ? (lengthOf(entry.at) ?? 0) : 0) <= at) + 1
  return revise(text, tree, { ...all, [section]: before.toSpliced(later, 0, { ...said }) })
}

/**
 * The text in which the n-th entry says something else; what is undefined in `settings` it says no more. It
 * stays at its place in the list, with its comments: the reader sorts by instant anyway.
 */
export function changeEntry(
  text: string,
  section: Section,
  index: number,
  settings: Readonly<Record<string, unknown>>,
): string {
  const tree = treeIn(text)
  const list = listIn(text, section)
  const old = list[index]
  if (!tree || !isMap(old)) return text
  const said = Object.fromEntries(
    Object.entries({ ...old, ...settings }).filter(([, value]) => value !== undefined),
  )
  const all = plain(tree) as Record<string, unknown>
  return revise(text, tree, { ...all, [section]: list.with(index, said) })
}

/** The text without the n-th entry; comments on lines of their own stay. The list goes with its last entry. */
export function removeEntry(text: string, section: Section, index: number): string {
  const tree = treeIn(text)
  const list = listIn(text, section)
  if (!tree || index < 0 || index >= list.length) return text
  const { [section]: _, ...others } = plain(tree) as Record<string, unknown>
  const left = list.toSpliced(index, 1)
  const cut = cutItem(text, section, index)
  if (cut !== undefined && says(cut, others, section, left)) return cut
  return revise(text, tree, left.length > 0 ? { ...others, [section]: left } : others)
}

/** An instant or a length as a file would have it; undefined when it is none. */
function lengthOf(said: unknown): number | undefined {
  return typeof said === 'string' ? duration.parse(said) : undefined
}

function listIn(text: string, section: Section): readonly unknown[] {
  const tree = treeIn(text)
  const said = tree && (plain(tree) as Record<string, unknown>)[section]
  return Array.isArray(said) ? said : []
}

function says(
  text: string,
  others: Readonly<Record<string, unknown>>,
  section: Section,
  list: readonly unknown[],
): boolean {
  const tree = treeIn(text)
  if (!tree) return false
  const { [section]: found, ...rest } = plain(tree) as Record<string, unknown>
  return isSame(rest, others) && isSame(found ?? [], list)
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
