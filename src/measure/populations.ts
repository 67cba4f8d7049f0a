/** Requests by who sent them, where there is more than one population of clients. */

import { LIMITED, OK, OUTCOME_GROUPS, OUTCOME_NAMES } from '../model/facts.ts'
import { bucketOf } from './histogram.ts'
import type { Layout } from './layout.ts'
import type { PopulationReport } from './report.ts'
import { count, emptyTally, summaryMs, type Tally } from './tally.ts'

/** Of measured requests, by population. Plain data. */
export interface Populations {
  readonly arrived: Float64Array
  /** By population and outcome. */
  readonly outcomes: Float64Array
  readonly latency: readonly Tally[]
}

const OUTCOMES = OUTCOME_NAMES.length

/** Undefined where one population sends everything. */
export function populations({ clients }: Layout): Populations | undefined {
  if (clients.length < 2) return undefined
  return {
    arrived: new Float64Array(clients.length),
    outcomes: new Float64Array(clients.length * OUTCOMES),
    latency: clients.map(emptyTally),
  }
}

/** A measured request is settled. */
export function countPopulation(all: Populations, client: number, outcome: number, latency: number): void {
  all.outcomes[client * OUTCOMES + outcome]!++
  if (outcome === OK) count(all.latency[client]!, latency, bucketOf(latency))
}

export function populationReports(
  all: Populations | undefined,
  { clients }: Layout,
): { readonly clients?: Readonly<Record<string, PopulationReport>> } {
  if (all === undefined) return {}
  return { clients: Object.fromEntries(clients.map((id, client) => [id, reportOf(all, client)])) }
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
    limitedShare: settled > 0 ? of(LIMITED) / settled : null,
    unfinished: arrived[client]! - settled,
    availability: settled > 0 ? groups.succeeded / settled : null,
    latencyMs: summaryMs(latency[client]!),
  }
}
