/** Which requests and which time are measured: warm-up, number of requests, draining, an early end. */

import { describe, expect, test } from 'vitest'
import { LONGEST, SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import { settleWarmUp } from '../../src/run/warm-up.ts'
import { always, clients, exponential, fault, ms, paced, poisson, scenario, tier } from '../model/build.ts'

const slowStart = scenario({
  duration: 100 * SECOND,
  clients: [clients(poisson(50))],
  tiers: [tier({ replicas: 2, demand: exponential(ms(10)) })],
  faults: [fault(0, 'slow', -1, 4), fault(20 * SECOND, 'recover', -1)],
})

describe('a warm-up', () => {
  test('leaves out the requests that arrive in it', () => {
    const wanted = scenario({ warmUp: 3 * SECOND, clients: [clients(paced(10))] })
    const { requests, simulated } = simulate(wanted)
    expect(simulated).toMatchObject({ durationSeconds: 10, warmUpSeconds: 3, requests: 100 })
    // those at 3.0, 3.1, … 10.0; the last has not been answered by the end
    expect(requests).toMatchObject({ arrived: 71, succeeded: 70, unfinished: 1 })
  })

  test('leaves out the time before it ends', () => {
    const busyEarly = {
      warmUp: 5 * SECOND,
      clients: [clients(paced(10))],
      tiers: [tier({ demand: always(ms(50)) })],
    }
    const wanted = scenario({ ...busyEarly, faults: [fault(0, 'slow', 0, 20), fault(4 * SECOND, 'recover')] })
    const { utilisation } = simulate(wanted).tiers.web!.replicas['web/1']!
    expect(simulate({ ...wanted, warmUp: 0 }).tiers.web!.replicas['web/1']!.utilisation).toBeGreaterThan(0.85)
    expect(utilisation).toBeLessThan(0.95)
  })

  test('of no length measures everything', () => {
    expect(simulate(scenario({ clients: [clients(paced(10))] })).requests.arrived).toBe(100)
  })

  test('given as a number of requests leaves out exactly those', () => {
    const made = simulate(scenario({ clients: [clients(paced(10))] }), { warmUpRequests: 30 })
    expect(made.requests.arrived).toBe(70)
    expect(made.simulated.warmUpSeconds).toBe(3.1)
  })

  test('to be found ends where the latencies settle', () => {
    const { warmUp } = settleWarmUp({ ...slowStart, warmUp: 'auto' }, {})
    expect(Number(warmUp)).toBeGreaterThan(19 * SECOND)
    expect(Number(warmUp)).toBeLessThan(30 * SECOND)
  })

  test('to be found makes the report that the same warm-up makes when it is given', () => {
    const found = simulate({ ...slowStart, warmUp: 'auto' })
    const warmUp = settleWarmUp({ ...slowStart, warmUp: 'auto' }, {}).warmUp
    expect({ ...simulate({ ...slowStart, warmUp }), wall: 0 }).toEqual({ ...found, wall: 0 })
    expect(found.simulated.warmUpSeconds).toBe(Number(warmUp) / 1e9)
  })

  test('changes nothing of what happens', () => {
    const prints = [0, SECOND, 'auto' as const].map(
      (warmUp) => simulate({ ...slowStart, warmUp }).fingerprint,
    )
    expect(new Set(prints).size).toBe(1)
  })
})

describe('a run by number of requests', () => {
  const endless = scenario({ duration: LONGEST, clients: [clients(paced(10))] })

  test('has exactly that many, and ends with the last of them', () => {
    const made = simulate(endless, { requests: 25 })
    expect(made.simulated).toMatchObject({ requests: 25, durationSeconds: 2.5 })
    expect(made.requests).toMatchObject({ arrived: 25, succeeded: 24, unfinished: 1 })
  })

  test('drained, has them all settled, in the same window', () => {
    const made = simulate(endless, { requests: 25, drain: true })
    expect(made.simulated.durationSeconds).toBe(2.5)
    expect(made.requests).toMatchObject({ arrived: 25, succeeded: 25, unfinished: 0 })
    expect(made.throughputPerSecond).toBe(24 / 2.5)
  })

  test('counts over all populations', () => {
    const populations = [clients(paced(10)), clients(poisson(30), { id: 'others' })]
    expect(simulate({ ...endless, clients: populations }, { requests: 40 }).simulated.requests).toBe(40)
  })

  test('ends earlier when its time is up', () => {
    expect(simulate({ ...endless, duration: SECOND }, { requests: 25 }).requests.arrived).toBe(10)
  })

  test('has no series when its end is not known', () => {
    expect(simulate(endless, { requests: 25 }).series.arrivalsPerSecond).toEqual([])
  })
})

describe('a run that is stopped', () => {
  test('reports what was measured so far, marked partial', () => {
    const long = scenario({ duration: 5000 * SECOND, warmUp: SECOND, clients: [clients(poisson(90))] })
    let looks = 0
    const made = simulate(long, { stopped: () => ++looks > 0 })
    expect(made.partial).toBe(true)
    expect(made.simulated.durationSeconds).toBeLessThan(5000)
    const { arrived, succeeded, unfinished } = made.requests
    expect(arrived).toBe(succeeded + unfinished)
    expect(made.throughputPerSecond).toBeGreaterThan(80)
  })

  test('is not partial when it was over', () => {
    // a run of fewer events than a slice is over before anybody asks
    expect(simulate(scenario({ duration: SECOND }), { stopped: () => true }).partial).toBe(false)
  })
})

test('progress rises from 0 to 1', () => {
  const shares: number[] = []
  simulate(scenario({ duration: 2000 * SECOND, clients: [clients(poisson(90))] }), {
    onProgress: (share) => shares.push(share),
  })
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  for (const share of shares) expect(share).toBeLessThanOrEqual(1)
})
