/**
 * Agent checks: each balancer asks a program on each replica what to make of it. By itself it asks for the
 * share of its slots that is idle, in whole percents of the configured weight; it may also say drain, maint,
 * down and their opposites, by how its replica is or because it is told to. A replica that is down does not
 * answer, and what was said before stays.
 *
 * Source: HAProxy 2.6.12, `agent-check`. What an agent answers is up to its operator; these are common ones.
 */

import { schedule } from '../../engine/event-queue.ts'
import { EFFECTS, effectBy, effectOf } from '../../policies/health/agent-words.ts'
import { setRuntimeWeight } from '../../policies/upstream/membership.ts'
import { AGENT_DOWN, DRAINING, MAINTENANCE } from '../../policies/upstream/standing.ts'
import type { AgentChecks } from '../../scenario/health.ts'
import { type Cluster, draw } from '../cluster.ts'
import { AGENT_ANSWERED, AGENT_ARRIVES, AGENT_ASKS } from '../event-kinds.ts'
import { HEALTH_UP } from '../facts.ts'
import { BUSY, HEALTH, NODE_INT, SLOTS, WAITING } from '../nodes.ts'
import { LEAVING } from '../outside.ts'
import { admit, markDown } from './belief.ts'
import { exclude } from './exclude.ts'

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

/** The question has reached the replica. What the answer changes travels with the replica's number. */
export function agentArrives(c: Cluster, pool: number, replica: number): void {
  const { tier, checkLatency } = c.pools[pool]!
  const node = tier.first + replica
  if (c.nodes.int[(node << NODE_INT) | HEALTH] !== HEALTH_UP) return
  const answer = answerOf(c, tier.health!.agent!, node, replica)
  const back = c.now + draw(tier.latency, checkLatency)
  schedule(c.queue, back, AGENT_ANSWERED, pool, replica * EFFECTS + effectOf(answer))
}

/** The balancer does as it is told. */
export function agentAnswered(c: Cluster, pool: number, answer: number): void {
  const replica = Math.floor(answer / EFFECTS)
  const { percent, drains, isInMaintenance, isDown } = effectBy(answer % EFFECTS)
  const { upstream } = c.pools[pool]!
  const tell = (is: boolean | undefined, reason: number) => {
    if (is === true) exclude(c, pool, replica, reason)
    else if (is === false) admit(c, pool, replica, reason)
  }
  tell(isInMaintenance, MAINTENANCE)
  // A weight of 0 is no weight: it drains, as in HAProxy.
  tell(percent === 0 ? true : drains, DRAINING)
  if (isDown === true) markDown(c, pool, replica, AGENT_DOWN)
  else tell(isDown, AGENT_DOWN)
  if (percent === undefined || percent === 0 || upstream.runtime[replica] === percent / 100) return
  setRuntimeWeight(upstream, replica, percent / 100, c.now)
}

/** What an agent says now: what it is told to, else its own words, and that all is well again after that. */
function answerOf(c: Cluster, agent: AgentChecks, node: number, replica: number): string {
  const mine = (agent.says ?? []).filter(
    (entry) => entry.at <= c.now && (entry.replica < 0 || entry.replica === replica),
  )
  const last = mine.at(-1)
  if (last !== undefined && c.now < (last.until ?? Infinity)) return last.words
  const own = ownWords(c, agent, node)
  return last === undefined ? own : `up ready ${own}`
}

function ownWords(c: Cluster, agent: AgentChecks, node: number): string {
  const { asksNoWeight, least, drainAbove, downAbove, drainsOnStop } = agent
  const n = node << NODE_INT
  const busy = c.nodes.int[n | BUSY]! / c.nodes.int[n | SLOTS]!
  const words = asksNoWeight ? [] : [`${Math.round(100 * Math.max(1 - busy, least))}%`]
  if (downAbove !== undefined) words.push(c.nodes.int[n | WAITING]! > downAbove ? 'down' : 'up')
  if (drainAbove !== undefined || drainsOnStop) {
    const stops = drainsOnStop === true && c.outside.members?.stage[node] === LEAVING
    words.push(stops || busy > (drainAbove ?? Infinity) ? 'drain' : 'ready')
  }
  return words.join(' ')
}
