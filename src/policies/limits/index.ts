/** All rate limiters, by public name. A new one is a file and a line here. */

import { type Registry, registry } from '../../base/registry.ts'
import { concurrency } from './concurrency.ts'
import { fixedWindow } from './fixed-window.ts'
import { gcra } from './gcra.ts'
import { leakyBucket } from './leaky-bucket.ts'
import type { Limiter } from './limit.ts'
import { slidingCounter } from './sliding-counter.ts'
import { slidingLog } from './sliding-log.ts'
import { slidingWindow } from './sliding-window.ts'
import { tokenBucket } from './token-bucket.ts'
import { vsthrottle } from './vsthrottle.ts'

/** How classes share a limit. */
export { sharings } from './sharing.ts'

export const limiters: Registry<Limiter> = registry('rate limiter', [
  leakyBucket,
  tokenBucket,
  gcra,
  fixedWindow,
  slidingWindow,
  slidingCounter,
  slidingLog,
  vsthrottle,
  concurrency,
])
