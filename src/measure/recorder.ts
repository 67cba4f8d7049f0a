/**
 * Folds facts into everything that is reported: counts, latencies, time-weighted figures, series, changes.
 * A probe: its state is plain data and part of every checkpoint.
 *
 * Requests are measured from the first that arrives after the warm-up on; time-weighted figures over the
 * window from there to `endWindow`.
 */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../base/fact-rows.ts'
import type { Instant } from '../base/time.ts'
import {
  ARRIVED,
  BELIEVED,
  EXPIRED,
  FORWARDED,
  HAPPENED,
  HEARD,
  LATE,
  LIMITED,
  OK,
  OUTCOME_GROUPS,
  PHASE_DOWNSTREAM,
  PHASE_HANDSHAKE,
  PHASE_QUEUE,
  PHASE_SERVICE,
  QUEUED,
  REJECTED,
  REPLIED,
  SENT,
  SETTLED,
  SHED,
  STARTED,
  TRUTH,
  WAITED,
} from '../model/facts.ts'
import { clearCaches } from './caches.ts'
import { forgetConnections } from './connections.ts'
import { type Happening, happening } from './happenings.ts'
import { bucketOf } from './histogram.ts'
import type { Layout } from './layout.ts'
import { busier, change, endStep, forgetSoFar, lessBusy, OTHER, WAITING } from './node-areas.ts'
import { noteBelief, noteHappening, noteTruth } from './notes.ts'
import { countPopulation } from './populations.ts'
import { foldRare } from './rare-facts.ts'
import { NOT_YET, type RecorderState, recorderState } from './recorder-state.ts'
import { countRefusal } from './refusals.ts'
import type { Change } from './series.ts'
import { emptyCounts, type StepCounts, type StepSeries, stepSeries, writeStep } from './step-series.ts'
import { count, countBucket, emptyTally } from './tally.ts'
import { clearTiers } from './tier-steps.ts'

/** The state, and what is only ever written on. */
export interface Recorder {
  readonly layout: Layout
  readonly state: RecorderState
  /** Written on only: a checkpoint need not hold them, going back means writing over. */
  readonly series: StepSeries
  readonly changes: Change[]
  readonly happenings: Happening[]
  consume(rows: FactRows, count: number): void
}

/** A recorder at time 0. */
export function recorder(layout: Layout): Recorder {
  const recording: Recorder = {
    layout,
    state: recorderState(layout),
    series: stepSeries(layout),
    changes: [],
    happenings: [],
    consume: (rows, n) => consume(recording, rows, n),
  }
  return recording
}

function consume(recording: Recorder, all: FactRows, rows: number): void {
  const { num, int } = all
  const { layout, state: s } = recording
  const { areas, counts, tierWaits, started, sent } = s
  const { tierOf } = layout
  const stepSent = s.tierCounts.sent
  // What changes only when a mark is passed or a request is born is held in locals.
  let { mark, firstMeasured } = s
  let { stepStart } = areas
  for (let row = 0; row < rows; row++) {
    const d = row << 2
    const i = row << 3
    const at = num[d]!
    if (at >= mark) {
      passMarks(recording, at)
      ;({ mark, firstMeasured } = s)
      ;({ stepStart } = areas)
    }
    const code = int[i | CODE]!
    const object = int[i | OBJECT]!
    const subject = num[d | SUBJECT]!
    const passed = at - stepStart
    const isMeasured = subject >= firstMeasured
    switch (code & 255) {
      case ARRIVED:
        arrived(s, layout, at, subject)
        ;({ mark, firstMeasured } = s)
        if (s.populations !== undefined && subject >= firstMeasured) s.populations.arrived[code >> 8]!++
        break
      case SENT:
        stepSent[object]!++
        if (isMeasured) sent[object]!++
        break
      case QUEUED:
        change(areas, object, WAITING, passed, 1)
        break
      case STARTED: {
        if (code >> 8 === 1) change(areas, object, WAITING, passed, -1)
        busier(areas, object, passed)
        if (!isMeasured) break
        const tier = tierOf[object]!
        const waited = num[d | VALUE]!
        started[tier]!++
        if (waited > 0) count(tierWaits[tier]!, waited, bucketOf(waited))
        break
      }
      case FORWARDED:
        if (code >> 8 === 1) break
        lessBusy(areas, object, passed)
        change(areas, object, OTHER, passed, 1)
        break
      case REPLIED: {
        const phase = code >> 12
        if (phase === PHASE_SERVICE) lessBusy(areas, object, passed)
        else if (phase === PHASE_QUEUE) change(areas, object, WAITING, passed, -1)
        else if (phase === PHASE_DOWNSTREAM) change(areas, object, OTHER, passed, -1)
        else if (phase === PHASE_HANDSHAKE) lessBusy(areas, object, passed)
        if (((code >> 8) & 15) !== OK && subject >= 0) failed(s, layout, object, (code >> 8) & 15, isMeasured)
        // Behind the queue, it is another tier's rejection on its way back.
        if (phase === PHASE_SERVICE || phase === PHASE_DOWNSTREAM || !isMeasured) break
        const outcome = (code >> 8) & 15
        if (outcome === REJECTED || outcome === EXPIRED) s.tierRejected[tierOf[object]!]!++
        else if (outcome === LIMITED && phase !== PHASE_QUEUE) s.tierLimited[tierOf[object]!]!++
        else if (outcome === SHED || outcome === LATE) s.tierShed[tierOf[object]!]!++
        break
      }
      case WAITED:
        s.waited = num[d | VALUE]!
        break
      case SETTLED:
        settled(s, counts, passed, isMeasured, num[d | VALUE]!, code >> 8)
        if (s.populations !== undefined)
          countPopulation(s.populations, object, code >> 8, num[d | VALUE]!, isMeasured)
        break
      case TRUTH:
        noteTruth(recording, at, object, code >> 8, num[d | VALUE]!, subject)
        break
      case BELIEVED:
      case HEARD:
        noteBelief(recording, at, object, subject, (code & 255) === HEARD, code >> 8)
        break
      case HAPPENED:
        noteHappening(recording, happening(at, code >> 8, subject, num[d | VALUE]!))
        break
      default:
        foldRare(s, layout, all, row, isMeasured)
    }
  }
}

