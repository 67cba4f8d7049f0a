/** Laws that hold in every queueing system, and the textbook's M/M/1, on reports of whole runs. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import {
  always,
  chosen,
  clients,
  closed,
  exponential,
  leastConnections,
  ms,
  paced,
  poisson,
  scenario,
  tier,
} from '../model/build.ts'
import { checkedReport } from './against-recount.ts'

/** One exponential server of 10 ms a request under this load, for 50,000 requests or so. */
function mm1(load: number) {
  return scenario({
    duration: Math.round((500 / load) * SECOND),
    warmUp: 10 * SECOND,
    clients: [clients(poisson(load * 100))],
    tiers: [tier({ demand: exponential(ms(10)) })],
  })
}

// The relative error of a mean of n M/M/1 sojourns is about sqrt(2 / n) · (1 + load) / (1 - load).
describe.each([
  [0.3, 0.03],
  [0.6, 0.06],
  [0.8, 0.15],
])('M/M/1 at load %d', (load, tolerance) => {
  const made = simulate(mm1(load))
  const near = (measured: number, expected: number) =>
    expect(Math.abs(measured / expected - 1)).toBeLessThan(tolerance)

  test('keeps requests for 1 / (mu - lambda)', () => near(made.latencyMs!.mean, 10 / (1 - load)))
  test('has load / (1 - load) in the system', () => near(made.meanInSystem, load / (1 - load)))
  test('is busy for the load', () => near(made.tiers.web!.replicas['web/1']!.utilisation, load))
  test('lets the share of the load wait', () => near(made.fractionThatWaited!, load))
  test('has exponential sojourn times', () => near(made.latencyMs!.p90, (10 / (1 - load)) * Math.log(10)))
})

const laws = {
  'an open tier': mm1(0.7),
  'a closed loop through two tiers': scenario({
    clients: [clients(closed(20, exponential(ms(50))))],
    tiers: [
      tier({ id: 'edge', replicas: 2, demand: exponential(ms(3)) }),
      tier({ id: 'db', demand: exponential(ms(4)) }),
    ],
  }),
  'processor sharing under least connections': scenario({
    clients: [clients(poisson(150))],
    tiers: [
      tier({
        replicas: 3,
        strategy: leastConnections,
        discipline: 'ps',
        demand: chosen('hyperexponential', { mean: ms(12), cv: 3 }),
      }),
    ],
  }),
}

describe.each(Object.entries(laws))('in %s', (_name, wanted) => {
  const made = checkedReport(wanted)

  test('the number in the system is throughput times latency (Little)', () => {
    // At its two ends the window cuts through some requests.
    const inSystem = (made.throughputPerSecond * made.latencyMs!.mean) / 1000
    expect(Math.abs(inSystem / made.meanInSystem - 1)).toBeLessThan(0.02)
  })

  test('the number at the replicas is that of the clients, where no network is between', () => {
    const at = Object.values(made.tiers).flatMap(({ replicas }) => Object.values(replicas))
    const first = Object.values(Object.values(made.tiers)[0]!.replicas)
    const total = first.reduce((sum, { meanInSystem }) => sum + meanInSystem, 0)
    expect(total).toBeCloseTo(made.meanInSystem, 6)
    for (const one of at) expect(one.meanInSystem).toBeGreaterThanOrEqual(one.meanQueueLength)
  })
})

test('utilisation is throughput times demand (the utilisation law)', () => {
  const wanted = scenario({
    clients: [clients(paced(160))],
    tiers: [tier({ replicas: 2, concurrency: 4, demand: always(ms(20)) })],
  })
  const made = simulate(wanted)
  for (const { utilisation } of Object.values(made.tiers.web!.replicas)) {
    // 80 requests a second of 20 ms each in 4 slots; the run begins empty
    expect(utilisation).toBeCloseTo((80 * 0.02) / 4, 2)
  }
})

test('what arrived was answered or is unfinished', () => {
  const wanted = scenario({
    clients: [clients(poisson(300), { timeout: exponential(ms(100)) })],
    tiers: [tier({ replicas: 2, queue: 10 })],
  })
  const { arrived, succeeded, failed, rejected, timedOut, unfinished, byOutcome } = simulate(wanted).requests
  expect(succeeded + failed + rejected + timedOut + unfinished).toBe(arrived)
  expect(Object.values(byOutcome).reduce((sum, n) => sum + n, 0)).toBe(arrived - unfinished)
  expect(Math.min(succeeded, rejected, timedOut)).toBeGreaterThan(50)
})
