/**
 * Everything the stage says in words and numbers at an instant. The same picture is handed out again while
 * nothing it says has changed, so React has nothing to do.
 */

import type { TraceWindow } from '../../worker/protocol.ts'
import type { Facility } from './facilities.ts'
import { failuresFor, findFailures } from './failures.ts'
import type { HealthState } from './health-history.ts'
import { levelsFrame } from './levels.ts'
import { type ReplicaView, viewReplica } from './replica-view.ts'

export interface Picture {
  /** By node. */
  readonly views: readonly ReplicaView[]
  /** The balancer in front found no replica lately: outcome, 0 when not. */
  readonly refusal: number
  /** Requests that one dot stands for. */
  readonly stride: number
  /** Dots that would fly, counted only when they do not. */
  readonly moving: number
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
    const refusal = failures.outcome[nodes]!
    const stride = window?.stride ?? last?.stride ?? 1
    const isSame =
      last !== undefined &&
      last.refusal === refusal &&
      last.stride === stride &&
      last.moving === moving &&
      views.every((view, node) => view === before![node])
    if (!isSame) last = { views, refusal, stride, moving }
    return last!
  }
}
