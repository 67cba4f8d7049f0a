/**
 * Everything the stage says in words and numbers at an instant. The same picture is handed out again while
 * nothing it says has changed, so React has nothing to do.
 */

import type { TraceWindow } from '../../worker/protocol.ts'
import { isAbsent } from './condition.ts'
import type { Facility } from './facilities.ts'
import { failuresFor, findFailures } from './failures.ts'
import type { HealthState } from './health-history.ts'
import { levelsFrame } from './levels.ts'
import { heldAt } from './paint-held.ts'
import { type ReplicaView, viewReplica } from './replica-view.ts'

export interface Picture {
  /** By node. */
  readonly views: readonly ReplicaView[]
  /** The balancer in front found no replica lately: outcome, 0 when not. */
  readonly refusal: number
  /** By balancer in front. */
  readonly fronts: readonly FrontView[]
  /** Requests that one dot stands for. */
  readonly stride: number
  /** Dots that would fly, counted only when they do not. */
  readonly moving: number
}

/** Of a replica that does not exist: there is nothing to believe. */
export const ABSENT = '-'

export interface FrontView {
  /** A character for each replica of the first tier: 1 believed ready, 0 out, `ABSENT`. */
  readonly beliefs: string
  /** Requests that wait there. */
  readonly held: number
}

export type Draft = (
  health: HealthState,
  window: TraceWindow | undefined,
  at: number,
  speed: number,
  moving: number,
) => Picture

/** Remembers the last picture. */
export function pictures(facilities: readonly Facility[]): Draft {
  const nodes = facilities.length
  const failures = failuresFor(nodes)
  let last: Picture | undefined
  return (health, window, at, speed, moving) => {
    findFailures(window, at, speed, failures)
    const frame = window === undefined ? -1 : levelsFrame(window, at)
    const before = last?.views
    const views = facilities.map((facility, node) => {
      const busy = frame < 0 ? -1 : window!.levels.busy[frame + node]!
      const queued = frame < 0 ? -1 : window!.levels.queued[frame + node]!
      const { outcome, age } = failures
      return viewReplica(before?.[node], facility, health, busy, queued, outcome[node]!, age[node]!)
    })
    const fronts = viewFronts(last?.fronts, health, window, frame)
    const refusal = failures.outcome[nodes]!
    const stride = window?.stride ?? last?.stride ?? 1
    const isSame =
      last !== undefined &&
      last.refusal === refusal &&
      last.stride === stride &&
      last.moving === moving &&
      last.fronts === fronts &&
      views.every((view, node) => view === before![node])
    if (!isSame) last = { views, fronts, refusal, stride, moving }
    return last!
  }
}

/** `before` when all of them say the same. */
function viewFronts(
  before: readonly FrontView[] | undefined,
  { health, outAt, reach }: HealthState,
  window: TraceWindow | undefined,
  frame: number,
): readonly FrontView[] {
  const count = reach === 0 ? 1 : outAt.length / reach
  const fronts = Array.from({ length: count }, (_, front) => {
    const own = outAt.subarray(front * reach, (front + 1) * reach)
    return {
      beliefs: Array.from(own, (isOut, node) =>
        isAbsent(health[node]!) ? ABSENT : isOut === 1 ? '0' : '1',
      ).join(''),
      held: frame < 0 ? 0 : heldAt(window!.levels, frame, front),
    }
  })
  const isSame =
    before?.length === count &&
    fronts.every(({ beliefs, held }, front) => {
      const old = before[front]!
      return old.beliefs === beliefs && old.held === held
    })
  return isSame ? before : fronts
}
