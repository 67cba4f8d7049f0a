/** Connections to the replicas of tiers that count them, and the handshakes on them. */

import type { Instant } from '../base/time.ts'
import type { Layout } from './layout.ts'
import type { ConnectionsReport } from './report.ts'
import type { SeriesColumn } from './series.ts'

/**
 * Plain data, eight figures a tier: of measured requests those opened, full and resumed handshakes and their
 * work (ns); how many are open, the most that were in the window, and the area under that; handshakes in
 * this step. Behind all tiers stands since when the areas have been as they are, a place for each tier.
 */
export type Connections = Float64Array

const OPENED = 0
const FULL = 1
const RESUMED = 2
const WORK = 3
const OPEN = 4
const MOST = 5
const AREA = 6
const IN_STEP = 7
const FIGURES = 8

export function connectionCounts({ tiers, hasTransport }: Layout): Connections | undefined {
  return hasTransport.includes(true) ? new Float64Array(tiers.length * (FIGURES + 1)) : undefined
}

/** @param how 0 without TLS, 1 full, 2 resumed */
export function countOpened(
  all: Connections,
  tier: number,
  at: Instant,
  how: number,
  work: number,
  isMeasured: boolean,
): void {
  const first = tier * FIGURES
  change(all, tier, at, 1)
  if (how > 0) all[first + IN_STEP]!++
  if (!isMeasured) return
  all[first + OPENED]!++
  all[first + WORK]! += work
  if (how > 0) all[first + (how === 1 ? FULL : RESUMED)]!++
}

export function countClosed(all: Connections, tier: number, at: Instant, many: number): void {
  change(all, tier, at, -many)
}

/** The measured window begins. */
export function forgetConnections(all: Connections, at: Instant): void {
  const tiers = all.length / (FIGURES + 1)
  for (let tier = 0; tier < tiers; tier++) {
    change(all, tier, at, 0)
    all[tier * FIGURES + AREA] = 0
    all[tier * FIGURES + MOST] = all[tier * FIGURES + OPEN]!
  }
}

/** @param busy ns that the tier's slots were taken within the window, which lasted from `from` to `to` */
export function connectionsReport(
  all: Connections,
  tier: number,
  from: Instant,
  to: Instant,
  busy: number,
): ConnectionsReport {
  const of = (figure: number) => all[tier * FIGURES + figure]!
  const since = all[sinceOf(all, tier)]!
  const handshakes = of(FULL) + of(RESUMED)
  return {
    opened: of(OPENED),
    handshakes,
    handshakesPerSecond: to > from ? (handshakes * 1e9) / (to - from) : 0,
    resumptionRate: handshakes > 0 ? of(RESUMED) / handshakes : null,
    handshakeShare: busy > 0 ? of(WORK) / busy : null,
    meanOpen: to > from ? (of(AREA) + of(OPEN) * (to - since)) / (to - from) : 0,
    mostOpen: of(MOST),
  }
}

/** Columns `tiers.web.handshakesPerSecond` and `tiers.web.connections`, where they are counted. */
export function connectionColumns({ tiers, hasTransport, steps }: Layout): SeriesColumn[] {
  const values = () => new Float64Array(steps).fill(NaN)
  return tiers.flatMap((tier, t): SeriesColumn[] => {
    if (!hasTransport[t]) return []
    const id = `tiers.${tier}.`
    return [
      {
        id: `${id}handshakesPerSecond`,
        title: `${tier}: handshakes`,
        unit: '1/s',
        kind: 'rate',
        values: values(),
      },
      {
        id: `${id}connections`,
        title: `${tier}: open connections`,
        unit: '',
        kind: 'gauge',
        values: values(),
      },
    ]
  })
}

/** Writes step `i`, of `length` ns, into columns, of which `columns[first]` is the first of these. */
export function writeConnections(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  all: Connections | undefined,
  { hasTransport }: Layout,
  length: number,
): void {
  if (all === undefined) return
  let next = first
  for (const [tier, has] of hasTransport.entries()) {
    if (!has) continue
    columns[next++]!.values[i] = all[tier * FIGURES + IN_STEP]! * (1e9 / length)
    columns[next++]!.values[i] = all[tier * FIGURES + OPEN]!
    all[tier * FIGURES + IN_STEP] = 0
  }
}

function change(all: Connections, tier: number, at: Instant, by: number): void {
  const first = tier * FIGURES
  const since = sinceOf(all, tier)
  all[first + AREA]! += all[first + OPEN]! * (at - all[since]!)
  all[since] = at
  all[first + OPEN]! += by
  if (all[first + OPEN]! > all[first + MOST]!) all[first + MOST] = all[first + OPEN]!
}

function sinceOf(all: Connections, tier: number): number {
  return (all.length / (FIGURES + 1)) * FIGURES + tier
}
