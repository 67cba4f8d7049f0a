/**
 * What befell replicas, when balancers noticed and stopped using them, when they were well again and used
 * again, and how many requests it cost in the meantime.
 */

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
  const told = namedByNode(changes, replicas.length, speeds)
  const places = new Int32Array(replicas.length)
  return changes.flatMap((change) => {
    const own = told[change.node]!
    const i = places[change.node]!++
    if (change.kind !== 'truth' || (change.at === 0 && change.value === HEALTH_ABSENT)) return []
    const { name: what } = own[i]!
    const of = noticing(own, i)
    return [
      {
        at: change.at / 1e9,
        what,
        where: replicas[change.node]!,
        ...(of.first ? { detected: of.first.at / 1e9 } : {}),
        ...(of.last && of.last.at > of.first!.at ? { everywhere: of.last.at / 1e9 } : {}),
        ...(FAILURES.includes(what) ? recoveryOf(own, i, of.end) : {}),
        ...(what === 'recover' || what === 'ready' ? {} : lostIn(change, of, failed[change.node])),
      },
    ]
  })
}

/** What a replica can be well again from. */
const FAILURES = ['crash', 'hang', 'slow', 'errors']

/** A change, and what it is called; '' where only a belief changed. */
interface Named {
  readonly change: Change
  readonly name: string
}

interface Noticing {
  /** The first belief that agrees with the new truth, the last of other balancers, and the truth that ends it. */
  readonly first: Change | undefined
  readonly last: Change | undefined
  readonly end: Change | undefined
}

/** Who noticed a change of the truth, before the truth changed again. @param own changes of one replica */
function noticing(own: readonly Named[], from: number): Noticing {
  const { change, name } = own[from]!
  const isPartial = name === 'slow' || name === 'errors'
  const isWell = change.value === HEALTH_UP && !isPartial
  const told = new Set<number>()
  let first: Change | undefined
  let last: Change | undefined
  for (let i = from + 1; i < own.length; i++) {
    const later = own[i]!.change
    if (later.kind === 'truth') {
      const isOver = isPartial
        ? own[i]!.name !== 'slow' && own[i]!.name !== 'errors'
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

/** When it was well again, and when all balancers that had stopped using it used it again. */
function recoveryOf(
  own: readonly Named[],
  from: number,
  end: Change | undefined,
): Pick<TimelineEntry, 'recovered' | 'returned'> {
  const isOut = new Set<number>()
  let wasOut = false
  let recovered: number | undefined
  let returned: number | undefined
  for (let i = from + 1; i < own.length && returned === undefined; i++) {
    const { at, kind, value, balancer, errors } = own[i]!.change
    if (kind === 'belief') {
      if (value === 1) isOut.delete(balancer)
      else isOut.add(balancer)
      if (value === 0) wasOut = true
    } else if (recovered === undefined && end !== undefined && at >= end.at) {
      // One that comes up and fails everything still starts.
      if (value === HEALTH_UP && errors < 1) recovered = at
    } else if (recovered !== undefined && value !== HEALTH_UP) break
    if (recovered !== undefined && wasOut && isOut.size === 0) returned = at
  }
  return {
    ...(recovered === undefined ? {} : { recovered: recovered / 1e9 }),
    ...(returned === undefined ? {} : { returned: returned / 1e9 }),
  }
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

/** `starts`: it is up, but fails everything, since it came up. `runs`: the same after it was decided to start it. */
type Condition = Pick<Change, 'value' | 'rate' | 'errors'> & { readonly starts?: boolean }

/** By node: its changes, each with what happened. */
function namedByNode(changes: readonly Change[], nodes: number, speeds: ArrayLike<number>): Named[][] {
  const all = Array.from({ length: nodes }, (): Named[] => [])
  const before: Condition[] = Array.from(speeds, (rate) => ({ value: HEALTH_UP, rate, errors: 0 }))
  for (const change of changes) {
    const { node } = change
    const isTruth = change.kind === 'truth'
    const name = isTruth ? nameOf(change, before[node]!, speeds[node]!) : ''
    if (isTruth) before[node] = { ...change, starts: name === 'starts' || name === 'runs' }
    all[node]!.push({ change, name })
  }
  return all
}

function nameOf({ value, rate, errors }: Condition, before: Condition, speed: number): string {
  if (value === HEALTH_ABSENT) return 'gone'
  if (value === HEALTH_STARTING) return 'starts'
  if (value === HEALTH_STOPPING) return 'stops'
  if (value === HEALTH_UP && errors >= 1 && before.value === HEALTH_STARTING) return 'runs'
  if (value === HEALTH_UP && errors >= 1 && (before.starts || before.value !== HEALTH_UP)) return 'starts'
  if (value === HEALTH_UP && isComing(before)) return 'ready'
  if (errors !== before.errors && errors > 0) return 'errors'
  if (value === HEALTH_CRASHED) return 'crash'
  if (value === HEALTH_HUNG) return 'hang'
  return rate === speed && errors === 0 ? 'recover' : 'slow'
}

function isComing({ value, starts = false }: Condition): boolean {
  return starts || value === HEALTH_STARTING || value === HEALTH_ABSENT
}
