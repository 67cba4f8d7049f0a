/**
 * What a replica shows in words at an instant. A view that says the same as the one before is that very
 * object, so a card that compares by identity is drawn again only when something it says has changed.
 */

import { type Condition, conditionOf, conditionText } from './condition.ts'
import type { Facility } from './facilities.ts'
import type { HealthState } from './health-history.ts'
import { OUTCOMES } from './outcomes.ts'

export interface ReplicaView {
  readonly condition: Condition
  /** `up`, `5× slow`, `30 % errors`, … */
  readonly conditionText: string
  /** Balancers that believe it to be ready. */
  readonly ready: number
  readonly balancers: number
  /** -1 while the trace of this instant is not here. */
  readonly busy: number
  readonly queued: number
  /** Outcome of the last request that failed here, 0 when that is long ago. */
  readonly failure: number
  /** 0 fresh to 3 fading. */
  readonly failureAge: number
}

export type Belief = 'ready' | 'partly' | 'out'

export function beliefOf(view: ReplicaView): Belief {
  if (view.ready === view.balancers) return 'ready'
  return view.ready === 0 ? 'out' : 'partly'
}

/** The state of one replica, or `before` when that says the same. */
export function viewReplica(
  before: ReplicaView | undefined,
  { node, speed, balancers }: Facility,
  { health, rate, errors, out }: HealthState,
  busy: number,
  queued: number,
  failure: number,
  failureAge: number,
): ReplicaView {
  const condition = conditionOf(health[node]!, rate[node]!, speed, errors[node]!)
  const text = conditionText(condition, rate[node]!, speed, errors[node]!)
  const ready = Math.max(0, balancers - out[node]!)
  if (
    before !== undefined &&
    before.conditionText === text &&
    before.ready === ready &&
    before.busy === busy &&
    before.queued === queued &&
    before.failure === failure &&
    before.failureAge === failureAge
  ) {
    return before
  }
  return { condition, conditionText: text, ready, balancers, busy, queued, failure, failureAge }
}

/** `up, believed ready, 3 of 8 busy, 2 waiting` */
export function describeReplica(view: ReplicaView, facility: Facility): string {
  if (view.condition === 'absent' && view.busy <= 0) return 'absent: it is not started, or gone'
  const parts = [view.conditionText, beliefText(view)]
  if (view.busy >= 0) parts.push(busyText(view, facility), `${view.queued} waiting`)
  if (view.failure > 0) parts.push(`a request failed just now: ${OUTCOMES[view.failure]?.reason}`)
  return parts.join(', ')
}

export function beliefText(view: ReplicaView): string {
  const belief = beliefOf(view)
  if (belief === 'partly') return `believed ready by ${view.ready} of ${view.balancers}`
  return belief === 'ready' ? 'believed ready' : 'believed out'
}

export function busyText(view: ReplicaView, { concurrency, discipline }: Facility): string {
  if (discipline === 'ps' && view.busy > concurrency) return `${view.busy} share ${concurrency}`
  return `${view.busy} of ${concurrency} busy`
}
