import { describe, expect, test } from 'vitest'
import type { Report } from '../../../src/measure/report.ts'
import { baselineNamed } from '../../../src/run/compare/baseline.ts'
import { birthsProbe } from '../../../src/run/compare/births.ts'
import { comparison, type Outcome } from '../../../src/run/compare/compare.ts'
import { figuresNamed, usualFigures } from '../../../src/run/compare/figures.ts'
import type { Comparison } from '../../../src/run/compare/result.ts'
import { replication } from '../../../src/run/replicate.ts'
import { simulate } from '../../../src/run/simulate.ts'
import { candidatesOf } from '../../../src/scenario/vary.ts'

const BASE = `
seed: 7
duration: 5s
clients: { users: { rate: 50/s } }
tiers: { web: { replicas: 2, balancing: random, service: { demand: { exponential: { mean: 10ms } } } } }
expect: [availability > 99%]
`

/** The candidates of a file with these variants. */
function candidates(variants: string, text = BASE) {
  return candidatesOf(`${text}variants: ${variants}\n`, 'a.yaml').candidates
}

function run(scenario: Parameters<typeof simulate>[0]): Outcome {
  const probe = birthsProbe()
  return { report: simulate(scenario, { probes: [probe] }), births: probe.births() }
}

function compare(variants: string, replications: number, text = BASE): Comparison {
  const contenders = candidates(variants, text)
  const figures = usualFigures(contenders.map(({ scenario }) => scenario))
  const seen = comparison(contenders, { figures, baseline: 0, confidence: 0.95 })
  for (let i = 1; i <= replications; i++) {
    seen.add(contenders.map(({ scenario }) => run(replication(scenario, i))))
  }
  return seen.result(false)
}

/** A comparison of two contenders whose availability in each replication is given. */
function compareAvailabilities(ours: readonly (number | null)[], theirs: readonly (number | null)[]) {
  const contenders = candidates('{ other: { tiers.web.replicas: 3 } }')
  const scenarios = contenders.map(({ scenario }) => scenario)
  const { figures } = figuresNamed(['availability', 'requests.failed'], scenarios, '')
  const seen = comparison(contenders, { figures, baseline: 0, confidence: 0.95 })
  const some = run(scenarios[0]!)
  const withValue = (availability: number | null): Outcome => ({
    ...some,
    report: { ...some.report, availability } as Report,
  })
  for (const [i, value] of ours.entries()) seen.add([withValue(theirs[i]!), withValue(value)])
  return seen.result(false)
}

describe('a comparison', () => {
  test('takes differences pair by pair, against the baseline', () => {
    const { differences } = compareAvailabilities([0.51, 0.62, 0.73, 0.84, 0.95], [0.5, 0.6, 0.7, 0.8, 0.9])
    expect(differences[0]).toMatchObject({ variant: 'other', figure: 'availability', pairs: 5 })
    expect(differences[0]!.mean).toBeCloseTo(0.03, 12)
    expect(differences[0]!.halfWidth).toBeCloseTo(0.01 * 2.7764451051977987 * Math.sqrt(0.5), 8)
    expect(differences[0]!.verdict).toBe('higher')
  })

  test('says the same of what is equal in every run, and does not count it among what was tested', () => {
    const { differences } = compareAvailabilities([0.51, 0.62, 0.73], [0.5, 0.6, 0.7])
    expect(differences[1]).toMatchObject({
      figure: 'requests.failed',
      mean: 0,
      verdict: 'same',
      adjustedP: null,
    })
    expect(differences[0]!.adjustedP).toBe(differences[0]!.p)
  })

  test('leaves open what may be luck, and says how many replications would decide', () => {
    const { differences } = compareAvailabilities([0.5, 0.9, 0.6, 0.8], [0.6, 0.7, 0.7, 0.6])
    const [{ verdict, replicationsToDecide, mean, isTooSmallToMatter }] = differences as [
      (typeof differences)[0],
    ]
    expect(verdict).toBe('undecided')
    expect(mean).toBeCloseTo(0.05, 12)
    // Deviation 0.1732 and 1.96: (1.96 · 0.1732 / 0.05)² = 46.1, a few more for Student's.
    expect(replicationsToDecide).toBe(49)
    expect(isTooSmallToMatter).toBe(false)
  })

  test('knows a difference that is too small to matter', () => {
    const small = compareAvailabilities([0.5001, 0.5999, 0.7002], [0.5, 0.6, 0.7])
    expect(small.differences[0]).toMatchObject({ verdict: 'undecided', isTooSmallToMatter: true })
    // Of what is lost, 0.01 % more is ten times as much.
    const large = compareAvailabilities([0.99981, 0.99991, 0.99983], [0.9999, 0.99991, 0.99992])
    expect(large.differences[0]).toMatchObject({ isTooSmallToMatter: false })
  })

  test('pairs only replications in which both have the figure', () => {
    const { differences } = compareAvailabilities([0.5, null, 0.7], [0.5, 0.6, null])
    expect(differences[0]).toMatchObject({ pairs: 1, halfWidth: null, p: null, verdict: 'unknown' })
  })

  test('of one replication has values and no differences', () => {
    const { differences, variants, seeds } = compare('{ first: { tiers.web.balancing: first } }', 1)
    expect(differences).toEqual([])
    expect(seeds).toEqual(['7/r1'])
    expect(variants[0]!.figures.availability).toEqual({ mean: 1, halfWidth: null, values: [1] })
  })

  test('holds every variant against its own expectations', () => {
    const { variants } = compare('{ strict: { expect: [latency.p99 < 1us] } }', 2)
    expect(variants.map(({ expectations }) => expectations.map(({ text, holds }) => [text, holds]))).toEqual([
      [['availability > 99%', true]],
      [['latency.p99 < 1us', false]],
    ])
  })

  test('raises probabilities for the number of comparisons', () => {
    const { differences } = compare(
      '{ first: { tiers.web.balancing: first }, slow: { tiers.web.replicas: 1 } }',
      4,
    )
    const tested = differences.filter(({ adjustedP }) => adjustedP !== null)
    expect(tested.length).toBeGreaterThan(2)
    for (const { p, adjustedP } of tested) expect(adjustedP).toBeGreaterThanOrEqual(p!)
    const least = tested.toSorted((a, b) => a.p! - b.p!)[0]!
    expect(least.adjustedP).toBeCloseTo(Math.min(1, least.p! * tested.length), 12)
  })
})

