import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import { SECOND } from '../../../src/base/time.ts'
import { arrivals } from '../../../src/policies/arrivals/index.ts'
import { chiSquareOverLimit, KOLMOGOROV_LIMIT, kolmogorov } from '../statistics.ts'
import { type Case, countsPerWindow, instants, otherCases, poissonCases } from './cases.ts'

const cases: readonly Case[] = [...poissonCases, ...otherCases]

test('every open process of the registry has a case here, and no other has a law of its own', () => {
  const open = arrivals.all.filter(({ mode }) => mode === 'open').map(({ name }) => name)
  expect([...new Set(cases.map(({ policy }) => policy))].sort()).toEqual(open.sort())
  expect(arrivals.all.filter(({ next }) => !next).map(({ name, mode }) => [name, mode])).toEqual([
    ['closed', 'closed'],
    ['log', 'log'],
  ])
})

describe.each(cases)('$policy $params', ({ policy, params }) => {
  const process = arrivals.get(policy)

  test('passes its own check', () => expect(process.check?.(params) ?? []).toEqual([]))
  test('gives whole nanoseconds that never go back', () => {
    const all = instants({ policy, params }, 20 * SECOND)
    expect(all.length).toBeGreaterThan(20)
    expect(all.every((at, i) => Number.isInteger(at) && at >= (all[i - 1] ?? 0))).toBe(true)
  })
  test('continues from saved memory and stream as if it had never stopped', () => {
    const next = process.next!(params)
    const memory = new Float64Array(process.memory)
    const random = stream(5, 'arrivals')
    let now = 0
    for (let i = 0; i < 50; i++) now = next(now, memory, random)
    const again = process.next!(structuredClone(params))
    const [memoryCopy, randomCopy] = [memory.slice(), random.slice()]
    let [here, there] = [now, now]
    for (let i = 0; i < 50; i++) {
      here = next(here, memory, random)
      there = again(there, memoryCopy, randomCopy)
      expect(there).toBe(here)
    }
  })
})

describe.each(poissonCases)('$policy $params', ({ policy, params, rateAt }) => {
  // Many short runs are one long sample of a process that changes with time.
  const runs = 20
  const width = SECOND / 2
  const end = 20 * SECOND
  const perRun = Array.from({ length: runs }, (_, seed) =>
    countsPerWindow({ policy, params }, width, end, seed),
  )
  const expected = perRun[0]!.map((_, i) => {
    const steps = 1000
    let sum = 0
    for (let k = 0; k < steps; k++) sum += rateAt((i + (k + 0.5) / steps) / 2)
    return sum / steps / 2
  })

  test('comes as often as its rate says, in every window', () => {
    const totals = expected.map((_, i) => perRun.reduce((sum, counts) => sum + counts[i]!, 0))
    const wanted = expected.map((mean) => mean * runs)
    totals.forEach((total, i) => {
      if (wanted[i] === 0) expect(total).toBe(0)
    })
    const busy = totals.map((_, i) => i).filter((i) => wanted[i]! > 0)
    const pick = (from: number[]) => busy.map((i) => from[i]!)
    expect(chiSquareOverLimit(pick(totals), pick(wanted), busy.length)).toBeLessThan(1)
  })
  test('varies from run to run like a Poisson count', () => {
    const busy = expected.map((_, i) => i).filter((i) => expected[i]! > 5)
    const dispersion =
      busy.reduce((sum, i) => {
        return (
          sum + perRun.reduce((part, counts) => part + (counts[i]! - expected[i]!) ** 2 / expected[i]!, 0)
        )
      }, 0) /
      (busy.length * runs)
    expect(Math.abs(dispersion - 1)).toBeLessThan(4 * Math.sqrt(2.2 / (busy.length * runs)))
  })
})

test('the gaps of a Poisson process are exponential', () => {
  const all = instants({ policy: 'poisson', params: { rate: 2000 } }, 60 * SECOND)
  const gaps = all.map((at, i) => at - (all[i - 1] ?? 0))
  expect(kolmogorov(gaps, (x) => 1 - Math.exp((-x * 2000) / SECOND))).toBeLessThan(KOLMOGOROV_LIMIT)
})

test('by the integral of its rate, a thinned process is a Poisson process of rate 1', () => {
  const params = { mean: 3000, amplitude: 0.8, period: 7 * SECOND, peakAt: 0 }
  const angle = (at: number) => (2 * Math.PI * at) / (7 * SECOND)
  const integral = (at: number) => 3000 * (at / SECOND + ((0.8 * 7) / (2 * Math.PI)) * Math.sin(angle(at)))
  const all = instants({ policy: 'diurnal', params }, 30 * SECOND)
  const gaps = all.map((at, i) => integral(at) - integral(all[i - 1] ?? 0))
  expect(kolmogorov(gaps, (x) => 1 - Math.exp(-x))).toBeLessThan(KOLMOGOROV_LIMIT)
})

// Reference values (group "statistics", Poisson arrivals): variance over mean, share of windows up to the mean.
test.each([
  [50, 1, 1.42126704, 0.5375166909, 0.4985905112],
  [3, 2, 1.471960144, 0.6063027824, 0.4885690519],
])('Poisson counts at %d/s in windows of %d s are dispersed as they should', (rate, width, s1, share, s2) => {
  const windows = 20_000
  const counts = countsPerWindow(
    { policy: 'poisson', params: { rate } },
    width * SECOND,
    windows * width * SECOND,
  )
  const mean = rate * width
  const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / windows
  expect(Math.abs(variance / mean - 1)).toBeLessThan((4 * s1) / Math.sqrt(windows))
  const low = counts.filter((n) => n <= mean).length / windows
  expect(Math.abs(low - share)).toBeLessThan((4 * s2) / Math.sqrt(windows))
})

test('a constant pace never drifts, though a third of a second is no whole number of nanoseconds', () => {
  const all = instants({ policy: 'constant', params: { rate: 3 } }, 10_000 * SECOND + 1)
  expect(all).toHaveLength(30_000)
  expect(all.slice(0, 3)).toEqual([333333333, 666666667, SECOND])
  expect(all.every((at, i) => Math.abs(at - ((i + 1) * SECOND) / 3) <= 0.6)).toBe(true)
})

test('renewal gaps follow the interarrival distribution', () => {
  const interarrival = { policy: 'uniform', params: { min: 1e6, max: 3e6 } }
  const all = instants({ policy: 'renewal', params: { interarrival } }, 100 * SECOND)
  const gaps = all.map((at, i) => at - (all[i - 1] ?? 0))
  expect(kolmogorov(gaps, (x) => Math.min(1, Math.max(0, (x - 1e6) / 2e6)))).toBeLessThan(KOLMOGOROV_LIMIT)
})

test('a rate that falls to 0 for good has a last arrival', () => {
  const { next, memory } = arrivals.get('ramp')
  const process = next!({ from: 100, to: 0, over: SECOND, at: 0 })
  const [state, random] = [new Float64Array(memory), stream(1, 'arrivals')]
  let now = 0
  for (let i = 0; i < 1000 && now < Infinity; i++) now = process(now, state, random)
  expect(now).toBe(Infinity)
  expect(process(2 * SECOND, state, random)).toBe(Infinity)
})
