/** Strategies that begin anew while the balancer runs: another one, or the same after a reload. */

import { strategies } from '../balancing/index.ts'
import { setReady } from '../balancing/pool.ts'
import { type Pool, type Strategy, whenFullOf } from '../balancing/strategy.ts'
import type { Chosen, Params } from '../policy.ts'
import { isReadyNow } from './membership.ts'
import { FULL } from './standing.ts'
import type { Upstream } from './upstream.ts'

/**
 * A balancer chooses by another strategy from now on. What it knows stays: its counts of requests in flight,
 * what it believes of its replicas, their weights, who waits. What the strategy before remembered is gone.
 */
export function switchStrategy(u: Upstream, chosen: Chosen, now: number): void {
  const strategy = strategies.get(chosen.policy)
  const skipsFull = whenFullOf(strategy, chosen.params) === 'skip'
  const settings = Object.freeze({ ...u.fixed.settings, strategy: chosen })
  u.fixed = Object.freeze({ ...u.fixed, settings, strategy, skipsFull })
  for (const [replica, out] of u.out.entries()) {
    if ((out & FULL) === 0) continue
    const { pool } = u.groups[u.fixed.groupOf[replica]!]!
    const place = u.fixed.placeOf[replica]!
    pool.isFull[place] = skipsFull ? 0 : 1
    setReady(pool, place, isReadyNow(u, replica))
  }
  beginAnew(u, now)
  u.fixed.onSwitch?.(u)
}

/** The strategy forgets what it remembers: its place in the round, its averages. */
export function beginAnew({ fixed, groups }: Upstream, now: number): void {
  for (const group of groups) {
    group.pool.now = now
    group.memory = rememberAnew(group.pool, fixed.strategy, fixed.settings.strategy.params)
  }
}

/** A strategy begins with replicas that are all ready and idle, and is then told how they are. */
function rememberAnew(pool: Pool, strategy: Strategy, params: Params): unknown {
  const ready = pool.isReady.slice()
  const counts = pool.inFlight.slice()
  const full = pool.isFull.slice()
  for (let place = 0; place < ready.length; place++) setReady(pool, place, true)
  pool.inFlight.fill(0)
  pool.isFull.fill(0)
  const memory = strategy.remember(params, pool)
  pool.isFull.set(full)
  for (let place = 0; place < ready.length; place++) {
    if (counts[place] !== 0) {
      pool.inFlight[place] = counts[place]!
      strategy.changed?.(pool, memory, place)
    }
    if (ready[place] === 1) continue
    setReady(pool, place, false)
    strategy.changed?.(pool, memory, place)
  }
  return memory
}
