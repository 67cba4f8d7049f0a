import { describe, expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'
import { describe as words } from '../../src/scenario/problem.ts'
import { candidatesOf, varied } from '../../src/scenario/vary.ts'

const BASE = `
clients: { users: { rate: 50/s } }
tiers: { web: { replicas: 2, balancing: random } }
expect: [availability > 99%]
`

function problemsOf({ problems }: ReturnType<typeof varied>): string {
  return problems.map(words).join('\n')
}

describe('the candidates of a file', () => {
  test('are the file as written and its variants, each as if it stood there', () => {
    const text = `${BASE}variants: { four: { tiers.web.replicas: 4 }, first: { tiers.web.balancing: first } }`
    const { candidates } = candidatesOf(text, 'a.yaml', ['seed=5'])
    expect(candidates.map(({ name }) => name)).toEqual(['as written', 'four', 'first'])
    expect(candidates.map(({ scenario }) => scenario.tiers[0]!.replicas.length)).toEqual([2, 4, 2])
    expect(candidates.map(({ scenario }) => scenario.seed)).toEqual([5, 5, 5])
    expect(candidates[1]!.set).toEqual({ 'tiers.web.replicas': 4 })
  })

  test('name the file only once when a variant says the same', () => {
    const text = `${BASE}variants: { two: { tiers.web.replicas: 2 }, four: { tiers.web.replicas: 4 } }`
    expect(candidatesOf(text, 'a.yaml').candidates.map(({ name }) => name)).toEqual(['two', 'four'])
  })

  test('are the file alone without variants', () => {
    expect(candidatesOf(BASE, 'a.yaml').candidates).toHaveLength(1)
  })

  test('expect what the scenario expects, unless they have expectations of their own', () => {
    const text = `${BASE}variants: { own: { expect: [latency.p99 < 1s, requests.failed = 0] }, none: { expect: [] } }`
    const { candidates, problems } = candidatesOf(text, 'a.yaml')
    expect(problems).toEqual([])
    expect(candidates.map(({ scenario }) => scenario.expect.map((each) => each.text))).toEqual([
      ['availability > 99%'],
      ['latency.p99 < 1s', 'requests.failed = 0'],
      [],
    ])
  })

  test('with a wrong expectation are a problem of that variant', () => {
    const { problems } = parse(`${BASE}variants: { own: { expect: [latncy.p99 < 1s] } }`, 'a.yaml')
    expect(problems.map(words).join()).toMatch(
      /a\.yaml:5:\d+: variants\.own\.expect.*"latncy\.p99".*latency\.p99/,
    )
  })

  test('of a wrong file are its problems', () => {
    const { candidates, problems } = candidatesOf(
      `${BASE}variants: { a: { tiers.web.repicas: 4 } }`,
      'a.yaml',
    )
    expect(candidates).toEqual([])
    expect(problems.map(words).join()).toMatch(/a\.yaml:5:.*"repicas"/)
  })
})

describe('varied settings', () => {
  test('give a candidate for each value', () => {
    const { candidates } = varied(BASE, 'a.yaml', [], ['tiers.web.replicas=3, 4,5'])
    expect(candidates.map(({ name }) => name)).toEqual(['replicas=3', 'replicas=4', 'replicas=5'])
    expect(candidates.map(({ scenario }) => scenario.tiers[0]!.replicas.length)).toEqual([3, 4, 5])
  })

  test('are crossed when there are several', () => {
    const { candidates } = varied(
      BASE,
      'a.yaml',
      [],
      ['tiers.web.replicas=3,4', 'clients.users.rate=1/s,2/s'],
    )
    expect(candidates.map(({ name }) => name)).toEqual([
      'replicas=3, rate=1/s',
      'replicas=3, rate=2/s',
      'replicas=4, rate=1/s',
      'replicas=4, rate=2/s',
    ])
  })

  test('keep commas within brackets and quotes', () => {
    const { candidates } = varied(
      BASE,
      'a.yaml',
      [],
      ['tiers.web.balancing={ strategy: two-choices, choices: 3 },random', 'seed="a,b",7'],
    )
    expect(candidates.map(({ scenario }) => [scenario.tiers[0]!.strategy.policy, scenario.seed])).toEqual([
      ['two-choices', 'a,b'],
      ['two-choices', 7],
      ['random', 'a,b'],
      ['random', 7],
    ])
  })

  test.each([
    [['tiers.web.replicas='], /path=a,b,c is needed/],
    [['tiers.web.replicas=1,,2'], /path=a,b,c is needed/],
    [['tiers.web.replicas=1,2,1'], /"1" is given twice/],
    [['seed=1,2', 'seed=3,4'], /"seed" is varied twice/],
    [
      ['tiers.web.balancing=random,randm'],
      /--vary tiers\.web\.balancing=random,randm: .*did you mean "random"/,
    ],
    [['tiers.web.repicas=1,2'], /"replicas"/],
    [['variants=1,2'], /"variants" cannot be set/],
    [
      [`seed=${Array.from({ length: 13 }, (_, i) => i).join()}`, 'tiers.web.replicas=1,2,3,4,5'],
      /makes 65 variants; the most allowed is 64/,
    ],
  ])('%j are a problem', (vary, message) => {
    const found = varied(BASE, 'a.yaml', [], vary)
    expect(found.candidates).toEqual([])
    expect(problemsOf(found)).toMatch(message)
  })

  test('say what is wrong once, not once for each combination', () => {
    const found = varied(BASE, 'a.yaml', [], ['tiers.web.balancing=randm,first', 'seed=1,2,3'])
    expect(found.problems).toHaveLength(1)
  })
})
