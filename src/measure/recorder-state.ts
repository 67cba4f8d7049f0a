/** What the recorder has folded so far. Plain data: part of every checkpoint. */

import type { Instant } from '../base/time.ts'
import { OUTCOME_NAMES } from '../model/facts.ts'
import { type CacheCounts, cacheCounts } from './caches.ts'
import { type Capacity, capacityState } from './capacity.ts'
import { type Classes, classCounts } from './classes.ts'
import { type ClientCacheCounts, clientCacheCounts } from './client-caches.ts'
import { type Connections, connectionCounts } from './connections.ts'
import type { Layout } from './layout.ts'
import { type NodeAreas, nodeAreas } from './node-areas.ts'
import { type Populations, populations } from './populations.ts'
import { type Refusals, refusals } from './refusals.ts'
import { emptyCounts, type StepCounts } from './step-series.ts'
import { emptyTally, type Tally } from './tally.ts'
import { SESSION_FIGURES, type TierCounts, tierCounts } from './tier-steps.ts'
import { TRY_FIGURES } from './tries.ts'

/** Serial number of the first measured request while there is none. */
export const NOT_YET = Number.MAX_SAFE_INTEGER

export interface RecorderState {
  /** Serial number of the first measured request. */
  firstMeasured: number
  /** Start and end of the measured window. */
  from: Instant
  to: Instant
  windowOpen: boolean
  step: number
  stepEnds: Instant
  /** The next instant at which a step or the warm-up ends. */
  mark: Instant
  born: number
  inSystem: number
  inSystemTotal: number
  /** Time waited by the request that is about to settle. */
  waited: number
  arrived: number
  /** Measured requests by outcome. */
  readonly outcomes: Float64Array
  /** Further tries of measured requests: see tries.ts. */
  readonly tries: Float64Array
  /** Requests settled within the window, with an answer and with success. */
  answeredInWindow: number
  succeededInWindow: number
  readonly latency: Tally
  /** Of succeeded requests that waited at all. */
  readonly waiting: Tally
  /** By tier: services begun, and the waits above 0 before them. */
  readonly started: Float64Array
  readonly tierWaits: Tally[]
  readonly tierRejected: Float64Array
  readonly tierShed: Float64Array
  readonly tierWasted: Float64Array
  readonly refusals: Refusals
  /** By tier: calls that rate limits turned away, and held back. */
  readonly tierLimited: Float64Array
  readonly tierHeldBack: Float64Array
  readonly populations: Populations | undefined
  readonly connections: Connections | undefined
  readonly classes: Classes | undefined
  /** By node: calls sent. */
  readonly sent: Float64Array
  /** By node: calls that ended there without success. */
  readonly failed: Float64Array
  /** By tier, as in tier-steps.ts: of sessions, at measured requests. */
  readonly sessions: Float64Array
  readonly caches: CacheCounts
  readonly clientCaches: ClientCacheCounts | undefined
  readonly counts: StepCounts
  readonly tierCounts: TierCounts
  readonly stepLatency: Tally
  readonly areas: NodeAreas
  readonly capacity: Capacity
  /** Changes and happenings noted; those kept are in `Recorder`. */
  changes: number
  happenings: number
}

/** Nothing folded yet. */
export function recorderState(layout: Layout): RecorderState {
  const tiers = layout.tiers.length
  const stepEnds = layout.steps === 0 ? Infinity : layout.step
  return {
    firstMeasured: NOT_YET,
    from: 0,
    to: 0,
    windowOpen: true,
    step: 0,
    stepEnds,
    mark: layout.warmUpRequests > 0 ? stepEnds : Math.min(stepEnds, layout.warmUp),
    born: 0,
    inSystem: 0,
    inSystemTotal: 0,
    waited: 0,
    arrived: 0,
    outcomes: new Float64Array(OUTCOME_NAMES.length),
    answeredInWindow: 0,
    succeededInWindow: 0,
    latency: emptyTally(),
    waiting: emptyTally(),
    started: new Float64Array(tiers),
    tierWaits: layout.tiers.map(emptyTally),
    tierRejected: new Float64Array(tiers),
    tierShed: new Float64Array(tiers),
    tries: new Float64Array(TRY_FIGURES),
    tierWasted: new Float64Array(tiers),
    refusals: refusals(tiers),
    tierLimited: new Float64Array(tiers),
    tierHeldBack: new Float64Array(tiers),
    populations: populations(layout),
    connections: connectionCounts(layout),
    classes: classCounts(layout),
    sent: new Float64Array(layout.replicas.length),
    failed: new Float64Array(layout.replicas.length),
    sessions: new Float64Array(tiers * SESSION_FIGURES),
    caches: cacheCounts(layout),
    clientCaches: clientCacheCounts(layout),
    counts: emptyCounts(),
    tierCounts: tierCounts(layout),
    stepLatency: emptyTally(),
    areas: nodeAreas(layout.slots),
    capacity: capacityState(layout),
    changes: 0,
    happenings: 0,
  }
}
