/** Builds a cluster from a scenario: names become numbers, parameters become samplers, streams get their seeds. */

import { keyedRows } from '../base/keyed-rows.ts'
import { stream } from '../base/stream.ts'
import { eventQueue } from '../engine/event-queue.ts'
import type { FactLog } from '../engine/fact-log.ts'
import { openUpstream } from '../policies/upstream/open-upstream.ts'
import { stickTable } from '../policies/upstream/stick-table.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { startRefreshing } from './balancer.ts'
import { cacheTable, fixedCache } from './cache-state.ts'
import { openDoors } from './clients.ts'
import type { Balancer, Cluster, Fixed, FixedTier, LookUpListener, Nodes } from './cluster.ts'
import { drawn } from './drawn.ts'
import { FRONT, HEALTH_CRASHED, HEALTH_HUNG } from './facts.ts'
import { startFailures } from './faults/random.ts'
import { askBeside, callOffRequest, leave } from './flow.ts'
import { startAgents } from './health/agents.ts'
import { startChecks } from './health/checks.ts'
import { startProbes } from './health/kubelet.ts'
import { startWatching } from './health/passive.ts'
import { fixedStart } from './health/start-up.ts'
import { fixedHealth, poolHealth, tierHealth } from './health/state.ts'
import { fixedKept, keptState } from './kept-connections.ts'
import { fixedLimits, limitState } from './limit-state.ts'
import { clientState, linkClient } from './link-clients.ts'
import { loadTable } from './load-reports.ts'
import { sparesOf } from './membership.ts'
import * as column from './nodes.ts'
import { nothingOutside } from './outside.ts'
import { isPlain } from './plain.ts'
import { startMembers } from './scaling.ts'
import { fixedSessions, VISIT_WIDTH } from './session-state.ts'
import { sessionTable } from './session-table.ts'
import { fixedGuard, guards } from './shed.ts'
import { goesStraight } from './straight/goes-straight.ts'
import { linkStrategy } from './strategies.ts'
import { callTable, NIL, requestTable } from './tables.ts'
import { fixedTransport, transportState } from './transport-state.ts'
import { fixedTries } from './tries-settings.ts'
import { tryTable } from './tries-table.ts'
import { upstreamSettings } from './upstream-settings.ts'
import { addressPlan } from './visitors.ts'

/** What a run may add to its scenario. */
export interface LinkOptions {
  /** Access logs by the id of the population that replays them. */
  readonly logs?: ReadonlyMap<string, LogSource>
  /** No request is born after this instant (default: the scenario's duration). */
  readonly lastBirth?: number
  /** No more requests than this are born. */
  readonly mostRequests?: number
  /** Called whenever a node asks its cache for something. */
  readonly onLookUp?: LookUpListener
  /** True: every request goes the long way, to the same end. */
  readonly noShortWays?: boolean
}

/** A cluster at time 0, with everything that starts by itself scheduled. */
export function link(scenario: Scenario, log: FactLog, options: LinkOptions = {}): Cluster {
  const { seed } = scenario
  const tiers = linkTiers(scenario)
  const nodes = linkNodes(scenario, tiers)
  const pools = linkPools(scenario, tiers)
  const plan = addressPlan(scenario.clients)
  const fixed: Fixed = Object.freeze({
    scenario,
    log,
    clients: scenario.clients.map((client, i) => linkClient(client, scenario, options.logs, plan[i]!)),
    tiers,
    tierOf: tiers.flatMap((tier) => Array.from({ length: tier.count }, () => tier)),
    poolOf: poolOf(pools, nodes.heaps.length),
    straight: options.noShortWays
      ? new Uint8Array(scenario.clients.length)
      : goesStraight(scenario, tiers[0]!, pools[0]!),
    fronts: frontsOf(scenario),
    front: scenario.tiers[0]!.structure?.front,
    lastBirth: options.lastBirth ?? scenario.duration,
    mostRequests: options.mostRequests ?? Number.MAX_SAFE_INTEGER,
    leave,
    askBeside,
    callOff: callOffRequest,
    onLookUp: options.onLookUp,
    asked: { key: 0, text: undefined, address: 0 },
  })
  const cluster: Cluster = {
    now: 0,
    events: 0,
    scriptDone: 0,
    queue: eventQueue(),
    fixed,
    requests: requestTable(
      tiers.length,
      tiers.some((tier) => tier.sessions !== undefined),
    ),
    calls: callTable(),
    tries: tryTable(scenario),
    caches: cacheTable(scenario),
    nodes,
    outside: nothingOutside(),
    clients: scenario.clients.map((client) => clientState(client, scenario)),
    sessions: sessionTable(scenario.clients.length),
    checksSent: 0,
    tiers: scenario.tiers.map(({ id, sessions, structure }, i) => ({
      latency: stream(seed, `latency/${id}`),
      patience: stream(seed, `patience/${id}`),
      setUp: stream(seed, `set-up/${id}`),
      state: stream(seed, `sessions/${id}`),
      cookies: structure?.affinity?.by === 'cookie' ? keyedRows(1) : undefined,
      visits: sessions || structure?.affinity ? keyedRows(VISIT_WIDTH) : undefined,
      startUp: stream(seed, `start-up/${id}`),
      probes: stream(seed, `pod-probes/${id}`),
      limits: limitState(tiers[i]!, seed),
      transport: transportState(tiers[i]!, seed),
      kept: keptState(tiers[i]!, i === 0 ? fixed.fronts : tiers[i - 1]!.count, seed),
      health: tierHealth(tiers[i]!.health, tiers[i]!.count),
    })),
    pools,
  }
  startMembers(cluster)
  startFailures(cluster)
  startChecks(cluster)
  startWatching(cluster)
  startAgents(cluster)
  startProbes(cluster)
  startRefreshing(cluster)
  openDoors(cluster)
  return cluster
}

