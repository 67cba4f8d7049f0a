/** What the measures must know of a scenario, and what they may not look up themselves. */

import { LONGEST } from '../base/time.ts'
import { type Layout, stepFor } from '../measure/layout.ts'
import { meanOf } from '../policies/distributions/index.ts'
import type { Scenario, Tier } from '../scenario/scenario.ts'
import { objectiveOf } from './expectations.ts'

/** The layout of a scenario's cluster; no series for a run without a known end. */
export function layoutOf(scenario: Scenario, warmUp: number, warmUpRequests: number): Layout {
  const { tiers, duration } = scenario
  const replicas = tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id))
  const step = stepFor(duration, replicas.length)
  return {
    clients: scenario.clients.map((client) => client.id),
    tiers: tiers.map((tier) => tier.id),
    countsSessions: tiers.map(({ sessions, structure }) => (sessions ?? structure?.affinity) !== undefined),
    hasClientCache: scenario.clients.map(({ cache }) => cache !== undefined),
    hasCache: tiers.map(({ cache }) => cache !== undefined),
    hasTransport: tiers.map(({ connections, tls, pool }) => (connections ?? tls ?? pool) !== undefined),
    hasTls: tiers.map(({ tls }) => tls !== undefined),
    attacks: scenario.clients.map(({ role }) => role === 'attack'),
    classes: tiers.map(({ rateLimits = [] }) =>
      rateLimits.flatMap(({ classes = [] }) => classes.map(({ name }) => name)),
    ),
    hasLimits: tiers.map(({ rateLimits }) => rateLimits !== undefined),
    replicas,
    tierOf: Int32Array.from(tiers.flatMap((tier, t) => tier.replicas.map(() => t))),
    spare: tiers.flatMap((tier) => tier.replicas.map(({ spare }) => spare === true)),
    firsts: Int32Array.from(tiers, (_, t) => firstOf(tiers, t)),
    balancers: Int32Array.from(tiers, (tier, t) =>
      t === 0 ? (tier.structure?.balancers ?? 1) : tiers[t - 1]!.replicas.length,
    ),
    demands: Float64Array.from(tiers, (tier) => demandOf(tier, scenario)),
    objective: objectiveOf(scenario),
    slots: Float64Array.from(tiers.flatMap((tier) => tier.replicas.map(() => tier.service.concurrency))),
    speeds: Float64Array.from(tiers.flatMap((tier) => tier.replicas.map((replica) => replica.speed))),
    warmUp,
    warmUpRequests,
    step,
    steps: duration === LONGEST ? 0 : Math.ceil(duration / step),
  }
}

function firstOf(tiers: readonly Tier[], t: number): number {
  return tiers.slice(0, t).reduce((sum, { replicas }) => sum + replicas.length, 0)
}

/** Mean work of a request, ns at speed 1; NaN where there is none, or no mean. Populations that cost more count where all do. */
function demandOf({ service }: Tier, { clients }: Scenario): number {
  const mean = meanOf(service.demand)
  const costs = new Set(clients.map(({ cost = 1 }) => cost))
  return mean > 0 && mean < Infinity ? mean * (costs.size === 1 ? [...costs][0]! : 1) : NaN
}
