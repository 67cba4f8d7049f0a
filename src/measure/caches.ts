/** What caches are measured by: by node over the run, by node within a step, and over all tiers. */

import {
  BACKGROUND_FETCH,
  EVICTED,
  FETCHED,
  INVALIDATED,
  LOOKED_UP,
  PURGED,
  verdict,
  WENT_PAST,
} from '../model/facts.ts'
import type { CacheReport } from './cache-report.ts'
import type { Layout } from './layout.ts'
import type { SeriesColumn } from './series.ts'
import { highestOf, ratio, sumOf } from './totals.ts'

/** Plain data. */
export interface CacheCounts {
  /** By node, of measured requests: see the columns below. */
  readonly total: Float64Array
  /** By node, of the present step: look-ups, those that were served, fetches that ended, bytes of the first two. */
  readonly step: Float64Array
  /** Of measured requests: those that asked the first tier with a cache, and those that some cache answered. */
  readonly overall: Float64Array
}

const LOOK_UPS = 0
const SERVED = 1
const STALE = 2
const WAITED = 3
const PASSED = 4
const BYTES = 5
const BYTES_SERVED = 6
const FETCHES = 7
const BEHIND = 8
const FAILED = 9
const BYTES_FETCHED = 10
const OLD = 11
const OLD_TIME = 12
const OLDEST = 13
const EVICTIONS = 14
const PURGES = 15
const UNCHANGED = 16
const BYPASSED = 17
const WRITES = 18
const INVALIDATIONS = 19
const WIDTH = 20

const STEP_WIDTH = 5

export function cacheCounts({ replicas, hasCache }: Layout): CacheCounts {
  const nodes = hasCache.includes(true) ? replicas.length : 0
  return {
    total: new Float64Array(nodes * WIDTH),
    step: new Float64Array(nodes * STEP_WIDTH),
    overall: new Float64Array(2),
  }
}

/** A fact about a cache. @param isFirst its tier is the first that has one */
export function foldCache(
  counts: CacheCounts,
  code: number,
  node: number,
  subject: number,
  value: number,
  isFirst: boolean,
  isMeasured: boolean,
): void {
  const kind = code & 255
  const n = node * WIDTH
  if (kind === LOOKED_UP) lookedUp(counts, node, subject, code >> 8, value, isFirst, isMeasured)
  else if (kind === FETCHED) fetched(counts, node, code >> 8, value, isMeasured)
  else if (kind === PURGED) counts.total[n + PURGES]! += subject
  else if (kind === INVALIDATED) counts.total[n + INVALIDATIONS]! += subject
  else if (!isMeasured) return
  else if (kind === WENT_PAST) counts.total[n + (code >> 8 === 1 ? WRITES : BYPASSED)]!++
  else if (kind === EVICTED) counts.total[n + EVICTIONS]!++
  else servedOld(counts, node, value)
}

function lookedUp(
  { total, step, overall }: CacheCounts,
  node: number,
  request: number,
  detail: number,
  bytes: number,
  isFirst: boolean,
  isMeasured: boolean,
): void {
  const said = detail & 15
  const hasWaited = detail >= 16
  const served = verdict.isServed(said)
  // Whoever has waited was counted when it came, and no hit was it.
  if (hasWaited) return
  step[node * STEP_WIDTH]!++
  step[node * STEP_WIDTH + 3]! += bytes
  if (served) {
    step[node * STEP_WIDTH + 1]!++
    step[node * STEP_WIDTH + 4]! += bytes
  }
  if (!isMeasured) return
  const n = node * WIDTH
  total[n + LOOK_UPS]!++
  total[n + BYTES]! += bytes
  if (served) {
    total[n + SERVED]!++
    total[n + BYTES_SERVED]! += bytes
    if (said !== verdict.HIT) total[n + STALE]!++
  } else if (said === verdict.WAIT) total[n + WAITED]!++
  else if (said === verdict.PASS || said === verdict.MISS_ALONE) total[n + PASSED]!++
  if (request - Math.floor(request) >= BACKGROUND_FETCH) return
  if (isFirst) overall[0]!++
  if (served) overall[1]!++
}

/** A fetch has ended. @param detail its outcome, + 16 in the background, + 32 when nothing had changed */
function fetched(
  { total, step }: CacheCounts,
  node: number,
  detail: number,
  bytes: number,
  isMeasured: boolean,
): void {
  step[node * STEP_WIDTH + 2]!++
  if (!isMeasured) return
  const n = node * WIDTH
  total[n + FETCHES]!++
  total[n + BYTES_FETCHED]! += bytes
  if ((detail & 15) !== 0) total[n + FAILED]!++
  if ((detail & 16) !== 0) total[n + BEHIND]!++
  if ((detail & 32) !== 0) total[n + UNCHANGED]!++
}

/** Something was served that has changed at its origin `age` ns ago; 0: it has not. */
function servedOld({ total }: CacheCounts, node: number, age: number): void {
  const n = node * WIDTH
  if (age === 0) return
  total[n + OLD]!++
  total[n + OLD_TIME]! += age
  total[n + OLDEST] = Math.max(total[n + OLDEST]!, age)
}

