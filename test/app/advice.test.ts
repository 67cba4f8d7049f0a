/** The verdict in words. */
import { describe, expect, test } from 'vitest'
import { advice } from '../../src/app/compare/advice.ts'
import { changeOf, FIGURES } from '../../src/app/compare/figures.ts'
import { difference, imbalance } from '../../src/app/compare/metrics.ts'
import type { Report } from '../../src/measure/report.ts'
import type { RunSeries } from '../../src/measure/series.ts'
import type { Comparison, Difference } from '../../src/worker/protocol.ts'

const BETTER = {
  availability: 'higher',
  'latency.p99': 'lower',
  'latency.p50': 'lower',
  goodput: 'higher',
} as const
type Name = keyof typeof BETTER
const BASE: Readonly<Record<Name, number>> = {
  availability: 0.98,
  'latency.p99': 200,
  'latency.p50': 50,
  goodput: 400,
}

/** What is given differs for sure, unless its verdict says otherwise; all else is equal. */
function compared(
  others: Readonly<Record<string, Partial<Record<Name, number | Partial<Difference>>>>>,
  partial = false,
): Comparison {
  const names = Object.keys(BETTER) as Name[]
  const differences = Object.entries(others).flatMap(([variant, given]) =>
    names.map((figure) => {
      const said = given[figure]
      const mean = typeof said === 'number' ? said : (said?.mean ?? 0)
      const verdict = said === undefined ? 'same' : mean < 0 ? 'lower' : 'higher'
      const rest = typeof said === 'object' ? said : {}
      return {
        variant,
        figure,
        mean,
        halfWidth: 1,
        pairs: 20,
        verdict,
        replicationsToDecide: null,
        isTooSmallToMatter: false,
        ...rest,
      }
    }),
  )
  const figuresOf = (given: (typeof others)[string]) =>
    Object.fromEntries(
      names.map((figure) => [
        figure,
        { mean: BASE[figure] + (typeof given[figure] === 'number' ? given[figure] : 0) },
      ]),
    )
  return {
    replications: 20,
    confidence: 0.95,
    partial,
    baseline: 'a',
    figures: names.map((name) => ({ name, unit: 'ms', better: BETTER[name] })),
    variants: [
      { name: 'a', figures: figuresOf({}) },
      ...Object.entries(others).map(([name, given]) => ({ name, figures: figuresOf(given) })),
    ],
    differences,
  } as unknown as Comparison
}
const said = (...args: Parameters<typeof compared>) => advice(compared(...args), (key) => key.toUpperCase())

describe('the verdict', () => {
  test('waits for two replications', () => {
    expect(advice(undefined, String)).toMatch(/^One run may be luck/)
    expect(advice({ ...compared({ b: {} }), replications: 1 }, String)).toMatch(/^One run may be luck/)
  })
  test('says what to take, by how much, and how sure that is', () => {
    expect(said({ b: { 'latency.p99': -50 } })).toBe(
      'Take “B”: against “A”, p99 latency is 50\u00a0ms shorter (−25\u00a0%). That is 95\u00a0% sure after 20 replications.',
    )
  })
  test('says of a comparison under way that it is not over', () => {
    expect(said({ b: { 'latency.p99': -50 } }, true)).toMatch(/^So far: take “B”/)
  })
  test('puts what succeeds before what is quick, and does not count it twice', () => {
    const words = said({
      b: { availability: 0.01, goodput: 4, 'latency.p50': { mean: 1, verdict: 'undecided' } },
      c: { 'latency.p99': -90 },
    })
    expect(words).toContain('Take “B”: against “A”, availability is 99.0\u00a0% instead of 98.0\u00a0%. ')
    expect(words).toContain('; in median latency no difference is sure.')
    expect(words).toContain('“C” is better than “A”, too.')
    expect(words).not.toContain('goodput')
  })
  test('names a trade', () => {
    expect(said({ b: { 'latency.p99': -50, 'latency.p50': 10 } })).toBe(
      '“B” is a trade against “A”: p99 latency is 50\u00a0ms shorter (−25\u00a0%), but median latency is 10\u00a0ms longer (+20\u00a0%). Decide what matters more.',
    )
  })
  test('stays with what is best', () => {
    expect(said({ b: { 'latency.p99': 20 } })).toBe(
      'Stay with “A”. With “B” p99 latency is 20\u00a0ms longer (+10\u00a0%).',
    )
    expect(said({ b: { 'latency.p99': 20 }, c: { 'latency.p99': 90 } })).toMatch(
      /All others are worse; with “C” p99/,
    )
  })
  test('says what is not known, and what it would take', () => {
    const open = { mean: 3, verdict: 'undecided', replicationsToDecide: 140 } as const
    expect(said({ b: { 'latency.p99': open } })).toBe(
      'After 20 replications nobody can tell whether “B” or “A” is better: what differs may be luck. About 140 replications in all would settle the clearest difference.',
    )
    expect(said({ b: { 'latency.p99': { ...open, isTooSmallToMatter: true } } })).toMatch(
      /too small to matter/,
    )
    expect(said({ b: {} })).toMatch(/“B” and “A” do equally well/)
    expect(said({ b: { 'latency.p99': 60 }, c: { 'latency.p50': open } })).toMatch(
      /^“B” is worse\. After \d+ replications nobody can tell whether “C”/,
    )
  })
})

describe('a figure against the first lane', () => {
  const report = (p99: number, availability: number) =>
    ({ latencyMs: { p50: 10, p99 }, availability, tiers: { web: { imbalance: 1.1 } } }) as unknown as Report
  const change = (title: string, ours: Report, theirs: Report) =>
    changeOf(FIGURES.find((figure) => figure.title === title)!, ours, theirs)

  test('is better or worse in the sense of the figure, and neither when small', () => {
    expect(change('p99', report(80, 1), report(100, 1))).toEqual({ text: '−20\u00a0ms', look: 'better' })
    expect(change('Availability', report(1, 0.97), report(1, 0.98))).toEqual({
      text: '−1\u00a0pp',
      look: 'worse',
    })
    expect(change('p99', report(101, 1), report(100, 1))).toEqual({ text: '+1\u00a0ms', look: 'none' })
    expect(change('p99', report(100, 1), report(100, 1))).toEqual({ text: '=', look: 'none' })
    expect(changeOf(FIGURES[0]!, undefined, report(1, 1))).toBeUndefined()
  })
})

describe('figures over time', () => {
  test('imbalance is that of the least even tier; a tier of one replica has none', () => {
    const values = Float32Array.from([2, 2, 7, 4, 0, 1, 0, 0, 0])
    const series = { steps: 3, nodes: [{ id: 'inFlight', nodes: 3, values }] } as unknown as RunSeries
    expect([...imbalance(series, [2, 1])!.values]).toEqual([1, 2, Number.NaN])
  })
  test('a difference is nothing where one lane says nothing', () => {
    const column = (...values: number[]) =>
      ({ id: 'a', title: 'A', unit: 'ms', kind: 'gauge', values: Float64Array.from(values) }) as const
    expect([...difference(column(3, 5, 6), column(1, Number.NaN, 9), 3).values]).toEqual([2, Number.NaN, -3])
  })
})
