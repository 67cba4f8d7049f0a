/**
 * Requests that are not placed for themselves: their client sticks to a replica, or their connection leads
 * to one. What a browser carries (cookies) is kept for each tier; what a balancer remembers, for each
 * balancer, which knows nothing of the tables of others.
 *
 * Limits of realism: a cookie is the browser's once the balancer has passed on the answer that sets it; of a
 * visitor's requests that overlap, an answer is held against the cookie that the browser has by then.
 */

import { addRow, findRow, NO_ROW } from '../base/keyed-rows.ts'
import type { Asked } from '../policies/balancing/strategy.ts'
import { chooseFor, isNews } from '../policies/upstream/affinity.ts'
import { allowed, choose } from '../policies/upstream/choose.ts'
import { TRIED } from '../policies/upstream/standing.ts'
import { findStuck, stick } from '../policies/upstream/stick-table.ts'
import type { Balancer, Cluster } from './cluster.ts'
import { leadTo, replicaOfConnection } from './connections.ts'
import { ERROR, EXPIRED, OK, REJECTED } from './facts.ts'
import { ADDRESS, BEARER, CLIENT, IS_SETTLED, isCheck, KEY, NIL, VISITOR } from './tables.ts'
import { visitorNumber } from './visitors.ts'

/** The replica for a request, or one of the answers of `choose`. */
export function chooseBound(c: Cluster, pool: number, request: number, asked: Asked): number {
  const balancer = c.pools[pool]!
  const { upstream, tier } = balancer
  if (isCheck(c.requests, request)) return choose(upstream, asked, c.now)
  if (tier.perConnection) {
    const replica = replicaOfConnection(c, request)
    // One that has refused this request is not tried again at once.
    if (replica !== NIL && (upstream.out[replica]! & TRIED) === 0) return allowed(upstream, replica)
  }
  const { affinity } = tier
  if (affinity === undefined) return choose(upstream, asked, c.now)
  return chooseFor(affinity, upstream, asked, c.now, stuckTo(c, balancer, request))
}

/** A request is sent to a replica: a connection leads there from now on, or an entry is made. */
export function bind(c: Cluster, pool: number, request: number, replica: number): void {
  const balancer = c.pools[pool]!
  const { affinity, perConnection } = balancer.tier
  if (isCheck(c.requests, request)) return
  if (perConnection) leadTo(c, request, replica)
  if (affinity === undefined || affinity.by === 'cookie' || affinity.by === 'app-cookie') return
  if (!isNews(affinity, stuckTo(c, balancer, request), replica)) return
  stick(balancer.stuck!, entryOf(c, balancer, request), replica, c.now)
}

/** An answer passes a balancer on its way back: it sets a cookie, or the balancer learns the application's. */
export function learn(c: Cluster, pool: number, request: number, replica: number, outcome: number): void {
  const balancer = c.pools[pool]!
  const { affinity } = balancer.tier
  if (affinity?.by !== 'cookie' && affinity?.by !== 'app-cookie') return
  if (isCheck(c.requests, request)) return
  // Whoever has left gets no cookie, and a replica that could not be reached sets none.
  if (c.requests.int[(request << 3) | IS_SETTLED] === 1 || !isOfReplica(outcome)) return
  if (!isNews(affinity, stuckTo(c, balancer, request), replica)) return
  if (affinity.by === 'app-cookie') stick(balancer.stuck!, entryOf(c, balancer, request), replica, c.now)
  else giveCookie(c, balancer, request, replica)
}

function isOfReplica(outcome: number): boolean {
  return outcome === OK || outcome === ERROR || outcome === REJECTED || outcome === EXPIRED
}

function stuckTo(c: Cluster, balancer: Balancer, request: number): number {
  if (balancer.stuck !== undefined) return findStuck(balancer.stuck, entryOf(c, balancer, request), c.now)
  const cookies = c.tiers[balancer.tier.index]!.cookies!
  const row = findRow(cookies, bearerOf(c, request))
  return row === NO_ROW ? NIL : cookies.values[row]!
}

function giveCookie(c: Cluster, { tier }: Balancer, request: number, replica: number): void {
  const cookies = c.tiers[tier.index]!.cookies!
  const bearer = bearerOf(c, request)
  let row = findRow(cookies, bearer)
  if (row === NO_ROW) row = addRow(cookies, bearer)
  cookies.values[row] = replica
}

/** What a balancer's table knows a request by. */
function entryOf(c: Cluster, { tier }: Balancer, request: number): number {
  const r = request * c.requests.stride
  const { by } = tier.affinity!
  if (by === 'source') return c.requests.num[r + ADDRESS]!
  if (by === 'key') return c.requests.num[r + KEY]!
  if (by === 'app-cookie') return bearerOf(c, request)
  const { int } = c.requests
  return visitorNumber(int[(request << 3) | CLIENT]!, int[(request << 3) | VISITOR]!)
}

function bearerOf(c: Cluster, request: number): number {
  return c.requests.num[request * c.requests.stride + BEARER]!
}
