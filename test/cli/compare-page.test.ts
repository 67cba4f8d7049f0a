import { describe, expect, test } from 'vitest'
import { comparisonPage } from '../../src/cli/render/compare.ts'
import { differenceText, titleOf, valueText } from '../../src/cli/render/compare-numbers.ts'
import { styleFor } from '../../src/cli/render/style.ts'
import type { Comparison, Difference, VariantResult } from '../../src/run/compare/result.ts'

const SURE: Difference = {
  variant: 'b',
  figure: 'latency.p99',
  mean: -41.2,
  halfWidth: 6,
  pairs: 20,
  p: 0.001,
  adjustedP: 0.002,
  verdict: 'lower',
  replicationsToDecide: null,
  isTooSmallToMatter: false,
}

function variant(name: string, p99: number, availability: number): VariantResult {
  const figure = (mean: number) => ({ mean, halfWidth: 1, values: [mean, mean] })
  const figures = { 'latency.p99': figure(p99), availability: figure(availability) }
  return { name, set: {}, figures, born: [1000, 1000], fingerprints: [], expectations: [] }
}

function comparison(change: Partial<Comparison>): Comparison {
  return {
    format: 'evenkeel-compare/1',
    scenario: 'Test',
    seed: 1,
    version: '0',
    partial: false,
    replications: 20,
    seeds: ['1/r1', '1/r20'],
    confidence: 0.95,
    wall: { seconds: 1 },
    fairness: { requests: 'same', why: '', sameFaults: true, sameWarmUp: true },
    baseline: 'a',
    figures: [
      { name: 'latency.p99', unit: 'ms', better: 'lower' },
      { name: 'availability', unit: 'share', better: 'higher' },
    ],
    variants: [variant('a', 100, 1), variant('b', 58.8, 1)],
    differences: [],
    correction: 'holm',
    ...change,
  }
}

function page(change: Partial<Comparison>, width = 100): string {
  return comparisonPage(comparison(change), styleFor(false), width)
}

const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('numbers of a comparison', () => {
  test.each([
    [differenceText(-41.2, 6, 'ms'), '−41.2 ms ± 6.00 ms'],
    [differenceText(0.0012, 0.0003, 'share'), '+0.12 points ± 0.030 points'],
    [differenceText(-3, null, 'count'), '−3.00'],
    [differenceText(2, 1, 's'), '+2.00 s ± 1.00 s'],
    [valueText(12.3, 'rate'), '12.3/s'],
    [valueText(0.5, 'share'), '50.0 %'],
    [titleOf('latency.p999'), 'latency p99.9'],
    [titleOf('requests.timedOut'), 'timed out'],
    [titleOf('tiers.web.imbalance'), 'tiers.web.imbalance'],
  ])('%s', (text, wanted) => expect(text).toBe(wanted))
})

describe('the page of a comparison', () => {
  test('marks the best of a row, and nothing where all are alike', () => {
    const lines = page({}).split('\n')
    expect(lines.find((line) => line.startsWith('latency p99'))).toMatch(/100 ms +58\.8 ms \*$/)
    expect(lines.find((line) => line.startsWith('availability'))).not.toContain('*')
  })

  test('marks nothing as best when runs were cut short, and says PARTIAL', () => {
    const text = page({
      partial: true,
      replications: 1,
      fairness: { ...comparison({}).fairness, requests: 'unknown', why: 'x' },
    })
    expect(text).toContain('PARTIAL')
    expect(text).not.toContain('One run of each')
    expect(page({ replications: 1 })).toContain('One run of each')
    expect(text).not.toContain('*')
  })

  test('says what is sure, what is not with what it would take, and what is the same', () => {
    const open: Difference = { ...SURE, figure: 'availability', verdict: 'undecided' }
    const text = (...differences: Difference[]) => flat(page({ differences }))
    expect(text(SURE, { ...open, replicationsToDecide: 1234 })).toContain(
      'b has a lower latency p99 than a by 41.2 ms ± 6.00 ms: that is sure (95 %). For availability 20 runs show no sure difference. It would take so many runs in all: about 1,300 to decide availability.',
    )
    expect(text({ ...open, figure: 'latency.p99' }, open)).toContain(
      'For latency p99 and availability 20 runs show no sure difference between b and a. It would take so many runs in all: more than 10,000 to decide latency p99 and availability.',
    )
    expect(text(SURE, { ...open, isTooSmallToMatter: true })).toContain(
      'The difference in availability would be too small to matter (below 1 %).',
    )
    expect(text(SURE, { ...open, verdict: 'same' })).toContain('Availability is the same in every run.')
    expect(text(SURE, { ...open, verdict: 'unknown' })).toContain(
      'For availability there are too few values to say anything.',
    )
  })

  test('says when the variants did not have the same to do', () => {
    const fairness = { requests: 'different', why: 'reasons', sameFaults: false, sameWarmUp: false } as const
    const text = flat(page({ fairness }))
    expect(text).toContain('did NOT face the same requests: reasons. Their faults differ. Their warm-up')
    expect(flat(page({}))).toContain(
      'All variants faced the same 2,000 requests in 20 replications (checked).',
    )
  })

  test('gives names in full where short ones would look alike', () => {
    const names = ['random', 'least-connections'].map((strategy) => `replicas=3, balancing=${strategy}`)
    const variants = [variant('a', 100, 1), ...names.map((name) => variant(name, 90, 1))]
    for (const name of names) expect(page({ variants }).split('\n')[3]).toContain(name)
    expect(page({ variants: variants.slice(0, 2) })).toContain('replicas=3, balancing…')
  })

  test('leaves the path of a figure as it is written, also where a sentence begins', () => {
    const figure = 'tiers.web.imbalance'
    const figures = [{ name: figure, unit: 'plain', better: 'lower' }] as never
    const same: Difference = { ...SURE, figure, verdict: 'same' }
    const variants = [variant('a', 1, 1), variant('b', 1, 1)].map((one) => ({
      ...one,
      figures: { ...one.figures, [figure]: one.figures.availability! },
    }))
    expect(flat(page({ figures, variants, differences: [same] }))).toContain(
      ' tiers.web.imbalance is the same in every run for b and a.',
    )
  })

  test('spreads many variants over several tables, none wider than the terminal', () => {
    const variants = Array.from({ length: 12 }, (_, i) => variant(`variant number ${i}`, 100 + i, 1))
    const text = page({ variants }, 80)
    expect(text.match(/^Mean of 20/gm)!.length).toBeGreaterThan(1)
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    for (const { name } of variants) expect(text).toContain(name)
  })
})