describe('the variants face', () => {
  const requestsOf = (variants: string, text = BASE) => compare(variants, 2, text).fairness

  test('the same requests, whatever the strategy and the number of replicas', () => {
    expect(requestsOf('{ first: { tiers.web.balancing: first }, ten: { tiers.web.replicas: 10 } }')).toEqual({
      requests: 'same',
      why: '',
      sameFaults: true,
      sameWarmUp: true,
    })
  })

  test.each([
    ['{ a: { tiers.web.service.demand: 5ms } }', 'same arrivals', /\bwork\b/],
    ['{ a: { clients.users.timeout: 5ms } }', 'same arrivals', /patience/],
    ['{ a: { clients.users.rate: 51/s } }', 'different', /what clients send/],
    ['{ a: { seed: 8 } }', 'different', /seeds/],
    ['{ a: { duration: 6s } }', 'different', /equally long/],
  ])('%s: %s', (variants, verdict, why) => {
    const fairness = requestsOf(variants)
    expect(fairness.requests).toBe(verdict)
    expect(fairness.why).toMatch(why)
  })

  test('different requests in a closed loop, and it says why', () => {
    const closed = BASE.replace('rate: 50/s', 'arrivals: { closed: { users: 5, thinkTime: 100ms } }')
    expect(
      requestsOf('{ slow: { tiers.web.replicas: 1, tiers.web.service.concurrency: 1 } }', closed),
    ).toMatchObject({
      requests: 'different',
      why: expect.stringMatching(/closed loop/),
    })
  })

  test('other faults when a variant says so', () => {
    expect(requestsOf('{ a: { faults: [{ at: 1s, crash: web/1 }] } }')).toMatchObject({
      requests: 'same',
      sameFaults: false,
    })
  })

  test('nobody knows what, when a run was cut short', () => {
    const contenders = candidates('{ first: { tiers.web.balancing: first } }')
    const figures = usualFigures(contenders.map(({ scenario }) => scenario))
    const seen = comparison(contenders, { figures, baseline: 0, confidence: 0.95 })
    seen.add([run(contenders[0]!.scenario), undefined])
    const { fairness, partial, variants } = seen.result(true)
    expect(fairness).toMatchObject({ requests: 'unknown', sameWarmUp: true })
    expect(partial).toBe(true)
    expect(variants.map(({ figures: all }) => all.availability!.values)).toEqual([[1], [null]])
  })
})

describe('a digest of births', () => {
  test('counts them all and tells other keys and addresses apart', () => {
    const plain = run(candidates('{}')[0]!.scenario)
    expect(plain.births.count).toBe(plain.report.simulated.requests)
    expect(run(candidates('{}')[0]!.scenario).births).toEqual(plain.births)
    const keyed = BASE.replace('rate: 50/s', 'rate: 50/s, addresses: { count: 9 }')
    const other = run(candidatesOf(keyed, 'a.yaml').candidates[0]!.scenario).births
    expect(other.count).toBe(plain.births.count)
    expect(other.digest).not.toBe(plain.births.digest)
  })
})

describe('what is compared', () => {
  const scenarios = candidates('{ ten: { tiers.web.replicas: 10 } }').map(({ scenario }) => scenario)

  test('is any figure of the report, also of a replica that only one variant has', () => {
    const { figures, problems } = figuresNamed(
      ['latency.p90', 'tiers.web.replicas.web/9.share'],
      scenarios,
      '',
    )
    expect(problems).toEqual([])
    expect(figures.map(({ unit, better }) => [unit, better])).toEqual([
      ['ms', 'lower'],
      ['share', null],
    ])
  })

  test('is a problem with the nearest name when it is none', () => {
    const { problems } = figuresNamed(['avalability', 'latency.p99'], scenarios, '--figures x')
    expect(problems).toMatchObject([{ file: '--figures x', hint: 'Did you mean "availability"?' }])
  })

  test('takes the least even tier and the busiest replica', () => {
    const { report } = run(scenarios[0]!)
    const [imbalance, busiest] = figuresNamed(['imbalance', 'utilisation'], scenarios, '').figures
    expect(imbalance!.valueIn(report)).toBe(report.tiers.web!.imbalance)
    const used = Object.values(report.tiers.web!.replicas).map(({ utilisation }) => utilisation)
    expect(busiest!.valueIn(report)).toBe(Math.max(...used))
  })

  test('is held against the named baseline, or the first', () => {
    expect(baselineNamed(undefined, ['a', 'b'])).toEqual({ place: 0, problems: [] })
    expect(baselineNamed('b', ['a', 'b']).place).toBe(1)
    const { problems } = baselineNamed('round-robin', ['as written', 'round robin'])
    expect(problems).toMatchObject([{ hint: 'Did you mean "round robin"?' }])
  })
})
