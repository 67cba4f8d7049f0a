/** What caches of clients are measured by, in all and by population. */

import type { Layout } from './layout.ts'
import type { ClientCacheReport } from './report.ts'

/** By population, of measured requests: see the columns below. Plain data. */
export type ClientCacheCounts = Float64Array

const LOOK_UPS = 0
const HITS = 1
const OLD = 2
const OLD_TIME = 3
const OLDEST = 4
const WIDTH = 5

/** Undefined where no client has a cache. */
export function clientCacheCounts({ clients, hasClientCache }: Layout): ClientCacheCounts | undefined {
  return hasClientCache.includes(true) ? new Float64Array(clients.length * WIDTH) : undefined
}

/** A visitor asks its own cache. @param age ns since what it held changed at its origin; 0: it has not */
export function askedAtHome(counts: ClientCacheCounts, client: number, isHit: boolean, age: number): void {
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
  const of = (figure: number) => {
    let sum = 0
    for (let client = first; client < end; client++) sum += counts[client * WIDTH + figure]!
    return sum
  }
  let oldest = 0
  for (let client = first; client < end; client++) oldest = Math.max(oldest, counts[client * WIDTH + OLDEST]!)
  const [lookUps, hits, old] = [of(LOOK_UPS), of(HITS), of(OLD)]
  return {
    clientCache: {
      lookUps,
      hits,
      hitRate: lookUps > 0 ? hits / lookUps : null,
      servedOld: old,
      servedOldShare: lookUps > 0 ? old / lookUps : null,
      servedOldMeanSeconds: old > 0 ? of(OLD_TIME) / 1e9 / old : null,
      servedOldMaxSeconds: oldest / 1e9,
    },
  }
}