function linkTiers(scenario: Scenario): FixedTier[] {
  let first = 0
  return scenario.tiers.map((tier, i) => {
    const { service, failures } = tier
    const linked: FixedTier = Object.freeze({
      id: tier.id,
      index: i,
      first,
      count: tier.replicas.length,
      isLast: i === scenario.tiers.length - 1,
      isPlain: isPlain(scenario, tier, i),
      isShared: service.discipline === 'ps',
      limitsCluster: tier.structure?.cluster !== undefined,
      isLifo: service.discipline === 'lifo',
      limits: fixedLimits(tier, scenario),
      transport: fixedTransport(tier, scenario),
      kept: fixedKept(tier),
      hasGate: (tier.rateLimits ?? fixedTransport(tier, scenario)) !== undefined,
      isOpen: !(fixedSessions(tier) || fixedGuard(service) || tier.cache?.at === 'sidecar'),
      guard: fixedGuard(service),
      cache: fixedCache(scenario, i),
      blocking: service.blocking && service.discipline !== 'ps',
      latency: drawn(tier.latency),
      patience: service.patience && drawn(service.patience),
      setUp: service.setUp && drawn(service.setUp),
      ...linkStrategy(tier.strategy),
      tries: fixedTries(tier),
      isFree: tier.structure?.affinity === undefined && !(i === 0 && tier.structure?.perConnection),
      affinity: tier.structure?.affinity,
      perConnection: i === 0 && tier.structure?.perConnection === true,
      sessions: fixedSessions(tier),
      lineTimeout: tier.structure?.line?.timeout,
      health: fixedHealth(tier.health),
      startUp: tier.health?.startUp && fixedStart(tier.health.startUp),
      warmUp: service.warmUp,
      upTime: failures && drawn(failures.upTime),
      downTime: failures && drawn(failures.downTime),
      life: tier.lifecycle && { ...tier.lifecycle, boot: drawn(tier.lifecycle.boot) },
      discovery: tier.discovery && { ...tier.discovery, delay: drawn(tier.discovery.delay) },
      failsAs: failures?.as === 'hang' ? HEALTH_HUNG : HEALTH_CRASHED,
    })
    first += tier.replicas.length
    return linked
  })
}

/** The balancers in front, and one in every node of every tier but the last. */
function linkPools(scenario: Scenario, tiers: readonly FixedTier[]): Balancer[] {
  const fronts = frontsOf(scenario)
  const pools = Array.from({ length: fronts }, (_, i) => balancer(scenario, tiers[0]!, FRONT - i, i, fronts))
  for (const [t, tier] of tiers.entries()) {
    const next = tiers[t + 1]
    if (next === undefined) break
    for (let i = 0; i < tier.count; i++) pools.push(balancer(scenario, next, tier.first + i, i, tier.count))
  }
  return pools
}

function frontsOf({ tiers }: Scenario): number {
  return tiers[0]!.structure?.balancers ?? 1
}

function poolOf(pools: readonly Balancer[], nodes: number): Int32Array {
  const of = new Int32Array(nodes).fill(NIL)
  for (const [i, pool] of pools.entries()) if (pool.from >= 0) of[pool.from] = i
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
      int[n + column.FIRST_WAITING] = NIL
      int[n + column.LAST_WAITING] = NIL
      num[(node << column.NODE_NUM) + column.RATE] = replica.speed
      num[(node << column.NODE_NUM) + column.SPEED] = replica.speed
      heaps.push(new Int32Array(0))
    }
  }
  const none = Array.from({ length: count }, () => undefined)
  const loads = loadTable(
    count,
    tiers.map(({ strategy }) => strategy),
  )
  const warmth = new Float64Array(count).fill(1)
  const startTimer = new Float64Array(count)
  const streams = { errors: [...none], failures: [...none] }
  return { int, num, heaps, ...streams, guards: guards(scenario), warmth, startTimer, loads }
}

function balancer(scenario: Scenario, tier: FixedTier, from: number, number: number, of: number): Balancer {
  const name = `${tier.id}/${from <= FRONT ? frontName(FRONT - from) : from}`
  const settings = upstreamSettings(scenario.tiers[tier.index]!, number, of, zoneOf(scenario, tier, number))
  const { affinity } = tier
  const spares = sparesOf(scenario.tiers[tier.index]!)
  return {
    tier,
    from,
    upstream: openUpstream(settings, stream(scenario.seed, `balancing/${name}`), spares),
    stuck: affinity && affinity.by !== 'cookie' ? stickTable(affinity) : undefined,
    budget: tier.tries?.budget?.remember(tier.tries.budgetParams),
    tryPauses: tier.tries?.backOff && stream(scenario.seed, `back-off/${name}`),
    checkLatency: stream(scenario.seed, `checks/${name}`),
    probeLatency: stream(scenario.seed, `probes/${name}`),
    health: poolHealth(tier.health, tier.count),
  }
}

/** Balancers in front stand where the scenario says; one in a replica stands where the replica does. */
function zoneOf({ tiers }: Scenario, tier: FixedTier, number: number): string | undefined {
  if (tier.index > 0) return tiers[tier.index - 1]!.replicas[number]!.zone
  const zones = tiers[0]!.structure?.zones
  return zones?.[number % zones.length]
}

function frontName(front: number): string {
  return front === 0 ? 'front' : `front-${front + 1}`
}