/** Of all requests that asked the first tier with a cache, the share that some cache answered; null without. */
export function hitRateOf({ overall }: CacheCounts): number | null {
  return ratio(overall[1]!, overall[0]!)
}

/** Of one node. */
export function nodeHitRate({ total }: CacheCounts, node: number): number | null {
  return ratio(total[node * WIDTH + SERVED]!, total[node * WIDTH + LOOK_UPS]!)
}

/** The same of bytes. */
export function nodeByteHitRate({ total }: CacheCounts, node: number): number | null {
  return ratio(total[node * WIDTH + BYTES_SERVED]!, total[node * WIDTH + BYTES]!)
}

/** Of the nodes `first` to `end` - 1. */
export function cacheReport({ total }: CacheCounts, first: number, end: number): CacheReport {
  const of = (figure: number) => sumOf(total, WIDTH, figure, first, end)
  const lookUps = of(LOOK_UPS)
  const old = of(OLD)
  return {
    lookUps,
    hits: of(SERVED),
    staleHits: of(STALE),
    coalesced: of(WAITED),
    passed: of(PASSED),
    byteHitRate: ratio(of(BYTES_SERVED), of(BYTES)),
    fetches: of(FETCHES),
    backgroundFetches: of(BEHIND),
    failedFetches: of(FAILED),
    ...some('notModified', of(UNCHANGED)),
    fetchedBytes: of(BYTES_FETCHED),
    fetchesPerLookUp: ratio(of(FETCHES), lookUps),
    ...some('bypassed', of(BYPASSED)),
    ...some('writes', of(WRITES)),
    ...some('invalidated', of(INVALIDATIONS)),
    evictions: of(EVICTIONS),
    purged: of(PURGES),
    servedOld: old,
    servedOldShare: ratio(old, lookUps),
    servedOldMeanSeconds: ratio(of(OLD_TIME) / 1e9, old),
    servedOldMaxSeconds: highestOf(total, WIDTH, OLDEST, first, end) / 1e9,
  }
}

/** A figure that only some caches have. */
function some(name: string, value: number): Partial<CacheReport> {
  return value > 0 ? { [name]: value } : {}
}

/** By tier and in all: the hit rate of the tier, null where it has no cache. */
export function tierHitRate({ total }: CacheCounts, first: number, end: number): number | null {
  let served = 0
  let all = 0
  for (let node = first; node < end; node++) {
    served += total[node * WIDTH + SERVED]!
    all += total[node * WIDTH + LOOK_UPS]!
  }
  return ratio(served, all)
}

/** Columns `hitRate`, `byteHitRate` and `fetchesPerSecond` of tiers that have a cache. */
export function cacheColumns({ tiers, hasCache, steps }: Layout): SeriesColumn[] {
  return tiers.flatMap((tier, t): SeriesColumn[] =>
    hasCache[t]
      ? [
          {
            id: `tiers.${tier}.hitRate`,
            title: `${tier}: hit rate`,
            unit: '',
            kind: 'share',
            values: new Float64Array(steps).fill(NaN),
          },
          {
            id: `tiers.${tier}.byteHitRate`,
            title: `${tier}: hit rate of bytes`,
            unit: '',
            kind: 'share',
            values: new Float64Array(steps).fill(NaN),
          },
          {
            id: `tiers.${tier}.fetchesPerSecond`,
            title: `${tier}: fetches`,
            unit: '1/s',
            kind: 'rate',
            values: new Float64Array(steps).fill(NaN),
          },
        ]
      : [],
  )
}

/** Writes step `i`, of `length` ns, into the columns from `columns[first]` on; and of each node into `nodes`. */
export function writeCaches(
  columns: readonly SeriesColumn[],
  first: number,
  ofNodes: Float32Array | undefined,
  i: number,
  { step }: CacheCounts,
  { tierOf, hasCache }: Layout,
  length: number,
): void {
  if (step.length === 0) return
  const nodes = tierOf.length
  for (let node = 0; node < nodes; node++) {
    const asked = step[node * STEP_WIDTH]!
    if (ofNodes) ofNodes[i * nodes + node] = asked > 0 ? step[node * STEP_WIDTH + 1]! / asked : NaN
  }
  let next = first
  for (const [t, has] of hasCache.entries()) {
    if (!has) continue
    const sums = [0, 0, 0, 0, 0]
    for (let node = 0; node < nodes; node++) {
      if (tierOf[node] !== t) continue
      for (let k = 0; k < STEP_WIDTH; k++) sums[k]! += step[node * STEP_WIDTH + k]!
    }
    columns[next++]!.values[i] = sums[0]! > 0 ? sums[1]! / sums[0]! : NaN
    columns[next++]!.values[i] = sums[3]! > 0 ? sums[4]! / sums[3]! : NaN
    columns[next++]!.values[i] = sums[2]! * (1e9 / length)
  }
}

/** The next step begins. */
export function clearCaches({ step }: CacheCounts): void {
  step.fill(0)
}
