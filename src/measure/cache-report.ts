/** The part of a report that is about caches. */

/** What the caches of a tier's replicas did for measured requests. */
export interface CacheReport {
  readonly lookUps: number
  /** Answered from what was held, stale hits among them; who waited for another's fetch is none. */
  readonly hits: number
  /** Served beyond their ttl. */
  readonly staleHits: number
  /** Waited for another's fetch. */
  readonly coalesced: number
  /** Went on without waiting for anybody, as nothing could be kept. */
  readonly passed: number
  readonly byteHitRate: number | null
  /** Requests to the next tier that came back, those in the background among them. */
  readonly fetches: number
  readonly backgroundFetches: number
  readonly failedFetches: number
  /** Fetches that brought only the word that nothing had changed; absent when there were none. */
  readonly notModified?: number
  readonly fetchedBytes: number
  readonly fetchesPerLookUp: number | null
  /** Requests that had nothing to do with the cache; those that changed something; absent when there were none. */
  readonly bypassed?: number
  readonly writes?: number
  /** Objects that writes have taken out or made new; absent when there were none. */
  readonly invalidated?: number
  readonly evictions: number
  readonly purged: number
  /** Answers that had changed at their origin already; their age is the time since that change. */
  readonly servedOld: number
  readonly servedOldShare: number | null
  readonly servedOldMeanSeconds: number | null
  readonly servedOldMaxSeconds: number
}

/** What caches of clients did for measured requests; a hit there reaches no tier. */
export interface ClientCacheReport {
  readonly lookUps: number
  readonly hits: number
  readonly hitRate: number | null
  /** Answers that had changed at their origin already; their age is the time since that change. */
  readonly servedOld: number
  readonly servedOldShare: number | null
  readonly servedOldMeanSeconds: number | null
  readonly servedOldMaxSeconds: number
}
