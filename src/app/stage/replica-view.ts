/**
 * What a replica shows in words at an instant. A view that says the same as the one before is that very
 * object, so a card that compares by identity is drawn again only when something it says has changed.
 */

import { grouped } from '../format.ts'
import { type Condition, conditionOf, conditionText } from './condition.ts'
import type { Facility } from './facilities.ts'
import { reasonText } from './failures.ts'
import type { HealthState } from './health-history.ts'
import { type Standing, standingOf } from './standing.ts'

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
  readonly slots: number
  /** Why some balancer leaves it out or gives it less: bits as in the protocol's levels. */
  readonly standing: number
  /** Outcome of the last request that failed here, 0 when that is long ago; how many did lately. */
  readonly failure: number
  readonly failures: number
  /** 0 fresh to 3 fading. */
  readonly failureAge: number
  /** Of its cache: percentage that is taken, percentage of look-ups served, look-ups a second; -1: it has none, or nobody knows. */
  readonly filled: number
  readonly hits: number
  readonly asked: number
}

/** What else is known of a replica at an instant. */
export type Doing = Pick<
  ReplicaView,
  | 'busy'
  | 'queued'
  | 'slots'
  | 'standing'
  | 'failure'
  | 'failures'
  | 'failureAge'
  | 'filled'
  | 'hits'
  | 'asked'
>

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
  doing: Doing,
): ReplicaView {
  const condition = conditionOf(health[node]!, rate[node]!, speed, errors[node]!)
  const text = conditionText(condition, rate[node]!, speed, errors[node]!)
  const ready = Math.max(0, balancers - out[node]!)
  if (
    before !== undefined &&
    before.conditionText === text &&
    before.ready === ready &&
    before.busy === doing.busy &&
    before.queued === doing.queued &&
    before.slots === doing.slots &&
    before.standing === doing.standing &&
    before.failure === doing.failure &&
    before.failures === doing.failures &&
    before.failureAge === doing.failureAge &&
    before.filled === doing.filled &&
    before.hits === doing.hits &&
    before.asked === doing.asked
  ) {
    return before
  }
  return { condition, conditionText: text, ready, balancers, ...doing }
}

/** `up, believed ready, 3 of 8 busy, 2 waiting` */
export function describeReplica(view: ReplicaView, facility: Facility): string {
  if (view.condition === 'absent' && view.busy <= 0) return 'absent: it is not started, or gone'
  const parts = [view.conditionText, beliefText(view)]
  if (view.busy >= 0) parts.push(busyText(view, facility), `${view.queued} waiting`)
  if (view.filled >= 0) parts.push(`cache ${view.filled} % full`)
  if (view.hits >= 0) parts.push(`${view.hits} % of ${grouped(view.asked)} look-ups a second served`)
  if (view.failure > 0) parts.push(`failed just now: ${reasonText(view.failure, view.failures)}`)
  return parts.join(', ')
}

export function beliefText(view: ReplicaView): string {
  const belief = beliefOf(view)
  const why = standingOf(view)
  const reason = why ? ` (${why.says})` : ''
  if (belief === 'partly') return `believed ready by ${view.ready} of ${view.balancers}${reason}`
  return `${belief === 'ready' ? 'believed ready' : 'believed out'}${reason}`
}

export function busyText(view: ReplicaView, { discipline }: Facility): string {
  if (discipline === 'ps' && view.busy > view.slots) return `${view.busy} share ${view.slots}`
  return `${view.busy} of ${view.slots} busy`
}

/** What is held against a replica that exists; what a subset leaves out is as it should be. */
export function shownStanding(view: ReplicaView): Standing | undefined {
  if (view.condition === 'absent') return undefined
  const standing = standingOf(view)
  return standing?.name === 'outside' ? undefined : standing
}

/** On a card: `ready`, `ejected`, `2/3 ready` */
export function beliefWord(view: ReplicaView): string {
  const belief = beliefOf(view)
  const word = shownStanding(view)?.word
  if (belief === 'partly') return `${view.ready}/${view.balancers} ready${word ? `, ${word}` : ''}`
  return word ?? belief
}
