/**
 * Folds facts into everything that is reported: counts, latencies, time-weighted figures, series, changes.
 * A probe: its state is plain data and part of every checkpoint.
 *
 * Requests are measured from the first that arrives after the warm-up on; time-weighted figures over the
 * window from there to `endWindow`.
 */

import type { Instant } from '../base/time.ts'
import {
  ARRIVED,
  BELIEVED,
  EXPIRED,
  FACT_WIDTH,
  FORWARDED,
  HEALTH_UP,
  OK,
  OUTCOME_GROUPS,
  OUTCOME_NAMES,
  PHASE_DOWNSTREAM,
  PHASE_QUEUE,
  PHASE_SERVICE,
  QUEUED,
  REJECTED,
  REPLIED,
  SENT,
  SETTLED,
  STARTED,
  TRUTH,
  WAITED,
  WASTED,
} from '../model/facts.ts'
import { add, clear, emptyHistogram, type Histogram } from './histogram.ts'
import type { Layout } from './layout.ts'
import { endStep, forgetSoFar, type NodeAreas, nodeAreas, settleAll, settleNode } from './node-areas.ts'
import type { Change } from './series.ts'
import { emptyCounts, type StepCounts, type StepSeries, stepSeries, writeStep } from './step-series.ts'
import { count, emptyTally, type Tally } from './tally.ts'

/** More changes than this are counted, not kept. */
const MOST_CHANGES = 20_000

/** Serial number of the first measured request while there is none. */
const NOT_YET = Number.MAX_SAFE_INTEGER

/** Plain data: part of every checkpoint. */
export interface RecorderState {
  /** Serial number of the first measured request. */
  firstMeasured: number
  /** Start and end of the measured window; the end is the present while it is open. */
  from: Instant
  to: Instant
  windowOpen: boolean
  step: number
  stepEnds: Instant
  /** The next instant at which a step or the warm-up ends. */
  mark: Instant
  born: number
  inSystem: number
  inSystemSince: Instant
  inSystemTotal: number
  /** Time waited by the request that is about to settle. */
  waited: number
  arrived: number
  /** Measured requests by outcome. */
  readonly outcomes: Float64Array
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
  readonly tierWasted: Float64Array
  /** By node: calls sent. */
  readonly sent: Float64Array
  readonly counts: StepCounts
  readonly stepLatency: Histogram
  readonly areas: NodeAreas
  /** Changes noted; those kept are in `Recorder.changes`. */
  changes: number
}

export interface Recorder {
  readonly layout: Layout
  readonly state: RecorderState
  /** Written on only: a checkpoint need not hold them, going back means writing over. */
  readonly series: StepSeries
  readonly changes: Change[]
  consume(rows: Float64Array, count: number): void
}

export function recorder(layout: Layout): Recorder {
  const tiers = layout.tiers.length
  const stepEnds = layout.steps === 0 ? Infinity : layout.step
  const state: RecorderState = {
    firstMeasured: NOT_YET,
    from: 0,
    to: 0,
    windowOpen: true,
    step: 0,
    stepEnds,
    mark: layout.warmUpRequests > 0 ? stepEnds : Math.min(stepEnds, layout.warmUp),
    born: 0,
    inSystem: 0,
    inSystemSince: 0,
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
    tierWasted: new Float64Array(tiers),
    sent: new Float64Array(layout.replicas.length),
    counts: emptyCounts(),
    stepLatency: emptyHistogram(),
    areas: nodeAreas(layout.slots),
    changes: 0,
  }
  const recording: Recorder = {
    layout,
    state,
    series: stepSeries(layout),
    changes: [],
    consume: (rows, n) => consume(recording, rows, n),
  }
  return recording
}