function arrived(s: RecorderState, layout: Layout, at: Instant, request: number): void {
  s.born++
  if (s.firstMeasured === NOT_YET && layout.warmUpRequests > 0 && request >= layout.warmUpRequests) {
    begin(s, at, request)
  }
  if (request >= s.firstMeasured) s.arrived++
  s.counts.arrived++
  s.inSystem++
  s.counts.inSystemSum -= at - s.areas.stepStart
}

function failed(
  s: RecorderState,
  { tierOf }: Layout,
  node: number,
  outcome: number,
  isMeasured: boolean,
): void {
  s.failed[node]!++
  if (isMeasured) countRefusal(s.refusals, tierOf[node]!, s.capacity.health[node]!, outcome)
}

function settled(
  s: RecorderState,
  counts: StepCounts,
  passed: number,
  isMeasured: boolean,
  latency: number,
  outcome: number,
): void {
  s.inSystem--
  counts.inSystemSum += passed
  if (outcome === OK) {
    const bucket = bucketOf(latency)
    counts.succeeded++
    countBucket(s.stepLatency, latency, bucket)
    if (isMeasured) {
      count(s.latency, latency, bucket)
      if (s.waited > 0) count(s.waiting, s.waited, bucketOf(s.waited))
    }
  } else counts[OUTCOME_GROUPS[outcome]!]++
  s.waited = 0
  if (isMeasured) s.outcomes[outcome]!++
  if (s.windowOpen && s.firstMeasured !== NOT_YET) {
    if (outcome === OK) s.succeededInWindow++
    if (OUTCOME_GROUPS[outcome] !== 'timedOut') s.answeredInWindow++
  }
}

/** Requests from this one on, and time from this instant on, are measured. */
function begin(s: RecorderState, at: Instant, request: number): void {
  s.firstMeasured = request
  s.from = at
  forgetSoFar(s.areas, at)
  if (s.connections !== undefined) forgetConnections(s.connections, at)
  s.inSystemTotal = -inSystemArea(s, at)
  s.mark = s.stepEnds
}

function inSystemArea(s: RecorderState, at: Instant): number {
  return s.counts.inSystemSum + s.inSystem * (at - s.areas.stepStart)
}

/** Ends every step, and the warm-up, that is over at `at`. */
function passMarks(recording: Recorder, at: Instant): void {
  const { layout, state: s } = recording
  const byTime = layout.warmUpRequests === 0
  while (at >= s.mark) {
    if (s.firstMeasured === NOT_YET && byTime && layout.warmUp <= s.stepEnds) {
      begin(s, layout.warmUp, s.born)
      continue
    }
    writeDown(recording, s.stepEnds)
    s.step++
    s.stepEnds = s.step < layout.steps ? s.stepEnds + layout.step : Infinity
    s.mark = s.firstMeasured === NOT_YET && byTime ? Math.min(s.stepEnds, layout.warmUp) : s.stepEnds
  }
}

/** Ends the present step at `at` and clears what it counted. */
function writeDown({ layout, state: s, series }: Recorder, at: Instant): void {
  const inSystem = inSystemArea(s, at)
  if (s.step < layout.steps && at > s.areas.stepStart) {
    writeStep(series, layout, s.step, at, s, inSystem)
  }
  s.inSystemTotal += inSystem
  Object.assign(s.counts, emptyCounts())
  s.stepLatency.set(CLEAR)
  clearTiers(s.tierCounts)
  clearCaches(s.caches)
  endStep(s.areas, at)
}

const CLEAR = emptyTally()

/** Closes the measured window at `at`: time-weighted figures and series end here, requests may still settle. */
export function endWindow(recording: Recorder, at: Instant): void {
  const { state: s } = recording
  if (!s.windowOpen) return
  passMarks(recording, at)
  writeDown(recording, at)
  s.to = at
  s.windowOpen = false
  s.stepEnds = Infinity
  s.mark = Infinity
}
