/** What befalls replicas: timed entries of the scenario, and random failures from the seed. */

import { stream } from '../base/stream.ts'
import { schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import type { Fault, FaultKind } from '../scenario/scenario.ts'
import { befallCaches } from './cache-faults.ts'
import { type Cluster, draw } from './cluster.ts'
import { lieDown, setRate } from './condition.ts'
import { BREAKS, REPAIRED } from './event-kinds.ts'
import { HEALTH_CRASHED, HEALTH_HUNG, HEALTH_UP, TRUTH } from './facts.ts'
import { breakAll, passOn } from './flow.ts'
import { beginStart, endStart, forgetStart, isStarting, speedNow, warms } from './health/start-up.ts'
import { CRASHES, ERRORS, HEALTH, NODE_INT, NODE_NUM, RATE } from './nodes.ts'
import { nodeName, startNext } from './replica.ts'

/** Plans the first random failure of each replica. */
export function startFailures(c: Cluster): void {
  for (const tier of c.fixed.tiers) {
    if (tier.upTime === undefined) continue
    for (let i = 0; i < tier.count; i++) planFailure(c, tier.first + i)
  }
}

/** Carries out a timed entry. */
export function enact(c: Cluster, fault: Fault): void {
  if (befallCaches(c, fault)) return
  const tier = c.fixed.tiers[fault.tier]!
  if (fault.replica >= 0) befall(c, tier.first + fault.replica, fault.kind, fault.amount)
  else for (let i = 0; i < tier.count; i++) befall(c, tier.first + i, fault.kind, fault.amount)
}

/** A random failure begins, unless something has befallen the replica already. */
export function breaks(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  if (c.nodes.int[(node << NODE_INT) + HEALTH] === HEALTH_UP) {
    befall(c, node, tier.failsAs === HEALTH_HUNG ? 'hang' : 'crash', 0)
  }
  schedule(c.queue, c.now + draw(tier.downTime!, failureStream(c, node)), REPAIRED, node, 0)
}

/** A random failure ends; the replica's next one is planned. */
export function repaired(c: Cluster, node: number): void {
  befall(c, node, 'recover', 0)
  planFailure(c, node)
}

/** Something happens to a replica. */
export function befall(c: Cluster, node: number, kind: FaultKind, amount: number): void {
  const n = node << NODE_INT
  const d = node << NODE_NUM
  const { int, num } = c.nodes
  const health = int[n + HEALTH]!
  const speed = speedNow(c, node)
  if (kind === 'crash') {
    if (health === HEALTH_CRASHED) return
    int[n + HEALTH] = HEALTH_CRASHED
    int[n + CRASHES]!++
    forgetStart(c, node)
    note(c, node, 0)
    breakAll(c, node)
    lieDown(c, node)
    setRate(c, node, 0)
  } else if (kind === 'hang') {
    if (health !== HEALTH_UP) return
    int[n + HEALTH] = HEALTH_HUNG
    note(c, node, 0)
    setRate(c, node, 0)
  } else if (kind === 'slow') {
    if (health !== HEALTH_UP) return
    note(c, node, speed / amount)
    setRate(c, node, speed / amount)
  } else if (kind === 'errors') {
    num[d + ERRORS] = amount
    note(c, node, num[d + RATE]!)
  } else {
    if (health === HEALTH_UP && num[d + RATE] === speed && num[d + ERRORS] === 0) return
    if (isStarting(c, node) && health !== HEALTH_HUNG) return
    if (health === HEALTH_CRASHED && beginStart(c, node)) {
      if (int[n + HEALTH] === HEALTH_UP) work(c, node)
      return
    }
    int[n + HEALTH] = HEALTH_UP
    num[d + ERRORS] = isStarting(c, node) ? 1 : 0
    work(c, node)
    if (health === HEALTH_HUNG) passOn(c, node)
    startNext(c, node)
  }
}

/** A crashed replica that was started can serve. */
export function started(c: Cluster, node: number): void {
  endStart(c, node)
  if (c.nodes.int[(node << NODE_INT) + HEALTH] !== HEALTH_UP) return
  work(c, node)
  startNext(c, node)
}

/** A replica has become a little warmer; only the end of that is told. */
export function warmer(c: Cluster, node: number): void {
  if (warms(c, node)) note(c, node, c.nodes.num[(node << NODE_NUM) + RATE]!)
}

/** It works from now on, as fast as it can. */
function work(c: Cluster, node: number): void {
  note(c, node, speedNow(c, node))
  setRate(c, node, speedNow(c, node))
}

function note(c: Cluster, node: number, rate: number): void {
  const health = c.nodes.int[(node << NODE_INT) + HEALTH]!
  record(c.fixed.log, c.now, TRUTH + (health << 8), node, c.nodes.num[(node << NODE_NUM) + ERRORS]!, rate)
}

function planFailure(c: Cluster, node: number): void {
  schedule(c.queue, c.now + draw(c.fixed.tierOf[node]!.upTime!, failureStream(c, node)), BREAKS, node, 0)
}

function failureStream(c: Cluster, node: number): Float64Array {
  c.nodes.failures[node] ??= stream(c.fixed.scenario.seed, `failures/${nodeName(c, node)}`)
  return c.nodes.failures[node]!
}
