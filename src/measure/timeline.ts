/** What befell replicas, when balancers noticed, and how many requests it cost in the meantime. */

import {
  HEALTH_ABSENT,
  HEALTH_CRASHED,
  HEALTH_HUNG,
  HEALTH_STARTING,
  HEALTH_STOPPING,
  HEALTH_UP,
} from '../model/facts.ts'
import type { Layout } from './layout.ts'
import type { Lost, TimelineEntry } from './report.ts'
import type { Change } from './series.ts'

/** @param failed by node: requests that have failed there up to the end */
export function timeline(
  changes: readonly Change[],
  { replicas, speeds }: Pick<Layout, 'replicas' | 'speeds'>,
  failed: ArrayLike<number> = [],
): TimelineEntry[] {
  const names = namesOf(changes, speeds)
  return changes.flatMap((change, i) => {
    if (change.kind !== 'truth' || (change.at === 0 && change.value === HEALTH_ABSENT)) return []
    const what = names[i]!
    const of = noticing(changes, names, i)
    return [
      {
        at: change.at / 1e9,
        what,
        where: replicas[change.node]!,
        ...(of.first ? { detected: of.first.at / 1e9 } : {}),
        ...(of.last && of.last.at > of.first!.at ? { everywhere: of.last.at / 1e9 } : {}),
        ...(what === 'recover' || what === 'ready' ? {} : lostIn(change, of, failed[change.node])),
      },
    ]
  })
}

interface Noticing {
  /** The first belief that agrees with the new truth, the last of other balancers, and the truth that ends it. */
  readonly first: Change | undefined
  readonly last: Change | undefined
  readonly end: Change | undefined
}

/** Who noticed a change of the truth, before the truth changed again. */
function noticing(changes: readonly Change[], names: readonly string[], from: number): Noticing {
  const { node, value } = changes[from]!
  const isPartial = names[from] === 'slow' || names[from] === 'errors'
  const isWell = value === HEALTH_UP && !isPartial
  const told = new Set<number>()
  let first: Change | undefined
  let last: Change | undefined
  for (let i = from + 1; i < changes.length; i++) {
    const later = changes[i]!
    if (later.node !== node) continue
    if (later.kind === 'truth') {
      const isOver = isPartial
        ? names[i] !== 'slow' && names[i] !== 'errors'
        : (later.value === HEALTH_UP) !== isWell
      if (isOver) return { first, last, end: later }
    } else if ((later.value === 1) === isWell && !told.has(later.balancer)) {
      told.add(later.balancer)
      first ??= later
      last = later
    }
  }
  return { first, last, end: undefined }
}

/** Requests that failed at the replica before anyone noticed, until all had who did, and after that. */
function lostIn(
  { failed: before }: Change,
  { first, last, end }: Noticing,
  now: number | undefined,
): { readonly lost?: Lost } {
  const until = end?.failed ?? now
  if (before === undefined || until === undefined || until === before) return {}
  const unnoticed = (first?.failed ?? until) - before
  const noticing = (last?.failed ?? until) - before - unnoticed
  return { lost: { unnoticed, noticing, noticed: until - before - unnoticed - noticing } }
}

type Condition = Pick<Change, 'value' | 'rate' | 'errors'>

/** By change: what happened; '' where only a belief changed. */
function namesOf(changes: readonly Change[], speeds: ArrayLike<number>): string[] {
  const before: Condition[] = Array.from(speeds, (rate) => ({ value: HEALTH_UP, rate, errors: 0 }))
  return changes.map((change) => {
    if (change.kind !== 'truth') return ''
    const name = nameOf(change, before[change.node]!, speeds[change.node]!)
    before[change.node] = change
    return name
  })
}

function nameOf({ value, rate, errors }: Condition, before: Condition, speed: number): string {
  if (value === HEALTH_ABSENT) return 'gone'
  if (value === HEALTH_STARTING) return 'starts'
  if (value === HEALTH_STOPPING) return 'stops'
  if (value === HEALTH_UP && isComing(before)) return 'ready'
  if (errors !== before.errors && errors > 0) return 'errors'
  if (value === HEALTH_CRASHED) return 'crash'
  if (value === HEALTH_HUNG) return 'hang'
  return rate === speed && errors === 0 ? 'recover' : 'slow'
}

function isComing({ value }: Condition): boolean {
  return value === HEALTH_STARTING || value === HEALTH_ABSENT
}
