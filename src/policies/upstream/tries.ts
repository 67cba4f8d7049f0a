/**
 * Trying again: whether a request that failed at one replica is tried at another, when, and which replicas it
 * avoids. No simulation is in it, and no unit of time: whoever drives it brings one.
 *
 * - `standard`: up to so many tries, each avoiding the replicas tried before
 * - `nginx`: `proxy_next_upstream`; what was tried is left out, what is not idempotent is not sent twice
 *   (nginx 1.22.1, ngx_http_upstream_next)
 * - `haproxy`: `retries` and `option redispatch`; without a redispatch the same server is tried again after a
 *   pause, with one only the last server is avoided (HAProxy 2.6.12, back_handle_st_cer)
 */

import { NIL } from './line.ts'
import { letIn, takeOut } from './membership.ts'
import { FULL } from './standing.ts'
import type { Upstream } from './upstream.ts'

export interface TryRules {
  readonly rule: 'standard' | 'nginx' | 'haproxy'
  /** Tries in all, the first included; 0, with nginx: as many as there are replicas. */
  readonly tries: number
  /** No try begins so long after the first; Infinity: that is no matter. */
  readonly overall: number
  /** True: repeats what is not idempotent even when a replica may have begun with it. */
  readonly nonIdempotent: boolean
  /** Of HAProxy: at every nth further try another server; -1: at the last; 0: never. */
  readonly redispatch: number
}

/** One request's tries so far. */
export interface Tries {
  /** Tries that may still begin, the present one included. */
  left: number
  /** When the first began. */
  readonly began: number
  /** Replicas tried, in order. */
  readonly tried: number[]
}

/** How a try has failed. */
export interface Failure {
  /** One of the causes to try again for. */
  readonly isListed: boolean
  /** The request was sent: a replica may have begun with it. */
  readonly isSent: boolean
  readonly isIdempotent: boolean
}

/** How many tries a request may have, the first included. @param usable replicas that are not taken out for good, backups included */
export function triesAllowed({ rule, tries }: TryRules, usable: number): number {
  if (rule !== 'nginx') return tries
  return tries > 0 ? Math.min(tries, usable) : usable
}

/** As a request begins. @param usable as for `triesAllowed` */
export function firstTry(rules: TryRules, usable: number, now: number): Tries {
  return { left: triesAllowed(rules, usable), began: now, tried: [] }
}

/** Whether a try that has failed is followed by another one; call it once a failure. */
export function triesAgain(rules: TryRules, tries: Tries, failure: Failure, now: number): boolean {
  tries.left--
  return tries.left > 0 && mayRepeat(rules, failure) && now - tries.began < rules.overall
}

/** Whether a failure of this kind may be repeated at all. */
export function mayRepeat(rules: TryRules, { isListed, isSent, isIdempotent }: Failure): boolean {
  return isListed && (!isSent || isIdempotent || rules.nonIdempotent)
}

/**
 * Whether HAProxy's next try goes to another server, and at once; if not, it goes to the same after a pause.
 * Call it after `triesAgain`.
 * @param isRotating the strategy is one of those that HAProxy takes for round robin
 * @param active servers that can be used
 */
export function redispatches(
  rules: TryRules,
  { left }: Tries,
  isRotating: boolean,
  isSticky: boolean,
  active: number,
): boolean {
  const { redispatch, tries } = rules
  if (redispatch === 0) return false
  const nth = tries - left
  const isItsTurn = redispatch > 0 ? nth % redispatch === 0 : nth === tries - 1
  return isItsTurn || (isRotating && !isSticky && active > 1)
}

/**
 * The replica for a request that HAProxy has taken from the server that it was at: that one is passed over as
 * if it were full, and taken only when there is no other.
 * @param chosen asks the upstream, as `choose` does
 */
export function chooseAvoiding(u: Upstream, avoid: number, now: number, chosen: () => number): number {
  const isAvoided = avoid !== NIL && takeOut(u, avoid, FULL)
  const answer = chosen()
  if (!isAvoided) return answer
  letIn(u, avoid, FULL, now)
  return answer >= 0 ? answer : chosen()
}
