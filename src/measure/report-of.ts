/** Makes the report from what the recorder has folded. */

import { HEALTH_ABSENT, OUTCOME_GROUPS, OUTCOME_NAMES } from '../model/facts.ts'
import { cacheReport, hitRateOf, nodeByteHitRate, nodeHitRate, tierHitRate } from './caches.ts'
import { burnt } from './capacity.ts'
import { classReports } from './classes.ts'
import { clientCacheReport } from './client-caches.ts'
import { connectionsReport } from './connections.ts'
import { existence } from './cost.ts'
import { evenness } from './evenness.ts'
import { happeningEntries, type Scaled } from './happenings.ts'
import type { Layout } from './layout.ts'
import { meanSlots, OTHER, totalArea, UP, USED, WAITING } from './node-areas.ts'
import { populationReports } from './populations.ts'
import type { Recorder } from './recorder.ts'
import type { RecorderState } from './recorder-state.ts'
import { refusalsReport } from './refusals.ts'
import type {
  LimitsReport,
  ReplicaReport,
  Report,
  SessionsReport,
  TierReport,
  TimelineEntry,
} from './report.ts'
import type { Change } from './series.ts'
import { countOf, summaryMs } from './tally.ts'
import { BEGUN, LOST, MOVED, SESSION_FIGURES } from './tier-steps.ts'
import { timeline } from './timeline.ts'
import { ratio } from './totals.ts'
import { retriedIn, triesReport } from './tries.ts'

/** What the recorder cannot know. */
export interface RunFacts {
  readonly scenario: string
  readonly seed: number | string
  readonly version: string
  readonly fingerprint: string
  readonly partial: boolean
  readonly events: number
  readonly wallSeconds: number
  readonly expectations: Report['expectations']
  /** Changes of the numbers of replicas, and what else was done by the clock, in order of time. */
  readonly scaled: readonly Scaled[]
  readonly timed: readonly TimelineEntry[]
}

/** What a report says of the whole window. */
export type Figures = Omit<Report, 'format' | keyof RunFacts | 'simulated' | 'wall' | 'series' | 'timeline'>

/** The report of a run whose window has been closed. */
export function reportOf(recording: Recorder, run: RunFacts): Report {
  const { state: s } = recording
  return {
    format: 'evenkeel-report/1',
    scenario: run.scenario,
    seed: run.seed,
    version: run.version,
    fingerprint: run.fingerprint,
    partial: run.partial,
    simulated: {
      durationSeconds: s.to / 1e9,
      warmUpSeconds: s.from / 1e9,
      requests: s.born,
      events: run.events,
    },
    wall: {
      seconds: run.wallSeconds,
      requestsPerSecond: run.wallSeconds > 0 ? s.born / run.wallSeconds : 0,
      eventsPerSecond: run.wallSeconds > 0 ? run.events / run.wallSeconds : 0,
    },
    ...figuresOf(recording),
    series: seriesReport(recording),
    timeline: wholeTimeline(recording, run),
    expectations: run.expectations,
  }
}

/** All of the report that is a figure of the whole window, which has been closed. */
export function figuresOf(recording: Recorder): Figures {
  const { layout, state: s } = recording
  const seconds = (s.to - s.from) / 1e9
  const per = (total: number) => (seconds > 0 ? total / seconds : 0)
  const groups = { succeeded: 0, failed: 0, rejected: 0, timedOut: 0 }
  const byOutcome: Record<string, number> = {}
  let settled = 0
  for (const [code, name] of OUTCOME_NAMES.entries()) {
    const n = s.outcomes[code]!
    groups[OUTCOME_GROUPS[code]!] += n
    settled += n
    if (n > 0) byOutcome[name] = n
  }
  const { succeeded } = groups
  const waited = countOf(s.waiting)
  return {
    requests: {
      arrived: s.arrived,
      ...groups,
      retried: retriedIn(s.tries),
      unfinished: s.arrived - settled,
      byOutcome,
    },
    tries: triesReport(s.tries),
    latencyMs: summaryMs(s.latency),
    waitingMs: summaryMs(s.waiting, succeeded - waited),
    fractionThatWaited: ratio(waited, succeeded),
    availability: ratio(succeeded, settled),
    errorBudget: budgetOf(settled - succeeded, settled, layout.objective),
    throughputPerSecond: per(s.answeredInWindow),
    goodputPerSecond: per(s.succeededInWindow),
    hitRate: hitRateOf(s.caches),
    ...clientCacheReport(s.clientCaches, layout, 0, layout.clients.length),
    meanInSystem: s.to > s.from ? s.inSystemTotal / (s.to - s.from) : 0,
    ...populationReports(s.populations, layout, s.clientCaches),
    tiers: Object.fromEntries(layout.tiers.map((id, t) => [id, tierReport(recording, t)])),
  }
}

