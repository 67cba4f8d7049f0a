/** Rate limits of a tier as the engine takes them. */

import type { Chosen } from '../policies/policy.ts'
import type { Outage } from './scenario.ts'
import type { Method } from './sent.ts'

/**
 * What is counted apart: the address that the node sees, the browser whatever its address, the session, the
 * path (key) asked for, what a client always sends (an API key); `global`: everything together.
 */
export type LimitKey = 'address' | 'visitor' | 'session' | 'path' | 'header' | 'global'

export interface RateLimit {
  /** A limiter with its parameters. */
  readonly rule: Chosen
  readonly key: LimitKey
  /** How many keys are remembered at each place that counts. */
  readonly keys: number
  /** What those who are rejected are told; with 429 also when to come again (Retry-After). */
  readonly status: 429 | 503
  /** Every node counts for itself, or all ask one store. */
  readonly scope: 'node' | 'shared'
  /** Absent: it answers at once and always. */
  readonly store?: LimitStore
  /** Ids of the populations that are judged; absent: all. */
  readonly only?: readonly string[]
  /** A request is in the first class that it fits; absent: all are alike. */
  readonly classes?: readonly LimitClass[]
  /** How classes share the limit: name of a rule. */
  readonly sharing?: string
}

/** Requests that a limit counts apart, and what of it they may have. */
export interface LimitClass {
  readonly name: string
  /** Share of the limit, above 0 and at most 1; for what, the rule for sharing says. */
  readonly share: number
  /** All that is given must hold; nothing given: everything. Ids of populations. */
  readonly clients?: readonly string[]
  /** Of populations: 0 is most important. */
  readonly priority?: number
  /** Keys (paths) asked for. */
  readonly keys?: readonly number[]
  readonly methods?: readonly Method[]
  /** All of them must be sent, each with one of the values. */
  readonly headers?: readonly { readonly name: string; readonly values: readonly string[] }[]
}

export interface LimitStore {
  /** From the question to the answer, ns. */
  readonly latency: Chosen
  readonly outages: readonly Outage[]
  /** What happens to requests meanwhile: `open`: they pass; `closed`: they are rejected. */
  readonly onOutage: 'open' | 'closed'
}
