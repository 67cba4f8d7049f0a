/** Passive health: each balancer judges replicas by how the requests that it has sent them end. */

import { schedule } from '../../engine/event-queue.ts'
import { observes } from '../../policies/health/passive/haproxy-observe.ts'
import { GOOD } from '../../policies/health/passive/watch.ts'
import { penalise } from '../../policies/upstream/penalise.ts'
import { EJECTED } from '../../policies/upstream/standing.ts'
import type { Cluster } from '../cluster.ts'
import { SWEEPS } from '../event-kinds.ts'
import { admit } from './belief.ts'
import { endingOf } from './endings.ts'
import { exclude } from './exclude.ts'
import { blame } from './results.ts'
import { isLeftOut } from './trials.ts'

/** Plans the first sweep of rules that look at all replicas now and then. */
export function startWatching(c: Cluster): void {
  for (const [pool, { tier, health }] of c.pools.entries()) {
    for (const [i, { rule }] of (tier.health?.watches ?? []).entries()) {
      const every = rule.sweepEvery?.(health.watching[i]!.memory)
      if (every !== undefined) schedule(c.queue, every, SWEEPS, pool, i)
    }
  }
}

/** A request at a replica has ended, as far as its balancer is concerned. */
export function watchEnds(c: Cluster, pool: number, replica: number, outcome: number): void {
  const { tier, health, upstream } = c.pools[pool]!
  const { watches, observe } = tier.health!
  if (watches.length === 0 && observe === undefined) return
  const ending = endingOf(outcome)
  if (ending === GOOD && health.calm[replica] === 1) return
  const { weight } = upstream.fixed.settings.members[replica]!
  for (let i = 0; i < watches.length; i++) {
    const taken = watches[i]!.rule.ended(health.watching[i]!.memory, replica, ending, weight, c.now)
    if (taken > 0) penalise(upstream, replica, taken)
  }
  if (watches.length > 0) looksAgain(c, pool, replica)
  if (observe !== undefined && observes(health.observed, replica, ending, observe)) blame(c, pool, replica)
}

/** What the rules say of a replica may have changed. */
export function looksAgain(c: Cluster, pool: number, replica: number): void {
  const { tier, health } = c.pools[pool]!
  const { watches } = tier.health!
  let isOut = false
  let isCalm = true
  for (let i = 0; i < watches.length; i++) {
    if (isLeftOut(c, pool, replica, i)) isOut = true
    if (watches[i]!.rule.isCalm?.(health.watching[i]!.memory, replica) !== true) isCalm = false
  }
  health.calm[replica] = isCalm && !isOut ? 1 : 0
  if (isOut) exclude(c, pool, replica, EJECTED)
  else admit(c, pool, replica, EJECTED)
}

/** A rule looks at all replicas. */
export function sweeps(c: Cluster, pool: number, i: number): void {
  const { tier, health } = c.pools[pool]!
  const { rule } = tier.health!.watches[i]!
  const { memory } = health.watching[i]!
  rule.sweep!(memory, c.now)
  schedule(c.queue, c.now + rule.sweepEvery!(memory), SWEEPS, pool, i)
  for (let replica = 0; replica < tier.count; replica++) looksAgain(c, pool, replica)
}
