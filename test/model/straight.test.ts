/** Requests that go the straight way leave the same facts, to the bit, as those that go the long way. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, type Run, startRun } from '../../src/run/run.ts'
import { type ClientPopulation, type Scenario, type Tier, UNLIMITED } from '../../src/scenario/scenario.ts'
import { shipped } from '../shipped.ts'
import { anyScenario } from '../swarm/arbitrary.ts'
import { poisson } from './build.ts'

const RUNS = 60

function finished(scenario: Scenario, noShortWays: boolean): Run {
  const settled = scenario.warmUp === 'auto' ? { ...scenario, warmUp: 0 } : scenario
  const run = startRun(settled, { drain: true, requests: 3000, noShortWays })
  advance(run, Infinity)
  return run
}

const isStraight = (run: Run): boolean => run.cluster.fixed.straight.includes(1)

function holdAgainst(scenario: Scenario): boolean {
  const short = finished(scenario, false)
  const long = finished(scenario, true)
  expect(isStraight(long)).toBe(false)
  expect(short.print.hex()).toBe(long.print.hex())
  expect(short.cluster.events).toBe(long.cluster.events)
  return isStraight(short)
}

/** What keeps its populations off the straight way is left out; faults, queues, slots and times stay. */
function plain(scenario: Scenario): Scenario {
  const tier = ({ id, strategy, replicas, service, latency, failures }: Tier): Tier => ({
    id,
    strategy,
    replicas: replicas.map(({ id: name, weight, speed }) => ({ id: name, weight, speed })),
    service: {
      demand: service.demand,
      concurrency: service.concurrency,
      queue: service.queue === 0 ? UNLIMITED : service.queue,
      discipline: 'fifo',
      blocking: service.blocking,
    },
    latency,
    ...(failures && { failures }),
  })
  const client = (one: ClientPopulation): ClientPopulation => ({
    id: one.id,
    arrivals: ['closed', 'log'].includes(one.arrivals.policy) ? poisson(50) : one.arrivals,
    keys: one.keys,
    size: one.size,
    addresses: one.addresses,
    onTimeout: one.onTimeout,
    latency: one.latency,
    ...(one.timeout && { timeout: one.timeout }),
    ...(one.cost !== undefined && { cost: one.cost }),
  })
  return { ...scenario, tiers: scenario.tiers.map(tier), clients: scenario.clients.map(client) }
}

test(`straight or not, ${RUNS} random scenarios run alike, most of them straight`, () => {
  let straight = 0
  const property = fc.property(anyScenario, (scenario) => {
    if (holdAgainst(plain(scenario))) straight++
  })
  fc.assert(property, { seed: 20_261_121, numRuns: RUNS })
  expect(straight).toBeGreaterThan(RUNS / 3)
})

test('so do those that ship', () => {
  const straight = shipped.filter(({ scenario, options }) => isStraight(startRun(scenario, options)))
  expect(straight.map(({ id }) => id)).toContain('overload')
  for (const { scenario } of straight) {
    expect(holdAgainst({ ...scenario, duration: Math.min(scenario.duration, 20e9) })).toBe(true)
  }
})
