/**
 * What a retry budget is: a rule that allows another try only while tries are few compared with requests, so
 * that retries cannot multiply the load. Its memory is a few doubles; time is handed in, ns.
 */

import type { Instant } from '../../../base/time.ts'
import type { Params, Policy } from '../../policy.ts'

export interface Budget extends Policy {
  /** True: a try that it forbids is told as a fact. */
  readonly tellsOverflow?: true
  /** Empty memory: nothing is under way. */
  remember(params: Params): Float64Array
  /** A request begins, with its first try. */
  begun(params: Params, memory: Float64Array, now: Instant): void
  /** Whether one more try is allowed; if so it is counted as begun. */
  spend(params: Params, memory: Float64Array, now: Instant): boolean
  /**
   * A try has ended.
   * @param isFurther `spend` has allowed it
   * @param result 1: it succeeded; -1: it failed in a way that is worth another try; 0: neither
   */
  tried(params: Params, memory: Float64Array, isFurther: boolean, result: 1 | 0 | -1): void
  /** A request has ended, after all its tries. */
  ended(params: Params, memory: Float64Array): void
}
