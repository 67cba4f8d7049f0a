/** What each step counts by tier: how evenly requests are spread over its replicas, and sessions that move or lose their state. */

import { evenness } from './evenness.ts'
import type { Layout } from './layout.ts'
import type { SeriesColumn, SeriesKind } from './series.ts'

/** Of the present step. Plain data. */
export interface TierCounts {
  /** By node: calls sent. */
  readonly sent: Float64Array
  /** By tier, as in `SESSION_FIGURES`. */
  readonly sessions: Float64Array
}

/** What is counted of sessions, by its place among a tier's counts. */
export const BEGUN = 0
export const MOVED = 1
export const LOST = 2
export const SESSION_FIGURES = 3

const EVENNESS = [
  ['imbalance', 'imbalance (max / mean)'],
  ['jain', 'Jain index'],
  ['cv', 'coefficient of variation'],
] as const

const SESSIONS = [
  ['sessionsBegunPerSecond', 'sessions begun'],
  ['sessionsMovedPerSecond', 'sessions moved'],
  ['sessionsBrokenPerSecond', 'sessions broken'],
] as const

export function tierCounts({ replicas, tiers }: Layout): TierCounts {
  return {
    sent: new Float64Array(replicas.length),
    sessions: new Float64Array(tiers.length * SESSION_FIGURES),
  }
}

/** Columns `tiers.web.imbalance` and so on; of sessions only where they are counted. */
export function tierColumns({ tiers, countsSessions, steps }: Layout): SeriesColumn[] {
  return tiers.flatMap((tier, t) => [
    ...EVENNESS.map(([id, title]) => column(tier, id, title, id === 'jain' ? 'share' : 'gauge', '', steps)),
    ...(countsSessions[t] ? SESSIONS : []).map(([id, title]) =>
      column(tier, id, title, 'rate', '1/s', steps),
    ),
  ])
}

function column(
  tier: string,
  id: string,
  title: string,
  kind: SeriesKind,
  unit: string,
  steps: number,
): SeriesColumn {
  const values = new Float64Array(steps).fill(NaN)
  return { id: `tiers.${tier}.${id}`, title: `${tier}: ${title}`, unit, kind, values }
}

/** Writes step `i`, of `length` ns, into columns, of which `columns[first]` is the first that `tierColumns` made. */
export function writeTiers(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  counts: TierCounts,
  { tierOf, tiers, countsSessions }: Layout,
  length: number,
): void {
  let next = first
  let from = 0
  for (let t = 0; t < tiers.length; t++) {
    let to = from
    let total = 0
    while (to < tierOf.length && tierOf[to] === t) total += counts.sent[to++]!
    const { imbalance, jain, cv } = evenness(counts.sent, from, to)
    for (const value of [imbalance, jain, cv]) columns[next++]!.values[i] = total === 0 ? NaN : value
    from = to
    if (!countsSessions[t]) continue
    for (let figure = 0; figure < SESSION_FIGURES; figure++) {
      columns[next++]!.values[i] = counts.sessions[t * SESSION_FIGURES + figure]! * (1e9 / length)
    }
  }
}

/** The next step begins. */
export function clearTiers(counts: TierCounts): void {
  counts.sent.fill(0)
  counts.sessions.fill(0)
}
