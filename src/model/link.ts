/** Builds a cluster from a scenario: names become numbers, parameters become samplers, streams get their seeds. */

import { stream } from '../base/stream.ts'
import { eventQueue } from '../engine/event-queue.ts'
import type { FactLog } from '../engine/fact-log.ts'
import { arrivals } from '../policies/arrivals/index.ts'
import { strategies } from '../policies/balancing/index.ts'
import type { Pool } from '../policies/balancing/strategy.ts'
import type { Sampler } from '../policies/distributions/distribution.ts'
import { samplerOf } from '../policies/distributions/index.ts'
import { keyChoices } from '../policies/keys/index.ts'
import type { Chosen } from '../policies/policy.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import type { ClientPopulation, Scenario, Tier } from '../scenario/scenario.ts'
import { openDoors } from './clients.ts'
import type { Balancer, Client, Cluster, Fixed, FixedClient, FixedPool, FixedTier, Nodes } from './cluster.ts'
import { FRONT, HEALTH_CRASHED, HEALTH_HUNG } from './facts.ts'
import { startFailures } from './faults.ts'
import { leave } from './flow.ts'
import { startChecks } from './health.ts'
import * as column from './nodes.ts'
import { callTable, NIL, requestTable } from './tables.ts'

/** What a run may add to its scenario. */
export interface LinkOptions {
  /** Logs by the file name that the scenario gives. */
  readonly logs?: ReadonlyMap<string, LogSource>
  /** No request is born after this instant (default: the scenario's duration). */
  readonly lastBirth?: number
  /** No more requests than this are born. */
  readonly mostRequests?: number
}

/** A cluster at time 0, with everything that starts by itself scheduled. */
export function link(scenario: Scenario, log: FactLog, options: LinkOptions = {}): Cluster {
  const { seed } = scenario
  const tiers = linkTiers(scenario)
  const pools = linkPools(tiers)
  const nodes = linkNodes(scenario, tiers)
  const fixed: Fixed = Object.freeze({
    scenario,
    log,
    clients: scenario.clients.map((client) => linkClient(client, scenario, options.logs)),
    tiers,
    pools,
    poolOf: poolOf(pools, nodes.heaps.length),
    lastBirth: options.lastBirth ?? scenario.duration,
    mostRequests: options.mostRequests ?? Number.MAX_SAFE_INTEGER,
    leave,
    asked: { key: 0, address: 0 },
  })
  const cluster: Cluster = {
    now: 0,
    events: 0,
    scriptDone: 0,
    queue: eventQueue(),
    fixed,
    requests: requestTable(tiers.length),
    calls: callTable(),
    nodes,
    clients: scenario.clients.map((client) => clientState(client, scenario)),
    tiers: scenario.tiers.map(({ id }) => ({
      latency: stream(seed, `latency/${id}`),
      patience: stream(seed, `patience/${id}`),
      setUp: stream(seed, `set-up/${id}`),
    })),
    pools: pools.map((pool) => balancer(scenario, pool, tiers[pool.tier]!)),
  }
  startFailures(cluster)
  startChecks(cluster)
  openDoors(cluster)
  return cluster
}

function linkTiers(scenario: Scenario): FixedTier[] {
  let first = 0
  return scenario.tiers.map((tier, i) => {
    const { service, failures } = tier
    const linked: FixedTier = {
      id: tier.id,
      first,
      count: tier.replicas.length,
      isLast: i === scenario.tiers.length - 1,
      discipline: service.discipline,
      blocking: service.blocking && service.discipline !== 'ps',
      latency: samplerUnlessZero(tier.latency),
      patience: service.patience && samplerOf(service.patience),
      setUp: service.setUp && samplerOf(service.setUp),
      strategy: strategies.get(tier.strategy.policy),
      checks: tier.health,
      upTime: failures && samplerOf(failures.upTime),
      downTime: failures && samplerOf(failures.downTime),
      failsAs: failures?.as === 'hang' ? HEALTH_HUNG : HEALTH_CRASHED,
    }
    first += tier.replicas.length
    return linked
  })
}

/** One balancer in front, and one in every node of every tier but the last. */
function linkPools(tiers: readonly FixedTier[]): FixedPool[] {
  const pools: FixedPool[] = [{ tier: 0, from: FRONT, first: 0 }]
  for (const [t, tier] of tiers.entries()) {
    const next = tiers[t + 1]
    if (next === undefined) break
    for (let i = 0; i < tier.count; i++) pools.push({ tier: t + 1, from: tier.first + i, first: next.first })
  }
  return pools
}

