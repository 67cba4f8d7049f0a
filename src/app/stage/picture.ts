/**
 * Everything the stage says in words and numbers at an instant. The same picture is handed out again while
 * nothing it says has changed, so React has nothing to do.
 */

import type { TraceWindow } from '../../worker/protocol.ts'
import { isAbsent } from './condition.ts'
import { rateOf, type Span, spanAt } from './doors/rates.ts'
import { readable, type TierView, viewTier } from './doors/tier-view.ts'
import { type Facility, slotsAt } from './facilities.ts'
import { type Failures, failuresFor, findFailures, type PlaceFailure } from './failures.ts'
import type { HealthState } from './health-history.ts'
import { levelsFrame } from './levels.ts'
import { heldAt, ofFront } from './paint-held.ts'
import { type Doing, type ReplicaView, viewReplica } from './replica-view.ts'

export interface Picture {
  /** By node. */
  readonly views: readonly ReplicaView[]
  /** By tier. */
  readonly tiers: readonly TierView[]
  /** By balancer in front. */
  readonly fronts: readonly FrontView[]
  /** By client population. */
  readonly clients: readonly PlaceFailure[]
  /** Requests that one dot stands for. */
  readonly stride: number
  /** Dots that would fly, counted only when they do not. */
  readonly moving: number
}

/** Of a replica that does not exist: there is nothing to believe. */
export const ABSENT = '-'

export interface FrontView extends PlaceFailure {
  /** A character for each replica of the first tier: 1 believed ready, 0 out, `ABSENT`. */
  readonly beliefs: string
  /** Requests that wait there. */
  readonly held: number
  /** Bits as in the protocol's levels (`fronts`). */
  readonly state: number
}

export type Draft = (
  health: HealthState,
  window: TraceWindow | undefined,
  at: number,
  speed: number,
  moving: number,
) => Picture

/** Remembers the last picture. */
export function pictures(facilities: readonly Facility[], fronts = 1, populations = 0): Draft {
  const nodes = facilities.length
  const failures = failuresFor(nodes, fronts, populations)
  const spans = tierSpans(facilities)
  let last: Picture | undefined
  return (health, window, at, speed, moving) => {
    findFailures(window, at, speed, failures)
    const frame = window === undefined ? -1 : levelsFrame(window, at)
    const span = window?.doors && spanAt(window.doors, at)
    const views = facilities.map((facility, node) =>
      viewReplica(last?.views[node], facility, health, doingOf(facility, at, window, frame, span, failures)),
    )
    const tiers = spans.map((whole, tier) => {
      const own = health.health.subarray(whole.first, whole.first + whole.replicas)
      const there = own.reduce((sum, state) => sum + (isAbsent(state) ? 0 : 1), 0)
      return viewTier(last?.tiers[tier], whole, window, frame, span, there)
    })
    const next: Picture = {
      views,
      tiers,
      fronts: viewFronts(last?.fronts, health, window, frame, failures, fronts),
      clients: viewClients(last?.clients, failures, nodes + fronts),
      stride: window?.stride ?? last?.stride ?? 1,
      moving,
    }
    if (last === undefined || !isSame(last, next)) last = next
    return last
  }
}

/** First node and number of replicas of each tier. */
function tierSpans(facilities: readonly Facility[]): { readonly first: number; readonly replicas: number }[] {
  const spans: { first: number; replicas: number }[] = []
  for (const { node, tier } of facilities) {
    spans[tier] ??= { first: node, replicas: 0 }
    spans[tier].replicas++
  }
  return spans
}

function doingOf(
  facility: Facility,
  at: number,
  window: TraceWindow | undefined,
  frame: number,
  span: Span | undefined,
  failures: Failures,
): Doing {
  const { node, hasCache } = facility
  const levels = frame < 0 ? undefined : window!.levels
  const filled = hasCache ? levels?.filled?.[frame + node] : undefined
  const doors = window?.doors
  const asked = doors && span ? rateOf(doors.lookUps, span, node) : 0
  return {
    busy: levels?.busy[frame + node] ?? -1,
    queued: levels?.queued[frame + node] ?? -1,
    slots: slotsAt(facility, at),
    standing: levels?.standing?.[frame + node] ?? 0,
    failure: failures.outcome[node]!,
    failures: failures.count[node]!,
    failureAge: failures.age[node]!,
    filled: filled === undefined ? -1 : Math.round((filled / 255) * 100),
    hits: asked > 0 ? Math.round((rateOf(doors!.served, span!, node) / asked) * 100) : -1,
    asked: asked > 0 ? readable(asked) : -1,
  }
}

/** `before` when all of them say the same. */
function viewFronts(
  before: readonly FrontView[] | undefined,
  { health, outAt, reach }: HealthState,
  window: TraceWindow | undefined,
  frame: number,
  failures: Failures,
  count: number,
): readonly FrontView[] {
  const fronts = Array.from({ length: count }, (_, front): FrontView => {
    const own = outAt.subarray(front * reach, (front + 1) * reach)
    return {
      beliefs: Array.from(own, (isOut, node) =>
        isAbsent(health[node]!) ? ABSENT : isOut === 1 ? '0' : '1',
      ).join(''),
      held: frame < 0 ? 0 : heldAt(window!.levels, frame, front),
      state: frame < 0 ? 0 : ofFront(window!.levels, window!.levels.fronts, frame, front),
      failure: failures.outcome[failures.nodes + front]!,
      failures: failures.count[failures.nodes + front]!,
    }
  })
  return kept(
    before,
    fronts,
    (a, b) =>
      a.beliefs === b.beliefs &&
      a.held === b.held &&
      a.state === b.state &&
      a.failure === b.failure &&
      a.failures === b.failures,
  )
}

function viewClients(
  before: readonly PlaceFailure[] | undefined,
  { outcome, count }: Failures,
  first: number,
): readonly PlaceFailure[] {
  const clients = Array.from(outcome.subarray(first), (failure, client) => ({
    failure,
    failures: count[first + client]!,
  }))
  return kept(before, clients, (a, b) => a.failure === b.failure && a.failures === b.failures)
}

function kept<T>(before: readonly T[] | undefined, now: readonly T[], isAlike: (a: T, b: T) => boolean) {
  const isKept = before?.length === now.length && now.every((one, i) => isAlike(one, before[i]!))
  return isKept ? before : now
}

function isSame(last: Picture, next: Picture): boolean {
  return (
    last.stride === next.stride &&
    last.moving === next.moving &&
    last.fronts === next.fronts &&
    last.clients === next.clients &&
    last.tiers.every((tier, index) => tier === next.tiers[index]) &&
    last.views.every((view, node) => view === next.views[node])
  )
}
