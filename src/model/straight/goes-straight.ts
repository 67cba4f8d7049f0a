/**
 * The straight way: requests of a population that asks for nothing special, to a first tier of nothing but a
 * balancer, queues and services. Being born, sent, received and begun (or queued) is one function here, and so
 * is being done and answered, because most of what such a request costs is going from function to function.
 *
 * It does the same as clients.ts, birth.ts, balancer.ts, replica.ts and flow.ts do, in the same order, and hands
 * over to them wherever something unusual is met; test/model/straight.test.ts holds the two against each other.
 */

import { arrivals } from '../../policies/arrivals/index.ts'
import { hashesClient } from '../../policies/hashing/hashed-on.ts'
import type { ClientPopulation, Scenario } from '../../scenario/scenario.ts'
import { strategiesOf } from '../../scenario/tier-at.ts'
import type { Balancer, FixedTier } from '../cluster.ts'
import { tryTable } from '../tries-table.ts'

/** What a population may say and still go straight; anything else, also what is yet to be thought of, asks for more. */
const MAY_SAY: readonly (keyof ClientPopulation)[] = [
  'id',
  'arrivals',
  'keys',
  'size',
  'addresses',
  'skew',
  'nat',
  'latency',
  'timeout',
  'onTimeout',
  'cost',
  'role',
]

/** True for a population of which fewer requests come at times. */
function isThinned({ faults }: Scenario, number: number): boolean {
  return faults.some(({ kind, client, amount }) => kind === 'spike' && client === number && amount < 1)
}

/** By population: whether its requests go straight. @param front the balancer in front */
export function goesStraight(scenario: Scenario, tier: FixedTier, { upstream }: Balancer): Uint8Array {
  const { structure, service } = scenario.tiers[0]!
  const asksBearer = strategiesOf(scenario, 0).some(({ params }) => hashesClient(params.on))
  const isTierPlain =
    tier.isPlain &&
    upstream.fixed.isPlain &&
    !(tier.isShared || tier.isLifo || asksBearer || tier.setUp || tier.patience || tier.health) &&
    (structure?.balancers ?? 1) === 1 &&
    structure?.front === undefined &&
    service.warmUp === undefined &&
    scenario.tiers.every(({ cache, sessions }) => !(cache || sessions)) &&
    scenario.clients.every(({ cache }) => !cache) &&
    tryTable(scenario) === undefined
  const isPlain = (client: ClientPopulation, number: number) =>
    !isThinned(scenario, number) &&
    arrivals.get(client.arrivals.policy).mode === 'open' &&
    Object.entries(client).every(
      ([key, value]) => value === undefined || (MAY_SAY as readonly string[]).includes(key),
    )
  return Uint8Array.from(scenario.clients, (client, i) => (isTierPlain && isPlain(client, i) ? 1 : 0))
}
