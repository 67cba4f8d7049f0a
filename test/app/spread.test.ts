import { describe, expect, test } from 'vitest'
import { knownQueue } from '../../src/app/charts/spread/known-queue.ts'
import {
  latencyBins,
  percentile,
  perRange,
  shareAbove,
  tailOf,
} from '../../src/app/charts/spread/latency-bins.ts'
import type { RunSeries } from '../../src/measure/series.ts'
import { parse } from '../../src/scenario/parse.ts'

function scenario(web: string, rest = '', clients = ''): ReturnType<typeof knownQueue> {
  const parsed = parse(
    `format: evenkeel/1
name: A queue
seed: 1
duration: 10s
clients:
  users: { rate: 80/s, network: { latency: 1ms }${clients} }
tiers:
  web: ${web}
${rest}`,
    'queue.yaml',
  )
  if (!parsed.scenario) throw new Error(parsed.problems.map(({ message }) => message).join('; '))
  return knownQueue(parsed.scenario)
}
const one = (service: string, more = '') =>
  `{ replicas: 1, network: { latency: 0ms }, service: { ${service} }${more} }`

describe('theory speaks only where the system is one that it knows', () => {
  test('one replica, exponential service: M/M/1, and M/M/c with more slots', () => {
    const queue = scenario(one('demand: { exponential: { mean: 10ms } }, concurrency: 1'))
    expect(queue?.name).toBe('M/M/1')
    // 50 ms in the queue's system, and 2 ms on the way.
    expect(queue?.mean).toBeCloseTo(52, 9)
    expect(queue?.tail?.(2)).toBe(1)
    expect(queue?.tail?.(52)).toBeCloseTo(Math.exp(-1), 9)
    expect(scenario(one('demand: { exponential: { mean: 10ms } }, concurrency: 3'))?.name).toBe('M/M/3')
  })
  test('blind random over equal replicas splits Poisson arrivals', () => {
    const tier =
      '{ replicas: 4, network: { latency: 0ms }, balancing: { strategy: random }, service: { demand: { exponential: { mean: 40ms } }, concurrency: 1 } }'
    expect(scenario(tier)?.mean).toBeCloseTo(202, 6)
    expect(scenario(tier.replace('random', 'round-robin'))).toBeUndefined()
  })
  test('any other service has a mean only', () => {
    const fixed = scenario(one('demand: 10ms, concurrency: 1'))
    expect([fixed?.name, fixed?.tail]).toEqual(['M/G/1', undefined])
    expect(fixed?.mean).toBeCloseTo(32, 6)
    expect(scenario(one('demand: 10ms, concurrency: 1, discipline: ps'))?.mean).toBeCloseTo(52, 6)
    expect(scenario(one('demand: 10ms, concurrency: 2'))).toBeUndefined()
  })
  test.each([
    [
      'a fault',
      one('demand: { exponential: { mean: 10ms } }, concurrency: 1'),
      'faults: [{ at: 1s, crash: web/1 }]',
      '',
    ],
    ['a bounded queue', one('demand: { exponential: { mean: 10ms } }, concurrency: 1, queue: 5'), '', ''],
    ['a timeout', one('demand: { exponential: { mean: 10ms } }, concurrency: 1'), '', ', timeout: 1s'],
  ])('%s, and there is no curve', (_what, web, rest, clients) =>
    expect(scenario(web, rest, clients)).toBeUndefined(),
  )
})

describe('latencies of a stretch of time', () => {
  const series = {
    step: 1e9,
    steps: 3,
    heat: { bounds: Float64Array.of(1e6, 2e6, 4e6, 8e6), counts: Uint32Array.of(1, 0, 0, 0, 2, 0, 0, 1, 0) },
  } as unknown as RunSeries
  test('are those of its steps, without empty ranges at the ends', () => {
    const bins = latencyBins(series, { from: 1e9, to: 3e9 })!
    expect([[...bins.bounds], [...bins.counts], bins.total]).toEqual([[2, 4], [3], 3])
    expect(
      latencyBins({ ...series, heat: { ...series.heat, counts: new Uint32Array(9) } }, { from: 0, to: 3e9 }),
    ).toBeUndefined()
  })
  test('have a tail and percentiles', () => {
    const bins = latencyBins(series, { from: 0, to: 3e9 })!
    const tail = tailOf(bins)
    expect([...tail]).toEqual([1, 0.75, 0])
    expect(shareAbove(bins, tail, 3)).toBeCloseTo(0.375)
    expect([0, 9].map((ms) => shareAbove(bins, tail, ms))).toEqual([1, 0])
    expect(percentile(bins, 0.25)).toBeCloseTo(2)
    expect(percentile(bins, 1)).toBeCloseTo(4)
  })
  test('in a narrow range count as if it were a doubling wide', () =>
    expect([perRange(0.8, 2, 4), perRange(0.8, 1, 4)]).toEqual([0.1, 0.05]))
})
