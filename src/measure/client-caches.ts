/** What caches of clients are measured by, in all and by population. */

import type { ClientCacheReport } from './cache-report.ts'
import type { Layout } from './layout.ts'
import type { SeriesColumn } from './series.ts'
import { highestOf, ratio, sumOf } from './totals.ts'

/** Plain data. */
export interface ClientCacheCounts {
  /** By population, of measured requests: see the columns below. */
  readonly total: Float64Array
  /** Of the present step: requests that asked, and those that were answered. */
  readonly step: Float64Array
}

const LOOK_UPS = 0
const HITS = 1
const OLD = 2
const OLD_TIME = 3
const OLDEST = 4
const WIDTH = 5

/** Undefined where no client has a cache. */
export function clientCacheCounts({ clients, hasClientCache }: Layout): ClientCacheCounts | undefined {
  if (!hasClientCache.includes(true)) return undefined
  return { total: new Float64Array(clients.length * WIDTH), step: new Float64Array(2) }
}

/** A visitor asks its own cache. @param age ns since what it held changed at its origin; 0: it has not */
export function askedAtHome(
  { total: counts, step }: ClientCacheCounts,
  client: number,
  isHit: boolean,
  age: number,
  isMeasured: boolean,
): void {
  step[0]!++
  if (isHit) step[1]!++
  if (!isMeasured) return
  const at = client * WIDTH
  counts[at + LOOK_UPS]!++
  if (isHit) counts[at + HITS]!++
  if (age === 0) return
  counts[at + OLD]!++
  counts[at + OLD_TIME]! += age
  counts[at + OLDEST] = Math.max(counts[at + OLDEST]!, age)
}

/** Of the populations `first` to `end` - 1; nothing where none of them has a cache. */
export function clientCacheReport(
  counts: ClientCacheCounts | undefined,
  { hasClientCache }: Layout,
  first: number,
  end: number,
): { readonly clientCache?: ClientCacheReport } {
  if (counts === undefined || !hasClientCache.slice(first, end).includes(true)) return {}
  const { total } = counts
  const of = (figure: number) => sumOf(total, WIDTH, figure, first, end)
  const [lookUps, hits, old] = [of(LOOK_UPS), of(HITS), of(OLD)]
  return {
    clientCache: {
      lookUps,
      hits,
      hitRate: ratio(hits, lookUps),
      servedOld: old,
      servedOldShare: ratio(old, lookUps),
      servedOldMeanSeconds: ratio(of(OLD_TIME) / 1e9, old),
      servedOldMaxSeconds: highestOf(total, WIDTH, OLDEST, first, end) / 1e9,
    },
  }
}

/** Column `clientHitRate`, where a client has a cache. */
export function clientCacheColumns({ hasClientCache, steps }: Layout): SeriesColumn[] {
  if (!hasClientCache.includes(true)) return []
  const values = new Float64Array(steps).fill(NaN)
  return [{ id: 'clientHitRate', title: 'Hit rate of clients’ caches', unit: '', kind: 'share', values }]
}

/** Writes step `i` into the column `first`, and begins the next one. */
export function writeClientCaches(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  counts: ClientCacheCounts | undefined,
): void {
  if (counts === undefined) return
  const [asked, answered] = counts.step
  columns[first]!.values[i] = asked! > 0 ? answered! / asked! : NaN
  counts.step.fill(0)
}
