/** Tries, copies and overload against the theory of their books and papers. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Report } from '../../src/measure/report.ts'
import { advance, report, startRun } from '../../src/run/run.ts'
import { type Scenario, UNLIMITED } from '../../src/scenario/scenario.ts'
import {
  always,
  chosen,
  clientRetrying,
  clients,
  exponential,
  fault,
  ms,
  poisson,
  scenario,
  tier,
} from './build.ts'

function ran(wanted: Partial<Scenario>): Report {
  const run = startRun(scenario(wanted))
  advance(run, Infinity)
  return report(run, 'test', 0)
}

describe('copies of late requests, with servers for all (Dean and Barroso, 2013)', () => {
  const lognormal = chosen('lognormal', { mean: ms(10), cv: 2 })

  test.each([
    ['two at once', exponential(ms(10)), 0, 0.5, 4.60517 / 2, 1],
    ['after the 95th percentile', exponential(ms(10)), 2.995732274, 0.975, 3.80045123, 0.05],
    ['lognormal, two at once', lognormal, 0, 0.3696862137, 2.27300741, 1],
    ['lognormal, after the 95th percentile', lognormal, 3.60384729, 0.8578058547, 4.502593001, 0.05],
  ])('%s', (_, demand, after, mean, p99, extra) => {
    const delay = Math.round(after * ms(10))
    const hedge = { delay, quantile: 0.95, copies: 1, cancels: false, fresh: true }
    const made = ran({
      duration: 200 * SECOND,
      clients: [clients(poisson(500), { hedge })],
      tiers: [tier({ demand, concurrency: UNLIMITED })],
    })
    const n = made.requests.arrived
    const { mean: got, p99: slow } = made.latencyMs!
    expect(Math.abs(got / 10 - mean)).toBeLessThan((4 * 1.06) / Math.sqrt(n))
    expect(Math.abs(slow / 10 - p99)).toBeLessThan((4 * 8.2) / Math.sqrt(n) + 0.003 * p99)
    expect(Math.abs(made.tries.hedges / n - extra)).toBeLessThan((4 * 0.218) / Math.sqrt(n))
    if (after === 0) expect(Math.abs(made.tries.hedgesWon / n - 0.5)).toBeLessThan(2 / Math.sqrt(n))
  })
})

describe('a loss system with retries (Cohen, 1957)', () => {
  test.each([
    [4, 5, 2, 0.3551320174, 1.481250767],
    [8, 10, 3, 0.232581886, 1.299257582],
  ])('%d erlang, %d servers, %d retries', (load, servers, retries, lost, attempts) => {
    // Pauses of 200 service times on average, so that retries look like a Poisson stream.
    const backOff = { jitter: 'full', base: 400 * ms(1), max: 400 * ms(1), factor: 1 }
    const made = ran({
      duration: 45 * SECOND,
      warmUp: 5 * SECOND,
      clients: [clients(poisson(1000 * load), { retries: clientRetrying({ tries: retries + 1, backOff }) })],
      tiers: [tier({ demand: exponential(ms(1)), concurrency: servers, queue: 0 })],
    })
    const web = made.tiers.web!
    expect(Math.abs(web.callsPerRequest / attempts - 1)).toBeLessThan(0.01)
    const calls = web.callsPerRequest * made.requests.arrived
    expect(Math.abs(web.rejected / calls / lost - 1)).toBeLessThan(0.02)
  })
})

test('a retry budget bounds the load of a failing server', () => {
  const budget = chosen('ratio', { share: 0.1, reserve: 10 })
  const retries = clientRetrying({ tries: 4, budget })
  const made = ran({ clients: [clients(poisson(1000), { retries })], faults: [fault(0, 'crash', -1)] })
  const calls = made.tiers.web!.callsPerRequest
  expect(calls).toBeGreaterThan(1.09)
  expect(calls).toBeLessThan(1.1 + 10 / made.requests.arrived)
})

test.each([
  [2, 800],
  [1.1, 440],
])('with K %d a client of 1000 a second sends %d to a server that takes 400 (SRE, chapter 21)', (k, sent) => {
  const made = ran({
    duration: 600 * SECOND,
    warmUp: 360 * SECOND,
    clients: [clients(chosen('constant', { rate: 1000 }), { throttle: { k, window: 120 * SECOND } })],
    tiers: [tier({ demand: always(Math.round(2.5 * ms(1))), queue: 100 })],
  })
  expect(Math.abs((1000 * made.tiers.web!.callsPerRequest) / sent - 1)).toBeLessThan(0.03)
  expect(made.requests.byOutcome.throttled! / made.requests.arrived).toBeCloseTo(1 - sent / 1000, 1)
})

describe('overload with deadlines (Maurer, "Fail at Scale", 2015)', () => {
  const inTime = (service: object) => {
    const made = ran({
      duration: 100 * SECOND,
      clients: [clients(poisson(1500), { timeout: always(ms(5)) })],
      tiers: [tier({ demand: exponential(ms(1)), queue: 49, ...service })],
    })
    return made.requests.succeeded / made.requests.arrived
  }

  test('first in, first out: nobody is served in time; last in, first out: half are', () => {
    expect(inTime({ discipline: 'fifo' })).toBeLessThan(0.001)
    expect(Math.abs(inTime({ discipline: 'lifo' }) - 0.5038468421)).toBeLessThan(0.0092)
  })

  test('dropping what is late, CoDel, adaptive LIFO and shedding serve many in time', () => {
    const codel = { discipline: 'codel', codel: { target: ms(1), interval: ms(10) } }
    const ways = [
      { dropsLate: true },
      codel,
      { discipline: 'adaptive-lifo', lifoAfter: ms(10) },
      { shed: chosen('deadline', { weight: 0.05 }) },
      { shed: chosen('queue-length', { most: 3, reserve: 0 }) },
    ]
    const least = [0.4, 0.15, 0.49, 0.47, 0.5]
    for (const [i, way] of ways.entries()) expect(inTime(way)).toBeGreaterThan(least[i]!)
  })
})

describe('a retry storm (Bronson et al., 2021)', () => {
  // Capacity 1000 a second, three tries: below 333 a second it heals, above it may stay down.
  const availabilityAt = (rate: number, more: object = {}) => {
    const retries = clientRetrying({
      tries: 3,
      on: ['timeout'],
      timeout: ms(100),
      backOff: { jitter: 'none', base: 0, max: 0, factor: 1 },
      ...more,
    })
    const made = ran({
      duration: 60 * SECOND,
      warmUp: 40 * SECOND,
      clients: [clients(poisson(rate), { retries })],
      tiers: [tier({ demand: always(ms(1)) })],
      faults: [fault(10 * SECOND, 'slow', -1, 1e6), fault(12 * SECOND, 'recover', -1)],
    })
    return made.availability!
  }

  test('heals below a third of the capacity and stays down above it', () => {
    expect(availabilityAt(300)).toBeGreaterThan(0.99)
    expect(availabilityAt(450)).toBeLessThan(0.05)
    const budget = chosen('ratio', { share: 0.1, reserve: 10 })
    expect(availabilityAt(450, { budget })).toBeGreaterThan(0.99)
  })
})