/** What befell replicas goes before what else happened at the same instant. */
function wholeTimeline({ layout, state: s, changes, happenings }: Recorder, run: RunFacts): TimelineEntry[] {
  return [
    ...timeline(changes.slice(0, s.changes), layout, s.failed),
    ...happeningEntries(happenings.slice(0, s.happenings), run.scaled, layout),
    ...run.timed,
  ].sort((a, b) => a.at - b.at)
}

function budgetOf(bad: number, ended: number, objective: number): Report['errorBudget'] {
  const share = burnt(bad, ended, objective)
  return { objective, burnt: Number.isNaN(share) ? null : share }
}

/** What the tier costs, where replicas come and go; nothing when there were too many changes to keep them all. */
function costReport(
  changes: readonly Change[],
  first: number,
  count: number,
  s: RecorderState,
): Pick<TierReport, 'replicaSeconds'> {
  const isWhole = changes.length === s.changes
  const mayCome = changes.some(
    ({ kind, node, value }) =>
      kind === 'truth' && value === HEALTH_ABSENT && node >= first && node < first + count,
  )
  return isWhole && mayCome ? { replicaSeconds: existence(changes, first, count, s.from, s.to) / 1e9 } : {}
}

function tierReport({ layout, state: s, changes }: Recorder, tier: number): TierReport {
  const nodes = layout.replicas.map((_, node) => node).filter((node) => layout.tierOf[node] === tier)
  const total = nodes.reduce((sum, node) => sum + s.sent[node]!, 0)
  const first = nodes[0]!
  const waits = s.tierWaits[tier]!
  return {
    replicas: Object.fromEntries(
      nodes.map((node) => [
        layout.replicas[node]!,
        {
          ...replicaReport(s, node, total),
          ...(layout.hasCache[tier]
            ? { hitRate: nodeHitRate(s.caches, node), byteHitRate: nodeByteHitRate(s.caches, node) }
            : {}),
        },
      ]),
    ),
    ...evenness(s.sent, first, first + nodes.length),
    sessions: layout.countsSessions[tier] ? sessionsReport(s, tier) : null,
    hitRate: layout.hasCache[tier] ? tierHitRate(s.caches, first, first + nodes.length) : null,
    ...(layout.hasCache[tier] ? { cache: cacheReport(s.caches, first, first + nodes.length) } : {}),
    rejected: s.tierRejected[tier]!,
    shed: s.tierShed[tier]!,
    callsPerRequest: s.arrived > 0 ? total / s.arrived : 0,
    waitingMs: summaryMs(waits, s.started[tier]! - countOf(waits)),
    wastedSeconds: s.tierWasted[tier]! / 1e9,
    ...refusalsReport(s.refusals, tier),
    ...(layout.hasTransport[tier]
      ? {
          connections: connectionsReport(
            s.connections!,
            tier,
            s.from,
            s.to,
            nodes.reduce((sum, node) => sum + totalArea(s.areas, node, USED), 0),
            total,
          ),
        }
      : {}),
    ...costReport(changes.slice(0, s.changes), first, nodes.length, s),
    ...(layout.hasLimits[tier] ? { limits: limitsReport(layout, s, tier, total) } : {}),
    keysMoved: null,
    keysMovedNeedlessly: null,
  }
}

function limitsReport(layout: Layout, s: RecorderState, tier: number, calls: number): LimitsReport {
  const limited = s.tierLimited[tier]!
  const classes = classReports(s.classes, layout, tier)
  return {
    limited,
    limitedShare: ratio(limited, calls),
    heldBack: s.tierHeldBack[tier]!,
    ...(classes ? { classes } : {}),
  }
}

function sessionsReport({ sessions }: RecorderState, tier: number): SessionsReport {
  const of = (figure: number) => sessions[tier * SESSION_FIGURES + figure]!
  return { begun: of(BEGUN), moved: of(MOVED), broken: of(LOST) }
}

function replicaReport(s: RecorderState, node: number, total: number): ReplicaReport {
  const window = s.to - s.from
  const { areas } = s
  const mean = (figure: number) => (window > 0 ? totalArea(areas, node, figure) / window : 0)
  return {
    requests: s.sent[node]!,
    share: total > 0 ? s.sent[node]! / total : 0,
    utilisation: mean(USED) / meanSlots(areas, node, window),
    meanQueueLength: mean(WAITING),
    meanInSystem: mean(WAITING) + mean(USED) + mean(OTHER),
    availability: window > 0 ? mean(UP) : 1,
  }
}

function seriesReport({ series }: Recorder): Report['series'] {
  const known = (value: number) => (Number.isNaN(value) ? null : value)
  const columns = series.columns.map((column) => [
    column.id,
    Array.from(column.values.subarray(0, series.steps), known),
  ])
  return { stepSeconds: series.step / 1e9, ...Object.fromEntries(columns) }
}
