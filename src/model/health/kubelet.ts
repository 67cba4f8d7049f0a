/**
 * Kubernetes' probes: made on the machine of the replica, so that they cross no network, and all balancers of
 * the tier learn at once what comes of them. A replica that is killed for a restart comes back as after any
 * start, and well.
 *
 * Limit of realism: endpoints take no time to be known; a crash is one of the process, which only the liveness
 * probe restarts; probes do not wait behind requests.
 */

import { uniform } from '../../base/stream.ts'
import { schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import {
  concludeProbe,
  containerStarts,
  containerStops,
  isDue,
  isServing,
  type ProbeKind,
} from '../../policies/health/kubelet.ts'
import type { Cluster } from '../cluster.ts'
import { CONTAINER_STARTS, CONTAINER_STOPS, PROBE_ENDS, PROBE_STARTS } from '../event-kinds.ts'
import { CHECKED, HEALTH_HUNG, HEALTH_UP } from '../facts.ts'
import { befall } from '../faults/befall.ts'
import { ERRORS, HEALTH, HONEST, NODE_INT, NODE_NUM, STARTING } from '../nodes.ts'
import { isThere } from '../outside.ts'
import { believe } from './belief.ts'

/** The first probes of every replica. */
export function startProbes(c: Cluster): void {
  for (const tier of c.fixed.tiers) {
    for (const [kind, probe] of (tier.health?.probes?.each ?? []).entries()) {
      if (probe === undefined) continue
      for (let i = 0; i < tier.count; i++) schedule(c.queue, 0, PROBE_STARTS, kind, tier.first + i)
    }
  }
}

/** A period of a probe begins. */
export function probeStarts(c: Cluster, kind: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const { each, isDeep } = tier.health!.probes!
  const probe = each[kind as ProbeKind]!
  const container = c.tiers[tier.index]!.health.containers[node - tier.first]!
  schedule(c.queue, c.now + probe.period, PROBE_STARTS, kind, node)
  if (!isThere(c, node) || !isDue(container, kind as ProbeKind, each, c.now)) return
  const state = c.nodes.int[(node << NODE_INT) | HEALTH]!
  if (state === HEALTH_HUNG) {
    schedule(c.queue, c.now + probe.timeout, PROBE_ENDS, kind, node)
    return
  }
  end(c, kind as ProbeKind, node, state === HEALTH_UP && !errs(c, node, isDeep[kind]!))
}

/** A probe at a replica that hung when it came was not answered in time. */
export function probeEnds(c: Cluster, kind: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const container = c.tiers[tier.index]!.health.containers[node - tier.first]!
  if (container.isRunning && !container.onHold) end(c, kind as ProbeKind, node, false)
}

/** A container that is to be restarted is dead. */
export function containerIsDead(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const container = c.tiers[tier.index]!.health.containers[node - tier.first]!
  befall(c, node, 'crash', 0)
  schedule(c.queue, c.now + containerStops(container, c.now), CONTAINER_STARTS, node, 0)
  tell(c, node)
}

/** It is started again. */
export function containerIsBack(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const container = c.tiers[tier.index]!.health.containers[node - tier.first]!
  containerStarts(container, tier.health!.probes!.each, c.now)
  befall(c, node, 'recover', 0)
  tell(c, node)
}

function end(c: Cluster, kind: ProbeKind, node: number, passed: boolean): void {
  const tier = c.fixed.tierOf[node]!
  const { each, grace } = tier.health!.probes!
  const container = c.tiers[tier.index]!.health.containers[node - tier.first]!
  record(c.fixed.log, c.now, CHECKED + (passed ? 256 : 0), node, -1 - kind, 0)
  if (concludeProbe(container, kind, each, passed)) {
    const hangs = c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG
    schedule(c.queue, c.now + (hangs ? grace : 0), CONTAINER_STOPS, node, 0)
  }
  tell(c, node)
}

/** All balancers of the tier believe what its probes say of a replica. */
function tell(c: Cluster, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const isUp = isServing(c.tiers[tier.index]!.health.containers[node - tier.first]!)
  for (const [pool, one] of c.pools.entries()) {
    if (one.tier.index === tier.index) believe(c, pool, node - tier.first, isUp)
  }
}

function errs(c: Cluster, node: number, isDeep: boolean): boolean {
  if (!isDeep) return c.nodes.int[(node << NODE_INT) | STARTING] === HONEST
  const errors = c.nodes.num[(node << NODE_NUM) | ERRORS]!
  return errors > 0 && uniform(c.tiers[c.fixed.tierOf[node]!.index]!.probes) < errors
}
