/** The benchmark's fixed workloads: open Poisson arrivals, one balancer, k replicas of one exponential server each. */

import { MILLISECOND } from '../../base/time.ts'
import type { Chosen } from '../../policies/policy.ts'
import { type Scenario, UNLIMITED } from '../../scenario/scenario.ts'

export interface Workload {
  readonly name: string
  readonly strategy: Chosen
  readonly replicas: number
  readonly load: number
}

const SERVICE = 10 * MILLISECOND

/** The three workloads that other simulators were measured on. */
export const WORKLOADS: readonly Workload[] = [
  { name: 'W1', strategy: { policy: 'round-robin', params: {} }, replicas: 10, load: 0.8 },
  { name: 'W2', strategy: { policy: 'least-connections', params: {} }, replicas: 100, load: 0.8 },
  {
    name: 'W3',
    strategy: { policy: 'two-choices', params: { choices: 2, replacement: true } },
    replicas: 1000,
    load: 0.9,
  },
]

/** The workload as a scenario that lasts a little longer than `requests` requests take to arrive. */
export function scenarioOf(
  { name, strategy, replicas, load }: Workload,
  requests: number,
  seed = 1,
): Scenario {
  const rate = (load * replicas) / (SERVICE / 1e9)
  const constant = (value: number): Chosen => ({ policy: 'constant', params: { value } })
  return {
    format: 'evenkeel/1',
    name,
    summary: '',
    seed,
    duration: Math.ceil((requests / rate) * 1.05 + 1) * 1e9,
    warmUp: 0,
    clients: [
      {
        id: 'clients',
        arrivals: { policy: 'poisson', params: { rate } },
        keys: { policy: 'uniform', params: { count: 1 } },
        size: constant(0),
        addresses: 1,
        onTimeout: 'continue',
        latency: constant(0),
      },
    ],
    tiers: [
      {
        id: 'web',
        strategy,
        replicas: Array.from({ length: replicas }, (_, i) => ({ id: `web/${i + 1}`, weight: 1, speed: 1 })),
        service: {
          demand: { policy: 'exponential', params: { mean: SERVICE } },
          concurrency: 1,
          queue: UNLIMITED,
          discipline: 'fifo',
          blocking: false,
        },
        latency: constant(0),
      },
    ],
    faults: [],
    variants: [],
    expect: [],
  }
}
