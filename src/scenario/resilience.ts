/** What clients, balancers and replicas do about failures and overload, as the engine takes it. */

import type { Duration } from '../base/time.ts'
import type { Chosen } from '../policies/policy.ts'
import type { BackOff } from '../policies/resilience/back-off.ts'
import type { Codel } from '../policies/resilience/codel.ts'
import type { Cause } from '../policies/resilience/conditions.ts'
import type { TryRules } from '../policies/upstream/tries.ts'

/** How the balancers of a tier try again. */
export interface BalancerRetries extends Omit<TryRules, 'overall'> {
  /** No try begins so long after the first, ns; absent: that is no matter. */
  readonly overall?: Duration
  readonly on: readonly Cause[]
  /** How long a balancer waits for the answer to one try, ns; absent: for ever. */
  readonly timeout?: Duration
  /** What becomes of the work of a try that it no longer waits for. */
  readonly onTimeout: 'continue' | 'cancel'
  /** Absent: at once. */
  readonly backOff?: BackOff
  readonly budget?: Chosen
  /** HAProxy's pause before the same server is tried again, ns. */
  readonly pause: Duration
}

/** How a population tries again. */
export interface ClientRetries {
  /** Tries in all, the first included. */
  readonly tries: number
  readonly on: readonly Cause[]
  /** How long a client waits for the answer to one try, ns; absent: as long as for the request. */
  readonly timeout?: Duration
  readonly backOff: BackOff
  readonly budget?: Chosen
  /** True: requests that change something are repeated too, even when work may have begun. */
  readonly nonIdempotent: boolean
  /** What a client that was told when to come again makes of it; absent: it takes no notice. */
  readonly retryAfter?: 'honoured' | 'ignored'
}

/** How a replica protects itself. */
export interface Protection {
  /** A rule for load shedding. */
  readonly shed?: Chosen
  /** An adaptive limit of requests under way. */
  readonly limit?: Chosen
  /** True: a request whose client has stopped waiting by then is not begun. */
  readonly dropsLate?: boolean
  /** Of discipline `codel`. */
  readonly codel?: Codel
  /** Of discipline `adaptive-lifo`: how long the queue must not have been empty, ns. */
  readonly lifoAfter?: Duration
}
