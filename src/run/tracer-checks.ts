/**
 * Health checks as hops. A fact tells when a check ended, and how; when it set out follows from the tier's
 * latency, or from its timeout where nothing answered. Checks that wait like requests are followed as such.
 *
 * Limit of realism: where the latency is drawn anew each time, a check is at its replica when its answer is back.
 */

import type { Cluster } from '../model/cluster.ts'
import { ERROR, HEALTH_HUNG, HEALTH_UP, OK } from '../model/facts.ts'
import { ERRORS, HEALTH, NODE_INT, NODE_NUM } from '../model/nodes.ts'
import { add, CHECK, type Checks, NO_REQUEST, type Tracer } from './hops.ts'
import { outside } from './tracer-doors.ts'

/** Of no cluster yet. */
export function noChecks(): Checks {
  const none = new Int32Array(0)
  return {
    stride: 1,
    from: none,
    way: new Float64Array(0),
    patience: new Float64Array(0),
    isQueued: new Uint8Array(0),
    isSilent: new Uint8Array(0),
  }
}

/**
 * What is known of a cluster's checks now.
 * @param most checks that are followed
 * @param length of time, ns
 */
export function checksOf({ pools, nodes }: Cluster, most: number, length: number): Checks {
  const all = nodes.heaps.length
  const checks: Checks = {
    stride: 1,
    from: Int32Array.from(pools, ({ from }) => from),
    way: Float64Array.from(pools, ({ tier }) => Math.max(0, tier.latency.constant)),
    patience: new Float64Array(pools.length),
    isQueued: new Uint8Array(pools.length),
    isSilent: new Uint8Array(all),
  }
  let expected = 0
  for (const [i, { tier, health }] of pools.entries()) {
    const rules = health.checks
    if (rules === undefined || tier.count === 0) continue
    const { rule, params, queued } = rules
    checks.patience[i] = rule.timeout(params, health.figures, 0)
    checks.isQueued[i] = queued ? 1 : 0
    expected += (tier.count * length) / Math.max(1, rule.wait(params, health.figures, 0, true))
  }
  while (expected / checks.stride > most) checks.stride *= 2
  for (let node = 0; node < all; node++) {
    const health = nodes.int[(node << NODE_INT) + HEALTH]!
    toldTruth(checks, node, health, nodes.num[(node << NODE_NUM) + ERRORS]!)
  }
  return checks
}

/** A replica's true state: one that is well and fails nothing would have passed, so what failed was not answered. */
export function toldTruth({ isSilent }: Checks, node: number, health: number, errors: number): void {
  isSilent[node] = health === HEALTH_HUNG || (health === HEALTH_UP && errors === 0) ? 1 : 0
}

/** A check has ended. @param pool who checks; below 0: the replica's own machine */
export function checked(t: Tracer, at: number, node: number, pool: number, passed: boolean): void {
  const { stride, from, way, patience, isQueued, isSilent } = t.checks
  if ((node + Math.max(0, pool)) % stride !== 0) return
  if (pool < 0) {
    outside(t, CHECK, node, at)
    return
  }
  if (isQueued[pool] === 1) return
  const there = way[pool]!
  if (!passed && isSilent[node] === 1) {
    const left = at - patience[pool]!
    add(t, NO_REQUEST, ANY, from[pool]!, node, left, left + there, 0, OK)
    return
  }
  add(t, NO_REQUEST, ANY, from[pool]!, node, at - 2 * there, at - there, 0, OK)
  add(t, NO_REQUEST, ANY, node, from[pool]!, at - there, at, 1, passed ? OK : ERROR)
}

const ANY = { kind: CHECK, address: 0 } as const
