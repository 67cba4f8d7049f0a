/**
 * What became of one request, and why: plain data that terminal and screen both show. Times are nanoseconds;
 * a node is a replica counted over all tiers, -1 stands for the clients and the balancers in front.
 */

import type { FactName } from '../../model/facts.ts'

export interface Story {
  /** Serial number, from 0 in order of birth. */
  readonly request: number
  /** Its population of clients. */
  readonly client: string
  readonly key: number
  readonly address: number
  /** Its session (or, below 0, its visitor for the whole run): see model/visitors.ts. */
  readonly bearer: number
  readonly born: number
  /** When its client had its answer or gave up; NaN while it is under way at the end of what is computed. */
  readonly settled: number
  /** See model/facts `OUTCOME_NAMES`; -1 while it is under way. */
  readonly outcome: number
  /** Its way, in order: its clients' network, then a leg for each try at each tier. */
  readonly legs: readonly Leg[]
  /** In order of time. */
  readonly choices: readonly Choice[]
  readonly facts: readonly StoryFact[]
  /** Why it failed, the nearest cause first; none of a request that succeeded. */
  readonly causes: readonly Cause[]
}

/** One fact of it; see model/facts for what subject, object, value and detail mean for each kind. */
export interface StoryFact {
  readonly at: number
  readonly kind: FactName
  /** 0: the request itself; 1 and on: its further tries. */
  readonly attempt: number
  readonly object: number
  readonly value: number
  readonly detail: number
}

/** One call of it: from whoever sent it to a replica and back; or the way to the balancer in front and back. */
export interface Leg {
  /** Tier; -1: the clients' network. */
  readonly tier: number
  /** -1: the clients' network, or a call that never came to a replica. */
  readonly node: number
  readonly attempt: number
  /** Why there is a further try; empty for the first. */
  readonly why: '' | 'the balancer tries again' | 'the client tries again' | 'the client hedges'
  readonly spans: readonly Span[]
  readonly marks: readonly Mark[]
  /** -1 while it is under way. */
  readonly outcome: number
  /** Place in `choices`, or -1. */
  readonly choice: number
}

/**
 * - `way`, `back`: on the network
 * - `line`: at its balancer, which waits for a place
 * - `limit`: held back by a rate limit
 * - `queue`, `service`: at the replica
 * - `below`: the replica waits for the next tier (or its cache for a fetch)
 */
export type SpanKind = 'way' | 'line' | 'limit' | 'queue' | 'service' | 'below' | 'back'

export interface Span {
  readonly kind: SpanKind
  readonly from: number
  readonly to: number
}

/** Something that takes no time: a look-up in a cache, a session that has moved. */
export interface Mark {
  readonly at: number
  readonly text: string
}

/**
 * Where a request was sent, and by what.
 *
 * - `picked`: the strategy chose among candidates
 * - `waits`: it found no place, and the request waits in line
 * - `turned away`: it found nobody, and the request goes no further
 * - `place came free`: it had waited, and this replica had room first
 * - `bound`: its client sticks to the replica, or its connection leads there
 * - `again`: the balancer tries the same replica once more
 */
export type How = 'picked' | 'waits' | 'turned away' | 'place came free' | 'bound' | 'again'

export interface Choice {
  readonly at: number
  readonly attempt: number
  readonly tier: number
  /** The node that sent it; -1 and below: balancers in front. */
  readonly from: number
  /** The replica, or -1. */
  readonly chosen: number
  readonly how: How
  readonly strategy: string
  /** When the counts were looked at that it went by; NaN: they were as new as can be. */
  readonly seenAt: number
  /** Of the level of priority that was asked; none when no strategy was. */
  readonly candidates: readonly Candidate[]
  /** Candidates that are left out here because there are so many. */
  readonly omitted: number
}

/** A replica as the balancer saw it at that moment, and as it was. */
export interface Candidate {
  readonly node: number
  /** Why it could not be picked: bits of policies/upstream/standing; 0: it could. */
  readonly out: number
  readonly weight: number
  /** Requests that the balancer believed to have there. */
  readonly inFlight: number
  /** What the strategy compares, NaN where it does not score this one; and what it is made of. */
  readonly score: number
  /** The score as the reason names it, where more of it is better; absent: `score`. */
  readonly figure?: number
  readonly note: string
  /** As it was: see model/facts `HEALTH_UP` …, requests in service, waiting, and waiting for the next tier. */
  readonly health: number
  readonly busy: number
  readonly waiting: number
  readonly below: number
}

export interface Cause {
  /** NaN: it holds all the time. */
  readonly at: number
  readonly text: string
}
