/** What the measures must know of a scenario, and what they may not look up themselves. */

import { LONGEST } from '../base/time.ts'
import { type Layout, stepFor } from '../measure/layout.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** The layout of a scenario's cluster; no series for a run without a known end. */
export function layoutOf(scenario: Scenario, warmUp: number, warmUpRequests: number): Layout {
  const { tiers, duration } = scenario
  const replicas = tiers.flatMap((tier) => tier.replicas.map((replica) => replica.id))
  const step = stepFor(duration, replicas.length)
  return {
    clients: scenario.clients.map((client) => client.id),
    tiers: tiers.map((tier) => tier.id),
    countsSessions: tiers.map(({ sessions, structure }) => (sessions ?? structure?.affinity) !== undefined),
    hasCache: tiers.map(({ cache }) => cache !== undefined),
    hasTransport: tiers.map(({ connections, tls }) => (connections ?? tls) !== undefined),
    hasLimits: tiers.map(({ rateLimits }) => rateLimits !== undefined),
    replicas,
    tierOf: Int32Array.from(tiers.flatMap((tier, t) => tier.replicas.map(() => t))),
    slots: Float64Array.from(tiers.flatMap((tier) => tier.replicas.map(() => tier.service.concurrency))),
    speeds: Float64Array.from(tiers.flatMap((tier) => tier.replicas.map((replica) => replica.speed))),
    warmUp,
    warmUpRequests,
    step,
    steps: duration === LONGEST ? 0 : Math.ceil(duration / step),
  }
}
