/** Timed entries of the scenario among the marks of the timeline: those can be taken hold of. */

import type { TimedEntry } from '../../scenario/edit/entries.ts'
import { type Mark, wordsOf } from './marks.ts'

/** An entry's beginning, or its end where it says how long it lasts. */
export interface EntryMark {
  readonly entry: TimedEntry
  readonly part: 'start' | 'end'
}

/**
 * Beginnings and ends of entries in the place of what the run's scenario says: at those instants, or anywhere
 * (`isAll`), as a run that is still on show may be of the text before.
 */
export function withEntries(
  marks: readonly Mark[],
  entries: readonly TimedEntry[],
  duration: number,
  isAll = false,
): readonly Mark[] {
  const own = entries.flatMap(marksOf).filter(({ at }) => at <= duration)
  const taken = new Set(own.map(({ at }) => at))
  const others = marks.filter(({ at, isPlanned }) => !isPlanned || !(isAll || taken.has(at)))
  return [...others, ...own].sort((a, b) => a.at - b.at)
}

function marksOf(entry: TimedEntry): Mark[] {
  const { at, lasts, what, target } = entry
  const { kind, begins, ends } = wordsOf(what, entry.said)
  const name = subject(entry)
  const start: Mark = { at, kind, title: `${name} ${begins}`, isPlanned: true, of: { entry, part: 'start' } }
  if (lasts === undefined) return [start]
  const end: Mark = {
    at: at + lasts,
    kind: 'recover',
    title: `${what === 'outage' ? `Zone ${target}` : name} ${ends}`,
    isPlanned: true,
    of: { entry, part: 'end' },
  }
  return [start, end]
}

function subject({ what, target }: TimedEntry): string {
  if (what === 'outage') return `Zone ${target}`
  if (/^balancer\//.test(target)) return `Balancer ${target.slice('balancer/'.length)}`
  if (target === 'balancer') return 'The balancer'
  return target.includes('/') || what === 'spike' ? target : `All of ${target}`
}
