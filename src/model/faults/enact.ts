/** Carries out the timed entries of a scenario. */

import { setRuntimeWeight } from '../../policies/upstream/membership.ts'
import { DRAINING } from '../../policies/upstream/standing.ts'
import type { Fault } from '../../scenario/fault.ts'
import { befallCaches } from '../cache-faults.ts'
import type { Cluster } from '../cluster.ts'
import { deploy, want } from '../deploys.ts'
import { admit } from '../health/belief.ts'
import { exclude } from '../health/exclude.ts'
import { BY_HAND } from '../outside.ts'
import { befall } from './befall.ts'
import { balancerFails, reload } from './front.ts'
import { resize } from './resize.ts'
import { rebalance, recheck } from './settings.ts'
import { spike } from './spikes.ts'
import { narrowErrors, trouble } from './troubles.ts'
import { disturb } from './ways.ts'

/** One timed entry. */
export function enact(c: Cluster, fault: Fault): void {
  const { kind } = fault
  if (befallCaches(c, fault)) return
  if (kind === 'partition' || kind === 'latency' || kind === 'loss') disturb(c, fault)
  else if (kind === 'spike') spike(c, fault)
  else if (kind === 'deploy') deploy(c, fault)
  else if (kind === 'scale') want(c, fault.tier, fault.amount, BY_HAND)
  else if (kind === 'down') balancerFails(c, fault)
  else if (kind === 'reload') reload(c, fault)
  else if (kind === 'balance') rebalance(c, fault)
  else if (kind === 'checks') recheck(c, fault)
  else {
    const tier = c.fixed.tiers[fault.tier]!
    if (fault.replica >= 0) strike(c, tier.first + fault.replica, fault)
    else for (let i = 0; i < tier.count; i++) strike(c, tier.first + i, fault)
  }
}

function strike(c: Cluster, node: number, fault: Fault): void {
  const { kind, amount } = fault
  if (kind === 'pause' || kind === 'flap') trouble(c, node, fault)
  else if (kind === 'slots') resize(c, node, fault)
  else if (kind === 'drain' || kind === 'weight') {
    for (const [pool, { tier }] of c.pools.entries()) {
      if (tier.index === fault.tier) tell(c, pool, node - tier.first, fault)
    }
  } else {
    if (kind === 'errors') narrowErrors(c, node, fault)
    befall(c, node, kind as Parameters<typeof befall>[2], amount)
  }
}

/** An operator's word to a balancer. */
function tell(c: Cluster, pool: number, replica: number, { kind, amount, ends }: Fault): void {
  if (kind === 'weight') setRuntimeWeight(c.pools[pool]!.upstream, replica, ends ? 1 : amount, c.now)
  else if (ends) admit(c, pool, replica, DRAINING)
  else exclude(c, pool, replica, DRAINING)
}
