/** Whether what a tier's caches are asked for is independent requests, as the theory supposes. */

import { strategies } from '../../policies/balancing/index.ts'
import type { Chosen } from '../../policies/policy.ts'
import type { ClientPopulation, Scenario } from '../../scenario/scenario.ts'
import { strategiesOf } from '../../scenario/tier-at.ts'
import { mixed, type Popularity, popularityOf } from './theory.ts'

/**
 * How often each key is asked for at every cache of a tier; undefined when a cache stands before it, keys
 * depend on time or on who asks, or decide which replica is asked.
 */
export function independentKeys(scenario: Scenario, tier: number): Popularity | undefined {
  const { clients, tiers } = scenario
  const { cache, replicas } = tiers[tier]!
  const isFirst = tiers.slice(0, tier).every((before) => before.cache === undefined)
  const isSplitByKey =
    replicas.length > 1 &&
    tiers
      .slice(0, tier + 1)
      .some((each, i) => each.replicas.length > 1 && strategiesOf(scenario, i).some(isKeyed))
  if (cache === undefined || cache.variants > 1 || !isFirst || isSplitByKey) return undefined
  const parts = clients.map((client) => ({ rate: rateOf(client), popularity: popularityOf(client.keys) }))
  if (parts.length === 1 && clients[0]!.arrivals.policy !== 'log') return parts[0]!.popularity
  const known = parts.flatMap(({ rate, popularity }) => (rate && popularity ? [{ rate, popularity }] : []))
  return known.length === parts.length ? mixed(known) : undefined
}

const isKeyed = ({ policy }: Chosen) => strategies.get(policy).isKeyed

/** Requests per second that a population brings for ever; undefined where that changes or follows from answers. */
function rateOf({ arrivals, sessions }: ClientPopulation): number | undefined {
  const isSteady = arrivals.policy === 'poisson' || arrivals.policy === 'constant'
  return isSteady && sessions === undefined ? Number(arrivals.params.rate) : undefined
}
