/** Requests by who sent them, where there is more than one population of clients. */

import { LIMITED, OK, OUTCOME_GROUPS, OUTCOME_NAMES } from '../model/facts.ts'
import { type ClientCacheCounts, clientCacheReport } from './client-caches.ts'
import { bucketOf } from './histogram.ts'
import type { Layout } from './layout.ts'
import type { AttackReport, PopulationReport } from './report.ts'
import type { SeriesColumn } from './series.ts'
import { count, emptyTally, summaryMs, type Tally } from './tally.ts'
import { ratio } from './totals.ts'

/** Of measured requests, by population. Plain data. */
export interface Populations {
  readonly arrived: Float64Array
  /** By population and outcome. */
  readonly outcomes: Float64Array
  readonly latency: readonly Tally[]
  /** Of all requests settled in this step, by population: those that succeeded, and those that a limit turned away. */
  readonly inStep: Float64Array
}

const OUTCOMES = OUTCOME_NAMES.length

/** Undefined where one population sends everything. */
export function populations({ clients }: Layout): Populations | undefined {
  if (clients.length < 2) return undefined
  return {
    arrived: new Float64Array(clients.length),
    outcomes: new Float64Array(clients.length * OUTCOMES),
    latency: clients.map(emptyTally),
    inStep: new Float64Array(2 * clients.length),
  }
}

/** A request is settled. */
export function countPopulation(
  all: Populations,
  client: number,
  outcome: number,
  latency: number,
  isMeasured: boolean,
): void {
  if (outcome === OK) all.inStep[2 * client]!++
  else if (outcome === LIMITED) all.inStep[2 * client + 1]!++
  if (!isMeasured) return
  all.outcomes[client * OUTCOMES + outcome]!++
  if (outcome === OK) count(all.latency[client]!, latency, bucketOf(latency))
}

/** What the report says of them, and of those among them that attack. */
export function populationReports(
  all: Populations | undefined,
  layout: Layout,
  caches: ClientCacheCounts | undefined,
): {
  readonly clients?: Readonly<Record<string, PopulationReport>>
  readonly attack?: AttackReport
} {
  if (all === undefined) return {}
  const { clients, attacks } = layout
  const reports = clients.map((_, client) => ({
    ...reportOf(all, client),
    ...clientCacheReport(caches, layout, client, client + 1),
  }))
  const isMixed = attacks.includes(true) && attacks.includes(false)
  return {
    clients: Object.fromEntries(clients.map((id, client) => [id, reports[client]!])),
    ...(isMixed ? { attack: attackReport(reports, attacks) } : {}),
  }
}

/** Columns `clients.users.succeededPerSecond` and `clients.users.limitedPerSecond`, the latter where limits may be. */
export function populationColumns(layout: Layout): SeriesColumn[] {
  const { clients, steps } = layout
  if (clients.length < 2) return []
  const rate = (client: string, what: string): SeriesColumn => ({
    id: `clients.${client}.${what}PerSecond`,
    title: `${client}: ${what}`,
    unit: '1/s',
    kind: 'rate',
    values: new Float64Array(steps).fill(NaN),
  })
  const kinds = mayLimit(layout) ? ['succeeded', 'limited'] : ['succeeded']
  return clients.flatMap((client) => kinds.map((what) => rate(client, what)))
}

/** Writes step `i`, of `length` ns, into columns, of which `columns[first]` is the first of these, and clears it. */
export function writePopulations(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  all: Populations | undefined,
  layout: Layout,
  length: number,
): void {
  if (all === undefined) return
  const width = mayLimit(layout) ? 2 : 1
  for (let client = 0; client < layout.clients.length; client++) {
    for (let k = 0; k < width; k++) {
      columns[first + client * width + k]!.values[i] = all.inStep[2 * client + k]! * (1e9 / length)
    }
  }
  all.inStep.fill(0)
}

function mayLimit({ hasLimits, hasTransport }: Layout): boolean {
  return hasLimits.includes(true) || hasTransport.includes(true)
}

function attackReport(reports: readonly PopulationReport[], attacks: readonly boolean[]): AttackReport {
  const sum = (attacking: boolean, of: (report: PopulationReport) => number) =>
    reports.reduce((total, report, client) => total + (attacks[client] === attacking ? of(report) : 0), 0)
  const ended = ({ arrived, unfinished }: PopulationReport) => arrived - unfinished
  const limited = (report: PopulationReport) => report.limited
  const succeeded = (report: PopulationReport) => report.succeeded
  return {
    usersLimitedShare: ratio(sum(false, limited), sum(false, ended)),
    usersAvailability: ratio(sum(false, succeeded), sum(false, ended)),
    attackersLimitedShare: ratio(sum(true, limited), sum(true, ended)),
    attackersSucceededShare: ratio(sum(true, succeeded), sum(true, ended)),
    mistakenShare: ratio(sum(false, limited), sum(false, limited) + sum(true, limited)),
  }
}

function reportOf({ arrived, outcomes, latency }: Populations, client: number): PopulationReport {
  const of = (outcome: number) => outcomes[client * OUTCOMES + outcome]!
  const groups = { succeeded: 0, failed: 0, rejected: 0, timedOut: 0 }
  let settled = 0
  for (const [outcome, group] of OUTCOME_GROUPS.entries()) {
    groups[group] += of(outcome)
    settled += of(outcome)
  }
  return {
    arrived: arrived[client]!,
    ...groups,
    limited: of(LIMITED),
    limitedShare: ratio(of(LIMITED), settled),
    unfinished: arrived[client]! - settled,
    availability: ratio(groups.succeeded, settled),
    latencyMs: summaryMs(latency[client]!),
  }
}