function consume(recording: Recorder, rows: Float64Array, count_: number): void {
  const { layout, state: s } = recording
  const { areas, counts, tierWaits, started, sent } = s
  const { waiting, busy, below } = areas
  const { tierOf } = layout
  const end = count_ * FACT_WIDTH
  for (let i = 0; i < end; i += FACT_WIDTH) {
    const at = rows[i]!
    if (at >= s.mark) passMarks(recording, at)
    const subject = rows[i + 2]!
    const object = rows[i + 3]!
    switch (rows[i + 1]!) {
      case ARRIVED:
        s.born++
        if (s.firstMeasured === NOT_YET && layout.warmUpRequests > 0 && subject >= layout.warmUpRequests) {
          begin(s, at, subject)
        }
        if (subject >= s.firstMeasured) s.arrived++
        counts.arrived++
        settleSystem(s, at)
        s.inSystem++
        break
      case SENT:
        if (subject >= s.firstMeasured) sent[object]!++
        break
      case QUEUED:
        if (s.windowOpen) settleNode(areas, object, at)
        waiting[object]!++
        break
      case STARTED: {
        const waited = rows[i + 4]!
        if (s.windowOpen) settleNode(areas, object, at)
        busy[object]!++
        if (rows[i + 5] === 1) waiting[object]!--
        if (subject >= s.firstMeasured) {
          const tier = tierOf[object]!
          started[tier]!++
          if (waited > 0) count(tierWaits[tier]!, waited)
        }
        break
      }
      case FORWARDED:
        if (s.windowOpen) settleNode(areas, object, at)
        if (rows[i + 4] === 0) {
          busy[object]!--
          below[object]!++
        }
        break
      case REPLIED: {
        const detail = rows[i + 5]!
        const phase = detail >> 4
        if (phase > 0) {
          if (s.windowOpen) settleNode(areas, object, at)
          if (phase === PHASE_SERVICE) busy[object]!--
          else if (phase === PHASE_QUEUE) waiting[object]!--
          else if (phase === PHASE_DOWNSTREAM) below[object]!--
        }
        const outcome = detail & 15
        if ((outcome === REJECTED || outcome === EXPIRED) && subject >= s.firstMeasured) {
          s.tierRejected[tierOf[object]!]!++
        }
        break
      }
      case WAITED:
        s.waited = rows[i + 4]!
        break
      case SETTLED:
        settled(s, at, subject, rows[i + 4]!, rows[i + 5]!)
        break
      case TRUTH:
        if (s.windowOpen) settleNode(areas, subject, at)
        areas.up[subject] = object === HEALTH_UP ? 1 : 0
        note(recording, {
          at,
          kind: 'truth',
          node: subject,
          balancer: -1,
          value: object,
          rate: rows[i + 4]!,
          errors: rows[i + 5]!,
        })
        break
      case BELIEVED:
        note(recording, {
          at,
          kind: 'belief',
          node: object,
          balancer: subject,
          value: rows[i + 4]!,
          rate: 1,
          errors: 0,
        })
        break
      case WASTED:
        if (subject >= s.firstMeasured) s.tierWasted[tierOf[object]!]! += rows[i + 4]!
        break
    }
  }
}

function settled(s: RecorderState, at: Instant, request: number, latency: number, outcome: number): void {
  const { counts } = s
  settleSystem(s, at)
  s.inSystem--
  if (outcome === OK) {
    counts.succeeded++
    add(s.stepLatency, latency)
    if (request >= s.firstMeasured) {
      count(s.latency, latency)
      if (s.waited > 0) count(s.waiting, s.waited)
    }
  } else counts[OUTCOME_GROUPS[outcome]!]++
  s.waited = 0
  if (request >= s.firstMeasured) s.outcomes[outcome]!++
  if (s.windowOpen && s.firstMeasured !== NOT_YET) {
    if (outcome === OK) s.succeededInWindow++
    if (OUTCOME_GROUPS[outcome] !== 'timedOut') s.answeredInWindow++
  }
}

function settleSystem(s: RecorderState, at: Instant): void {
  if (s.windowOpen) s.counts.inSystemArea += s.inSystem * (at - s.inSystemSince)
  s.inSystemSince = at
}

/** Requests from this one on, and time from this instant on, are measured. */
function begin(s: RecorderState, at: Instant, request: number): void {
  s.firstMeasured = request
  s.from = at
  settleAll(s.areas, at)
  forgetSoFar(s.areas)
  settleSystem(s, at)
  s.inSystemTotal = -s.counts.inSystemArea
  s.mark = s.stepEnds
}

/** Ends every step, and the warm-up, that is over at `at`. */
function passMarks(recording: Recorder, at: Instant): void {
  const { layout, state: s, series } = recording
  const byTime = layout.warmUpRequests === 0
  while (at >= s.mark) {
    if (s.firstMeasured === NOT_YET && byTime && layout.warmUp <= s.stepEnds) {
      begin(s, layout.warmUp, s.born)
      continue
    }
    writeDown(s, series, s.stepEnds, layout.step)
    s.step++
    s.stepEnds = s.step < layout.steps ? s.stepEnds + layout.step : Infinity
    s.mark = s.firstMeasured === NOT_YET && byTime ? Math.min(s.stepEnds, layout.warmUp) : s.stepEnds
  }
}

function writeDown(s: RecorderState, series: StepSeries, at: Instant, length: number): void {
  settleSystem(s, at)
  if (s.windowOpen) settleAll(s.areas, at)
  if (length > 0 && series.columns[0]!.values.length > s.step) {
    writeStep(series, s.step, length, s.counts, s.stepLatency, s.areas)
  }
  s.inSystemTotal += s.counts.inSystemArea
  Object.assign(s.counts, emptyCounts())
  clear(s.stepLatency)
  endStep(s.areas)
}

/** Closes the measured window at `at`: time-weighted figures and series end here, requests may still settle. */
export function endWindow(recording: Recorder, at: Instant): void {
  const { layout, state: s, series } = recording
  if (!s.windowOpen) return
  passMarks(recording, at)
  const begun = s.stepEnds === Infinity ? 0 : s.stepEnds - layout.step
  writeDown(s, series, at, s.stepEnds === Infinity ? 0 : at - begun)
  s.to = at
  s.windowOpen = false
  s.stepEnds = Infinity
  s.mark = Infinity
}

function note({ state, changes }: Recorder, change: Change): void {
  if (state.changes < MOST_CHANGES) {
    changes.length = state.changes
    changes.push(change)
  }
  state.changes++
}
