/** What a cell of a heat grid says: an honest sum over the replicas that it stands for. */

import { CONDITIONS, type Condition, isWell } from './condition.ts'
import type { Facility } from './facilities.ts'
import { describeReplica, type ReplicaView, shownStanding } from './replica-view.ts'
import { STANDINGS, type Standing } from './standing.ts'

export interface GroupView {
  readonly name: string
  readonly description: string
  /** The worst among them. */
  readonly condition: Condition
  /** How many are neither up nor absent. */
  readonly ailing: number
  readonly belief: 'ready' | 'partly' | 'out'
  /** What is held against the only replica, or most of several. */
  readonly standing: Standing | undefined
}

/** The view of one cell; `before` when nothing it says has changed. */
export function viewGroup(
  before: GroupView | undefined,
  facilities: readonly Facility[],
  views: readonly ReplicaView[],
): GroupView {
  const first = facilities[0]!
  const last = facilities.at(-1)!
  const isOne = facilities.length === 1
  const name = isOne ? first.name : `${first.name} to ${last.name}`
  const counts = CONDITIONS.map((condition) => views.filter((view) => view.condition === condition).length)
  const worst = CONDITIONS[counts.findIndex((count) => count > 0)] ?? 'up'
  const all = views.filter((view) => view.ready === view.balancers).length
  const none = views.filter((view) => view.ready === 0).length
  const belief = all === views.length ? 'ready' : none === views.length ? 'out' : 'partly'
  const description = isOne ? describeReplica(views[0]!, first) : describe(counts, all, views)
  if (before?.name === name && before.description === description) return before
  return {
    name,
    description,
    condition: worst,
    ailing: views.filter((view) => !isWell(view.condition)).length,
    belief,
    standing: mostHeld(views),
  }
}

/** The worst that is held against at least half of those that exist. */
function mostHeld(views: readonly ReplicaView[]): Standing | undefined {
  const held = views.flatMap((view) => shownStanding(view) ?? [])
  return held.length > 0 && held.length * 2 >= views.length
    ? STANDINGS.find((standing) => held.includes(standing))
    : undefined
}

/** `16 up, 1 crashed; 16 of 17 believed ready; on average 3.1 of 8 busy, 0.4 waiting` */
function describe(counts: readonly number[], ready: number, views: readonly ReplicaView[]): string {
  const said = CONDITIONS.map((condition, index) => ({ condition, count: counts[index]! }))
    .filter(({ count }) => count > 0)
    .reverse()
    .map(({ condition, count }) => `${count} ${condition}`)
  const parts = [said.join(', '), `${ready} of ${views.length} believed ready`]
  if (views.every((view) => view.busy >= 0)) {
    const mean = (read: (view: ReplicaView) => number) =>
      (views.reduce((sum, view) => sum + read(view), 0) / views.length).toFixed(1)
    const busy = `${mean((view) => view.busy)} of ${mean((view) => view.slots).replace(/\.0$/, '')} busy`
    parts.push(`on average ${busy}, ${mean((view) => view.queued)} waiting`)
  }
  const caches = views.filter((view) => view.filled >= 0)
  if (caches.length > 0) {
    const full = caches.reduce((sum, view) => sum + view.filled, 0) / caches.length
    parts.push(`caches ${full.toFixed(0)} % full`)
  }
  const failures = views.reduce((sum, view) => sum + (view.failure > 0 ? view.failures : 0), 0)
  if (failures > 0) parts.push(`${failures} failed just now`)
  return parts.join('; ')
}
