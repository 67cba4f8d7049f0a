/** The plainest scenario there is, for rows to change: no network delay, no checks, no limits. */

import { LONGEST } from '../../base/time.ts'
import type { Chosen, Params } from '../../policies/policy.ts'
import {
  type ClientPopulation,
  type Replica,
  type Scenario,
  type Service,
  type Tier,
  UNLIMITED,
} from '../../scenario/scenario.ts'

export function choose(policy: string, params: Params = {}): Chosen {
  return { policy, params }
}

const nothing = choose('constant', { value: 0 })

export function clientsOf(arrivals: Chosen, changes: Partial<ClientPopulation> = {}): ClientPopulation {
  return {
    id: 'clients',
    arrivals,
    keys: choose('uniform', { count: 1 }),
    size: nothing,
    addresses: 1,
    onTimeout: 'continue',
    latency: nothing,
    ...changes,
  }
}

export function serviceOf(demand: Chosen, changes: Partial<Service> = {}): Service {
  return { demand, concurrency: 1, queue: UNLIMITED, discipline: 'fifo', blocking: false, ...changes }
}

export function tierOf(id: string, service: Service, changes: Partial<Tier> = {}): Tier {
  return {
    id,
    strategy: choose('random'),
    replicas: replicasOf(id, 1),
    service,
    latency: nothing,
    ...changes,
  }
}

/** @param each weight and speed of the replica with that number; 1 unless given */
export function replicasOf(
  tier: string,
  count: number,
  each: (i: number) => Partial<Replica> = () => ({}),
): readonly Replica[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${tier}/${i + 1}`,
    weight: 1,
    speed: 1,
    ...each(i),
  }))
}

/** A run without an end of its own: it lasts as long as requests are born. */
export function scenarioOf(clients: ClientPopulation, tiers: readonly Tier[]): Scenario {
  return {
    format: 'evenkeel/1',
    name: 'a row of reference values',
    summary: '',
    seed: 1,
    duration: LONGEST,
    warmUp: 0,
    clients: [clients],
    tiers,
    faults: [],
    variants: [],
    expect: [],
  }
}
