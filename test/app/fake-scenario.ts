/** A small scenario as the parser would make it, for tests of the screen. */

import type { Scenario } from '../../src/scenario/scenario.ts'

const constant = (value: number) => ({ policy: 'constant', params: { value } })

export const fakeScenario: Scenario = {
  format: 'evenkeel/1',
  name: 'A crash that the balancer is slow to notice',
  summary: 'One of four replicas dies; active checks need three failures, two seconds apart.',
  seed: 7,
  duration: 120e9,
  warmUp: 10e9,
  clients: [
    {
      id: 'shoppers',
      arrivals: { policy: 'poisson', params: { rate: 400 } },
      keys: { policy: 'uniform', params: { count: 1000 } },
      size: constant(1000),
      addresses: 1000,
      onTimeout: 'continue',
      latency: constant(500_000),
    },
  ],
  tiers: [
    {
      id: 'web',
      strategy: { policy: 'least-connections', params: {} },
      replicas: [1, 2, 3, 4].map((n) => ({ id: `web/${n}`, weight: 1, speed: 1 })),
      service: {
        demand: { policy: 'lognormal', params: { mean: 12_000_000, cv: 1.5 } },
        concurrency: 2,
        queue: 64,
        discipline: 'fifo',
        blocking: true,
      },
      latency: constant(500_000),
      health: {
        active: {
          rule: { policy: 'standard', params: { interval: 2e9, timeout: 1e9, rise: 2, fall: 3 } },
          path: 'cheap',
          queued: false,
          cost: 0,
          onMarkedDown: 'keep',
        },
      },
    },
  ],
  faults: [
    { at: 30e9, kind: 'crash', tier: 0, replica: 1, amount: 0 },
    { at: 75e9, kind: 'recover', tier: 0, replica: 1, amount: 0 },
  ],
  variants: [],
  expect: [{ text: 'availability > 99%', figure: 'availability', operator: '>', value: 0.99 }],
}
