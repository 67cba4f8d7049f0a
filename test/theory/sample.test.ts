import { describe, expect, test } from 'vitest'
import { simulate } from '../../src/run/simulate.ts'
import { demands } from '../../src/run/verify/cluster-experiment.ts'
import { figureNamed } from '../../src/run/verify/figures.ts'
import { given } from '../../src/run/verify/given.ts'
import { measureQuantile, quantileNamed, sorted } from '../../src/run/verify/quantile-figure.ts'
import { BATCHES, type Sample, sampler } from '../../src/run/verify/sample.ts'
import { stationFrom } from '../../src/run/verify/station.ts'
import { UNIT } from '../../src/run/verify/units.ts'

const N = 320 * BATCHES

function run(parameters: Record<string, unknown>, limits: readonly number[] = []) {
  const { scenario } = stationFrom('M/G/1', given(parameters))
  const slots = scenario.tiers.map((tier) => tier.service.concurrency)
  const nextDemand = demands(scenario, 'sample')
  const sample = sampler({ warmUp: 0, n: N, slots, limits, sizes: [1], times: true, nextDemand })
  const options = { requests: N + 1, drain: true, probes: [sample] }
  return { sample, report: simulate({ ...scenario, seed: 'sample' }, options) }
}

const figure = (sample: Sample, name: string) => figureNamed(name)!(sample, 0, BATCHES)
const toMs = (units: number) => (units * UNIT) / 1e6
const mg1 = { arrival_rate: 0.7, service: { dist: 'lognormal', mean: 1, cv: 1 } }

describe('a sample of requests in order of arrival', () => {
  const { sample, report } = run(mg1, [0, 3])

  test('agrees with the report of the same run', () => {
    const sojourns = sorted(sample, 'sojourn')
    const median = measureQuantile(sample, quantileNamed('p50_sojourn')!, sojourns).value as number
    expect(toMs(figure(sample, 'mean_sojourn')) / report.latencyMs!.mean).toBeCloseTo(1, 3)
    expect(toMs(median) / report.latencyMs!.p50).toBeCloseTo(1, 2)
    expect(figure(sample, 'p_wait')).toBeCloseTo(report.fractionThatWaited!, 3)
    expect(figure(sample, 'mean_number_in_system')).toBeCloseTo(report.meanInSystem, 2)
  })

  test('obeys the utilisation law: what is busy is the work that came, and the system is busy or empty', () => {
    const work = sample.demand.reduce((sum, x) => sum + x, 0)
    const busy = figure(sample, 'utilisation')
    expect((busy * sample.levels.time(0, BATCHES)) / work).toBeCloseTo(1, 2)
    expect(sample.levels.above(0, BATCHES, 0)).toBeCloseTo(busy, 12)
    expect(sample.crowds.share(0, BATCHES, 1)).toBeCloseTo(busy, 12)
    expect(sample.levels.above(0, BATCHES, 3)).toBeLessThan(busy)
  })

  test('knows the work that each request brought: with servers for all, it is the sojourn', () => {
    const { sample: free } = run({ ...mg1, servers: 'unlimited' })
    expect(free.sojourn).toEqual(free.demand)
    expect(figure(free, 'mean_slowdown')).toBe(1)
  })

  test('has exact quantiles, bracketed by their uncertainty', () => {
    const sojourns = sorted(sample, 'sojourn')
    const { value, low, high, around } = measureQuantile(sample, quantileNamed('p95_sojourn')!, sojourns)
    expect(value).toBe(sojourns[Math.ceil(0.95 * N) - 1]! / UNIT)
    expect([
      around![0] <= low,
      low <= (value as number),
      (value as number) <= high,
      high <= around![1],
    ]).toEqual(Array(4).fill(true))
  })
})

test('quantiles are read from names', () => {
  expect(quantileNamed('p50_sojourn')).toEqual({ share: 0.5, of: 'sojourn' })
  expect(quantileNamed('p999_wait')).toEqual({ share: 0.999, of: 'wait' })
  expect(quantileNamed('p5_sojourn_accepted')).toEqual({ share: 0.05, of: 'sojourn' })
  expect(quantileNamed('p95_end_to_end_sojourn')).toEqual({ share: 0.95, of: 'sojourn' })
  expect(quantileNamed('p_wait')).toBeUndefined()
})
