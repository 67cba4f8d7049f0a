/**
 * What replicas tell balancers of their load: with each good answer, and when a strategy probes them. Only
 * strategies that ask for it cost anything.
 *
 * Limits of realism: what is told is how the replica is when the answer arrives, not when it left; latency is
 * counted from when the balancer sent the call; a probe is answered at once, by living replicas only; it takes
 * the network's time there and back, and is not shown.
 */

import { SECOND } from '../base/time.ts'
import { schedule } from '../engine/event-queue.ts'
import type { LoadReport, Strategy } from '../policies/balancing/strategy.ts'
import { type Cluster, draw } from './cluster.ts'
import { PROBE_ANSWERED } from './event-kinds.ts'
import { HEALTH_UP, OK } from './facts.ts'
import { BELOW, BUSY, HEALTH, NODE_INT, NODE_NUM, RATE, SLOTS, WAITING } from './nodes.ts'
import { nodesIn } from './outside.ts'
import { DEMAND, NODE, POOL, REQUEST, SENT_AT } from './tables.ts'

/** Columns: the second that is counted, answers and failures in it and in the one before, and mean latency, ns. */
const WIDTH = 8
const BEGAN = 0
const ANSWERS = 1
const FAILURES = 2
const ANSWERS_BEFORE = 3
const FAILURES_BEFORE = 4
const LATENCY = 5

/** What the newest answer counts for in the mean latency. */
const NEWEST = 0.1

/** By node; empty when no strategy asks for reports. */
export function loadTable(nodes: number, strategies: readonly Strategy[]): Float64Array {
  const isAsked = strategies.some(({ reported }) => reported !== undefined)
  return new Float64Array(isAsked ? nodes * WIDTH : 0)
}

/** Replicas begin to count, as a strategy has come that asks for reports. */
export function beginReports(c: Cluster): void {
  if (c.nodes.loads.length === 0) c.nodes.loads = new Float64Array(nodesIn(c) * WIDTH)
}

/** A replica counts an answer of its own that sets out. */
export function countAnswer(c: Cluster, call: number, node: number, outcome: number): void {
  const { loads } = c.nodes
  if (loads.length === 0) return
  const at = node * WIDTH
  goOn(loads, at, c.now)
  loads[at + ANSWERS]!++
  if (outcome !== OK) {
    loads[at + FAILURES]!++
    return
  }
  const latency = c.now - c.calls.num[(call << 2) | SENT_AT]!
  const mean = loads[at + LATENCY]!
  loads[at + LATENCY] = mean === 0 ? latency : mean + NEWEST * (latency - mean)
}

/** A good answer has arrived, and with it the replica's word on its load. */
export function answerTells(c: Cluster, call: number, outcome: number): void {
  const pool = c.calls.int[(call << 3) | POOL]!
  const { tier } = c.pools[pool]!
  if (outcome !== OK || !tier.asksForMore || tier.strategy.reported === undefined) return
  const node = c.calls.int[(call << 3) | NODE]!
  const request = c.calls.int[(call << 3) | REQUEST]!
  const work = c.requests.num[request * c.requests.stride + DEMAND + c.fixed.tierOf[node]!.index]!
  const rate = c.nodes.num[(node << NODE_NUM) | RATE]!
  tell(c, pool, node, rate > 0 ? work / rate : 0)
}

/** After a choice: whatever its strategy wants probed is probed. */
export function sendProbes(c: Cluster, pool: number): void {
  const { tier, upstream, probeLatency } = c.pools[pool]!
  const { toProbe } = tier.strategy
  if (toProbe === undefined) return
  for (const [g, group] of upstream.groups.entries()) {
    for (;;) {
      const place = toProbe(group.pool, group.memory, upstream.random)
      if (place < 0) break
      const way = draw(tier.latency, probeLatency) + draw(tier.latency, probeLatency)
      schedule(c.queue, c.now + way, PROBE_ANSWERED, pool, upstream.fixed.members[g]![place]!)
    }
  }
}

/** The answer to a probe is back, if the replica lives. */
export function probeAnswered(c: Cluster, pool: number, replica: number): void {
  const node = c.pools[pool]!.tier.first + replica
  if (c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_UP) tell(c, pool, node, 0)
}

function tell(c: Cluster, pool: number, node: number, serviceTime: number): void {
  const { upstream, tier } = c.pools[pool]!
  const { groupOf, placeOf, strategy } = upstream.fixed
  const replica = node - tier.first
  const group = upstream.groups[groupOf[replica]!]!
  group.pool.now = c.now
  strategy.reported?.(group.pool, group.memory, placeOf[replica]!, reportOf(c, node, serviceTime))
}

function reportOf(c: Cluster, node: number, serviceTime: number): LoadReport {
  const { int, loads } = c.nodes
  const n = node << NODE_INT
  const at = node * WIDTH
  goOn(loads, at, c.now)
  const before = 1 - (c.now - loads[at + BEGAN]!) / SECOND
  const here = int[n | BUSY]! + int[n | WAITING]!
  return {
    utilisation: Math.min(1, int[n | BUSY]! / int[n | SLOTS]!),
    inSystem: c.fixed.tierOf[node]!.blocking ? here : here + int[n | BELOW]!,
    requestsPerSecond: loads[at + ANSWERS]! + before * loads[at + ANSWERS_BEFORE]!,
    errorsPerSecond: loads[at + FAILURES]! + before * loads[at + FAILURES_BEFORE]!,
    serviceTime,
    latency: loads[at + LATENCY]!,
  }
}

/** Begins a new second when the one that is counted is over. */
function goOn(loads: Float64Array, at: number, now: number): void {
  const passed = Math.floor((now - loads[at + BEGAN]!) / SECOND)
  if (passed === 0) return
  loads[at + ANSWERS_BEFORE] = passed === 1 ? loads[at + ANSWERS]! : 0
  loads[at + FAILURES_BEFORE] = passed === 1 ? loads[at + FAILURES]! : 0
  loads[at + ANSWERS] = 0
  loads[at + FAILURES] = 0
  loads[at + BEGAN]! += passed * SECOND
}
