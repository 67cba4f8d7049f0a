/** Connections to the replicas of tiers that count them, and the handshakes on them. */

import type { Instant } from '../base/time.ts'
import type { Layout } from './layout.ts'
import type { ConnectionsReport } from './report.ts'
import type { SeriesColumn } from './series.ts'
import { ratio } from './totals.ts'

/**
 * Plain data, ten figures a tier: of measured requests those opened, full and resumed handshakes and their
 * work (ns); how many are open, the most that were in the window, and the area under that; of this step those
 * opened, handshakes, and those of them that resumed. Behind all tiers stands since when the areas have been as they are, a place for each tier.
 */
export type Connections = Float64Array

const OPENED = 0
const FULL = 1
const RESUMED = 2
const WORK = 3
const OPEN = 4
const MOST = 5
const AREA = 6
const OPENED_IN_STEP = 7
const HANDSHAKES_IN_STEP = 8
const RESUMED_IN_STEP = 9
const FIGURES = 10

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
  all[first + OPENED_IN_STEP]!++
  if (how > 0) all[first + HANDSHAKES_IN_STEP]!++
  if (how > 1) all[first + RESUMED_IN_STEP]!++
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

/**
 * @param busy ns that the tier's slots were taken within the window, which lasted from `from` to `to`
 * @param calls that the tier was sent
 */
export function connectionsReport(
  all: Connections,
  tier: number,
  from: Instant,
  to: Instant,
  busy: number,
  calls: number,
): ConnectionsReport {
  const of = (figure: number) => all[tier * FIGURES + figure]!
  const since = all[sinceOf(all, tier)]!
  const handshakes = of(FULL) + of(RESUMED)
  return {
    opened: of(OPENED),
    reuseShare: calls > 0 ? Math.max(0, 1 - of(OPENED) / calls) : null,
    handshakes,
    handshakesPerSecond: to > from ? (handshakes * 1e9) / (to - from) : 0,
    resumptionRate: ratio(of(RESUMED), handshakes),
    handshakeShare: ratio(of(WORK), busy),
    meanOpen: to > from ? (of(AREA) + of(OPEN) * (to - since)) / (to - from) : 0,
    mostOpen: of(MOST),
  }
}

const OF_ALL = [
  ['connections', 'open connections', '', 'gauge'],
  ['connectionsOpenedPerSecond', 'connections opened', '1/s', 'rate'],
] as const

const OF_TLS = [
  ['handshakesPerSecond', 'handshakes', '1/s', 'rate'],
  ['resumptionRate', 'handshakes that resumed', '', 'share'],
] as const

/** Columns `tiers.web.connections` and so on, where they are counted; of handshakes where there are any. */
export function connectionColumns({ tiers, hasTransport, hasTls, steps }: Layout): SeriesColumn[] {
  return tiers.flatMap((tier, t) =>
    [...(hasTransport[t] ? OF_ALL : []), ...(hasTls[t] ? OF_TLS : [])].map(
      ([id, title, unit, kind]): SeriesColumn => ({
        id: `tiers.${tier}.${id}`,
        title: `${tier}: ${title}`,
        unit,
        kind,
        values: new Float64Array(steps).fill(NaN),
      }),
    ),
  )
}

/** Writes step `i`, of `length` ns, into columns, of which `columns[first]` is the first of these. */
export function writeConnections(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  all: Connections | undefined,
  { hasTransport, hasTls }: Layout,
  length: number,
): void {
  if (all === undefined) return
  let next = first
  const write = (value: number) => {
    columns[next++]!.values[i] = value
  }
  for (const [tier, has] of hasTransport.entries()) {
    if (!has) continue
    const at = tier * FIGURES
    write(all[at + OPEN]!)
    write(all[at + OPENED_IN_STEP]! * (1e9 / length))
    if (hasTls[tier]) {
      const handshakes = all[at + HANDSHAKES_IN_STEP]!
      write(handshakes * (1e9 / length))
      write(handshakes > 0 ? all[at + RESUMED_IN_STEP]! / handshakes : NaN)
    }
    all.fill(0, at + OPENED_IN_STEP, at + FIGURES)
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
