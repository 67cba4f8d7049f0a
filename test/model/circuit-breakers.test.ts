/** The limits of a cluster in a cluster: who fails at once, who waits, and which retries are not made. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { ClusterLimits } from '../../src/policies/upstream/cluster-limits.ts'
import { simulate } from '../../src/run/simulate.ts'
import { always, chosen, clients, fault, ms, paced, retrying, scenario, tier } from './build.ts'
import { factsOf, only } from './facts-of.ts'

const wide: ClusterLimits = { connections: 1024, pending: 1024, requests: 1024, isMultiplexed: false }

/** 100 requests a second of 100 ms each: ten at once, over two replicas that serve five each. */
function run(cluster: Partial<ClusterLimits>, seconds = 2) {
  return simulate(
    scenario({
      duration: seconds * SECOND,
      clients: [clients(paced(100))],
      tiers: [
        tier({
          replicas: 2,
          concurrency: 5,
          demand: always(ms(100)),
          structure: { cluster: { ...wide, ...cluster } },
        }),
      ],
    }),
  )
}

describe('limits of the cluster', () => {
  test('that are not reached change nothing', () => {
    const { requests, fingerprint } = run({})
    expect(requests.byOutcome).toEqual({ ok: requests.succeeded })
    const plain = simulate(
      scenario({
        duration: 2 * SECOND,
        clients: [clients(paced(100))],
        tiers: [tier({ replicas: 2, concurrency: 5, demand: always(ms(100)) })],
      }),
    )
    expect(fingerprint).toBe(plain.fingerprint)
  })

  test('turn away what is beyond so many requests', () => {
    const { requests, latencyMs } = run({ requests: 8 })
    // Eight each 100 ms, of ten.
    expect(requests.byOutcome['upstream overflow']! / requests.arrived).toBeCloseTo(0.2, 1)
    expect(requests.rejected).toBe(requests.byOutcome['upstream overflow'])
    expect(latencyMs!.max).toBeCloseTo(100, 1)
  })

  test('let requests wait for a connection, and so many only', () => {
    const { requests, latencyMs, waitingMs } = run({ connections: 8, pending: 4 })
    expect(requests.byOutcome['upstream overflow']! / requests.arrived).toBeCloseTo(0.2, 1)
    expect(latencyMs!.max).toBeGreaterThan(140)
    expect(waitingMs!.max).toBeGreaterThan(40)
  })
})

test('further tries beyond those that may be under way are not made', () => {
  const wanted = scenario({
    duration: 2 * SECOND,
    clients: [clients(paced(100))],
    tiers: [
      tier({
        replicas: 2,
        concurrency: 50,
        demand: always(ms(100)),
        retries: retrying({ budget: chosen('concurrent', { most: 3 }) }),
      }),
    ],
    // Half of the tries are refused at once, and the tries after them take 100 ms.
    faults: [fault(0, 'crash')],
  })
  const { tries, requests } = simulate(wanted)
  // Three each 100 ms, of five.
  expect(tries.byBalancers / 2).toBeCloseTo(30, -1)
  expect(tries.overflowed! / 2).toBeCloseTo(20, -1)
  expect(requests.byOutcome.refused).toBe(tries.overflowed)
  expect(only(factsOf(wanted), 'retry-overflowed')).toHaveLength(tries.overflowed!)
})