function poolOf(pools: readonly FixedPool[], nodes: number): Int32Array {
  const of = new Int32Array(nodes).fill(NIL)
  for (const [i, pool] of pools.entries()) if (pool.from !== FRONT) of[pool.from] = i
  return of
}

function linkNodes(scenario: Scenario, tiers: readonly FixedTier[]): Nodes {
  const count = tiers.reduce((sum, tier) => sum + tier.count, 0)
  const int = new Int32Array(count << column.NODE_INT)
  const num = new Float64Array(count << column.NODE_NUM)
  const heaps: Int32Array[] = []
  for (const [t, tier] of scenario.tiers.entries()) {
    for (const [i, replica] of tier.replicas.entries()) {
      const node = tiers[t]!.first + i
      const n = node << column.NODE_INT
      int[n + column.TIER] = t
      int[n + column.SLOTS] = tier.service.concurrency
      int[n + column.ROOM] = tier.service.queue
      int[n + column.SLEEP] = tier.service.setUp === undefined ? 0 : 1
      for (const list of [
        column.FIRST_WAITING,
        column.LAST_WAITING,
        column.FIRST_SERVED,
        column.FIRST_BELOW,
      ]) {
        int[n + list] = NIL
      }
      num[(node << column.NODE_NUM) + column.RATE] = replica.speed
      num[(node << column.NODE_NUM) + column.SPEED] = replica.speed
      heaps.push(new Int32Array(0))
    }
  }
  const none = Array.from({ length: count }, () => undefined)
  return { int, num, heaps, errors: [...none], failures: [...none] }
}

function linkClient(
  client: ClientPopulation,
  scenario: Scenario,
  logs: ReadonlyMap<string, LogSource> | undefined,
): FixedClient {
  const process = arrivals.get(client.arrivals.policy)
  const { params } = client.arrivals
  const source = process.mode === 'log' ? logs?.get(String(params['file'])) : undefined
  if (process.mode === 'log' && source === undefined) {
    throw new Error(`the log "${params['file']}" of ${client.id} was not loaded`)
  }
  const fixedSize = constantOf(client.size)
  return {
    id: client.id,
    mode: process.mode,
    next: process.next?.(params),
    users: process.mode === 'closed' ? Number(params['users']) : 0,
    think: process.mode === 'closed' ? samplerOf(params['thinkTime'] as Chosen) : undefined,
    source,
    keys:
      Number(client.keys.params['count']) === 1
        ? undefined
        : keyChoices.get(client.keys.policy).sampler(client.keys.params),
    sizes: fixedSize === undefined ? samplerOf(client.size) : undefined,
    constantSize: fixedSize ?? 0,
    addresses: client.addresses,
    latency: samplerUnlessZero(client.latency),
    timeout: client.timeout && samplerOf(client.timeout),
    cancels: client.onTimeout === 'cancel',
    demand: scenario.tiers.map((tier) => samplerOf(tier.service.demand)),
  }
}

function clientState(client: ClientPopulation, { seed, tiers }: Scenario): Client {
  const of = (purpose: string) => stream(seed, `${purpose}/${client.id}`)
  return {
    memory: new Float64Array(Math.max(1, arrivals.get(client.arrivals.policy).memory)),
    arrivals: of('arrivals'),
    keys: of('keys'),
    addresses: of('addresses'),
    sizes: of('sizes'),
    think: of('think'),
    latency: of('latency'),
    timeouts: of('timeouts'),
    demand: tiers.map((tier) => stream(seed, `demand/${client.id}/${tier.id}`)),
  }
}

function balancer(scenario: Scenario, { tier: t, from }: FixedPool, tier: FixedTier): Balancer {
  const { replicas, strategy }: Tier = scenario.tiers[t]!
  const pool: Pool = {
    size: replicas.length,
    ready: Int32Array.from(replicas, (_, i) => i),
    readyCount: replicas.length,
    isReady: new Uint8Array(replicas.length).fill(1),
    weight: Float64Array.from(replicas, (replica) => replica.weight),
    inFlight: new Int32Array(replicas.length),
  }
  const name = `${tier.id}/${from === FRONT ? 'front' : from}`
  return {
    pool,
    memory: tier.strategy.remember(strategy.params, pool),
    random: stream(scenario.seed, `balancing/${name}`),
    checkLatency: stream(scenario.seed, `checks/${name}`),
    contrary: new Int32Array(replicas.length),
  }
}

function constantOf(chosen: Chosen): number | undefined {
  return chosen.policy === 'constant' ? Number(chosen.params['value']) : undefined
}

function samplerUnlessZero(chosen: Chosen): Sampler | undefined {
  return constantOf(chosen) === 0 ? undefined : samplerOf(chosen)
}
