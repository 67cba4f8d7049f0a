/** What a cache can say to a request, by number. */

/** It is held and fresh. */
export const HIT = 0
/** It is held, old, and served; somebody fetches it already. */
export const STALE = 1
/** It is held, old, and served; a fetch has to be made in the background. */
export const STALE_AND_FETCH = 2
/** It has to be fetched, and those who come meanwhile may wait for that; also beside a fetch that takes too long. */
export const MISS = 3
/** It waits for a fetch under way. */
export const WAIT = 4
/** It goes to the origin and waits for nobody, as nothing can be kept (hit-for-pass, or a plain pass). */
export const PASS = 5
/** It goes to the origin and waits for nobody, as the last answer could not be kept (hit-for-miss). */
export const MISS_ALONE = 6
/** nginx: it is held and old; it is fetched, and others may fetch it, too. */
export const EXPIRED = 7

/** By verdict. */
export const VERDICTS = [
  'hit',
  'stale hit',
  'stale hit, fetched in the background',
  'miss',
  'waited for a fetch',
  'pass',
  'hit-for-miss',
  'expired',
] as const

/** Whether what is held is served. */
export function isServed(verdict: number): boolean {
  return verdict <= STALE_AND_FETCH
}
