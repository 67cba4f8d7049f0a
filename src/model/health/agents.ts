/**
 * Agent checks: each balancer asks a program on each replica which weight it wants; it asks for the share of
 * its slots that is idle, in whole percents of the configured weight. A replica that is down does not answer,
 * and keeps the weight that it had.
 *
 * Source: HAProxy 2.6.12, `agent-check`. What an agent answers is up to its operator; this is a common one.
 */

import { schedule } from '../../engine/event-queue.ts'
import { setRuntimeWeight } from '../../policies/upstream/membership.ts'
import { type Cluster, draw } from '../cluster.ts'
import { AGENT_ANSWERED, AGENT_ARRIVES, AGENT_ASKS } from '../event-kinds.ts'
import { HEALTH_UP } from '../facts.ts'
import { BUSY, HEALTH, NODE_INT, SLOTS } from '../nodes.ts'

/** The first question of each balancer to each replica. */
export function startAgents(c: Cluster): void {
  for (const [pool, { tier }] of c.pools.entries()) {
    const agent = tier.health?.agent
    if (agent === undefined) continue
    for (let i = 0; i < tier.count; i++) {
      schedule(c.queue, Math.floor((agent.interval * i) / tier.count), AGENT_ASKS, pool, i)
    }
  }
}

/** A balancer asks. */
export function agentAsks(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency } = c.pools[pool]!
  schedule(c.queue, c.now + tier.health!.agent!.interval, AGENT_ASKS, pool, replica)
  schedule(c.queue, c.now + draw(tier.latency, checkLatency), AGENT_ARRIVES, pool, replica)
}

/** The question has reached the replica. The answer is a whole percent; it travels with the replica's number. */
export function agentArrives(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency } = c.pools[pool]!
  const n = (tier.first + replica) << NODE_INT
  if (c.nodes.int[n + HEALTH] !== HEALTH_UP) return
  const idle = 1 - c.nodes.int[n + BUSY]! / c.nodes.int[n + SLOTS]!
  const percent = Math.round(100 * Math.max(idle, tier.health!.agent!.least))
  const back = c.now + draw(tier.latency, checkLatency)
  schedule(c.queue, back, AGENT_ANSWERED, pool, replica * 128 + percent)
}

/** The balancer does as it is told. */
export function agentAnswered(c: Cluster, pool: number, answer: number): void {
  const replica = Math.floor(answer / 128)
  const { upstream } = c.pools[pool]!
  if (upstream.runtime[replica] === (answer % 128) / 100) return
  setRuntimeWeight(upstream, replica, (answer % 128) / 100, c.now)
}
