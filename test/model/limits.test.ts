/** Rate limits at the nodes of a tier: who is let in, when, and what those who are not can do. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { LimitClass, RateLimit } from '../../src/scenario/rate-limit.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  chosen,
  clientRetrying,
  clients,
  fault,
  listed,
  ms,
  paced,
  scenario,
  tier,
} from './build.ts'
import { endings, type Fact, factsOf, only, outcomes } from './facts-of.ts'

const limit = (
  policy: string,
  params: Readonly<Record<string, number | boolean>>,
  more: Partial<RateLimit> = {},
): RateLimit => ({
  rule: chosen(policy, params),
  key: 'address',
  keys: 100,
  status: 429,
  scope: 'node',
  ...more,
})

const bucket = (rate: number, burst: number, more: Partial<RateLimit> = {}) =>
  limit('token-bucket', { rate, burst }, more)

/** One request at each of these instants, at replicas with many slots. */
function at(instants: readonly number[], limits: readonly RateLimit[], wanted: Partial<Scenario> = {}) {
  const tiers = [tier({ concurrency: 100, rateLimits: limits })]
  const made = scenario({ clients: [clients(asListed)], tiers, ...wanted })
  return factsOf(made, { logs: listed(...instants) })
}

function startsOf(facts: readonly Fact[]): readonly number[] {
  return only(facts, 'started').map((fact) => fact.at)
}

describe('a limit at a node', () => {
  test('lets a burst in and answers the rest at once', () => {
    const facts = at([0, 0, 0, 0, SECOND], [bucket(1, 2)])
    expect(outcomes(facts)).toEqual(['ok', 'ok', 'limited', 'limited', 'ok'])
    expect(endings(facts)[2]!.latency).toBe(0)
  })

  test('holds back what nginx would delay', () => {
    const rule = { rate: 10, burst: 5, nodelay: false, delay: 0 }
    const facts = at([0, 0, 0], [limit('leaky-bucket', rule)])
    expect(startsOf(facts)).toEqual([0, ms(100), ms(200)])
    expect(only(facts, 'held-back').map(({ value }) => value)).toEqual([ms(100), ms(200)])
  })

  test('of requests at the same time counts until the answer', () => {
    const rule = limit('concurrency', { limit: 2 })
    expect(outcomes(at([0, 0, 0, ms(10)], [rule]))).toEqual(['ok', 'ok', 'limited', 'ok'])
  })

  test('of requests at the same time counts those no more that are called off', () => {
    const client = clients(asListed, { timeout: always(ms(5)), onTimeout: 'cancel' })
    const facts = at([0, ms(1), ms(6)], [limit('concurrency', { limit: 1 })], { clients: [client] })
    expect(only(facts, 'started').map(({ subject }) => subject)).toEqual([0, 2])
    expect(outcomes(facts)).toEqual(['timed out', 'limited', 'timed out'])
  })

  test('counts at each node for itself, where a shared one counts everything', () => {
    const run = (scope: RateLimit['scope']) => {
      const tiers = [tier({ replicas: 4, concurrency: 100, rateLimits: [bucket(1, 1, { scope })] })]
      const facts = at([0, 0, 0, 0, 0], [], { tiers })
      return outcomes(facts).filter((outcome) => outcome === 'ok').length
    }
    expect([run('node'), run('shared')]).toEqual([4, 1])
  })

  test('forgets with a crash, but the store does not', () => {
    const faults = [fault(ms(20), 'crash'), fault(ms(30), 'recover')]
    const run = (scope: RateLimit['scope']) =>
      outcomes(at([0, ms(40)], [bucket(0.1, 1, { scope })], { faults }))
    expect(run('node')).toEqual(['ok', 'ok'])
    expect(run('shared')).toEqual(['ok', 'limited'])
  })

  test('tells populations apart where it judges only some', () => {
    const innocent = clients(paced(10), { id: 'innocent' })
    const facts = at([0, 0, 0], [bucket(0.1, 1, { only: ['users'] })], {
      clients: [clients(asListed), innocent],
      duration: SECOND,
    })
    expect(outcomes(facts).filter((outcome) => outcome === 'limited')).toHaveLength(2)
  })

  test('several judge one after the other, and the longest delay counts', () => {
    const slow = limit('gcra', { rate: 10, burst: 5, shape: true })
    const slower = limit('gcra', { rate: 5, burst: 5, shape: true }, { key: 'global' })
    expect(startsOf(at([0, 0], [slow, slower]))).toEqual([0, ms(200)])
  })
})

describe('several limits', () => {
  const leaky = (rate: number, burst: number) =>
    limit('leaky-bucket', { rate, burst, nodelay: true, delay: 0 })

  test('of nginx count a request only when all of them let it pass', () => {
    // Had the first counted what the second rejects, it would reject the last one.
    const facts = at([0, 0, 0, 0, SECOND], [leaky(0.1, 2), leaky(1, 0)])
    expect(outcomes(facts)).toEqual(['ok', 'limited', 'limited', 'limited', 'ok'])
  })

  test('of other kinds have counted what a later one rejects', () => {
    const refuse = bucket(1, 1, { key: 'global' })
    const instants = [0, 0, 0, 0, ms(1000)]
    expect(outcomes(at(instants, [bucket(0.1, 4), refuse]))).toEqual([
      'ok',
      'limited',
      'limited',
      'limited',
      'limited',
    ])
    expect(outcomes(at(instants, [bucket(0.1, 5), refuse]))).toEqual([
      'ok',
      'limited',
      'limited',
      'limited',
      'ok',
    ])
  })
})

describe('classes', () => {
  const free = clients(asListed, { id: 'free', priority: 1 })
  const paying = clients(asListed, { id: 'paying', addresses: 2 })
  const classes = (paid: number, rest: number) => [
    { name: 'paid', share: paid, clients: ['paying'] },
    { name: 'free', share: rest, priority: 1 },
  ]

  /** How many of each pass, when so many free ones come at once, and then so many paying ones. */
  function passed(
    sharing: string,
    shares: readonly [number, number],
    many: readonly [number, number],
    rule?: RateLimit,
  ) {
    const rules = rule ?? bucket(1, 10, { key: 'global' })
    const made = scenario({
      clients: [free, paying],
      tiers: [tier({ concurrency: 100, rateLimits: [{ ...rules, classes: classes(...shares), sharing }] })],
    })
    const [first] = listed(...Array.from({ length: many[0] }, () => 0)).values()
    const [second] = listed(...Array.from({ length: many[1] }, () => 1)).values()
    const facts = factsOf(made, {
      logs: new Map([
        ['free', first!],
        ['paying', second!],
      ]),
    })
    const judged = only(facts, 'judged').filter(({ detail }) => detail === 0)
    const passes = [0, 1].map((one) => judged.filter(({ value }) => value === one).length)
    expect(outcomes(facts).filter((outcome) => outcome === 'ok')).toHaveLength(passes[0]! + passes[1]!)
    return { paid: passes[0], free: passes[1] }
  }

  test('below a ceiling leave the rest of the limit to the important', () => {
    expect(passed('ceilings', [1, 0.6], [20, 20])).toEqual({ paid: 4, free: 6 })
    expect(passed('ceilings', [1, 0.6], [2, 20])).toEqual({ paid: 8, free: 2 })
  })

  test('with quotas have no more, whatever the others leave', () => {
    expect(passed('quotas', [0.4, 0.6], [20, 20])).toEqual({ paid: 4, free: 6 })
    expect(passed('quotas', [0.4, 0.6], [2, 20])).toEqual({ paid: 4, free: 2 })
    expect(passed('quotas', [1, 0], [20, 20])).toEqual({ paid: 10, free: 0 })
  })

  test('with reserves have them for themselves, and share what nobody has reserved', () => {
    expect(passed('reserves', [0.3, 0.2], [20, 20])).toEqual({ paid: 3, free: 7 })
    expect(passed('reserves', [0.3, 0.2], [4, 20])).toEqual({ paid: 6, free: 4 })
  })

  test('count what goes on at the same time, and end it', () => {
    const rule = limit('concurrency', { limit: 10 }, { key: 'global' })
    for (const sharing of ['ceilings', 'quotas', 'reserves']) {
      const shares = sharing === 'ceilings' ? ([1, 0.6] as const) : ([0.4, 0.6] as const)
      expect(passed(sharing, shares, [20, 20], rule)).toEqual({ paid: 4, free: 6 })
    }
  })

  test('that are full do not count against the limit what they reject', () => {
    const source = clients(asListed, { id: 'users' })
    const shared = { classes: [{ name: 'all', share: 0.5 }], sharing: 'ceilings' }
    const facts = at([0, 0, 0, 0, 0], [bucket(0.1, 4, shared)], { clients: [source] })
    expect(outcomes(facts)).toEqual(['ok', 'ok', 'limited', 'limited', 'limited'])
  })

  test('are told apart by what is asked for', () => {
    const keys = clients(paced(100), { keys: chosen('uniform', { count: 4 }) })
    const rule = bucket(1, 10, {
      key: 'global',
      classes: [{ name: 'hot', share: 0, keys: [1, 3] }],
      sharing: 'ceilings',
    })
    const made = scenario({ clients: [keys], tiers: [tier({ rateLimits: [rule] })], duration: SECOND })
    const facts = factsOf(made)
    const asked = new Map(only(facts, 'arrived').map(({ subject, value }) => [subject, value]))
    const judged = only(facts, 'judged')
    expect(judged.every(({ subject, detail }) => asked.get(subject)! % 2 === 1 && detail === 1)).toBe(true)
    expect(judged).toHaveLength([...asked.values()].filter((key) => key % 2 === 1).length)
  })

  /** The requests of each class, and all there are, of 2000 from 500 visitors. */
  function told(classes: readonly Omit<LimitClass, 'share'>[], more: Parameters<typeof clients>[1]) {
    const rule = bucket(1e6, 1e6, {
      key: 'global',
      classes: classes.map((one) => ({ share: 1, ...one })),
      sharing: 'quotas',
    })
    const users = clients(paced(2000), { addresses: 500, ...more })
    const made = scenario({ clients: [users], tiers: [tier({ rateLimits: [rule] })], duration: SECOND })
    const facts = factsOf(made)
    const judged = only(facts, 'judged')
    return {
      of: classes.map((_, i) => judged.filter(({ value }) => value === i).map(({ subject }) => subject)),
      visitors: new Map(only(facts, 'arrived').map(({ subject, object }) => [subject, object])),
    }
  }

  test('are told apart by method, which goes with what changes something', () => {
    const methods = [
      { value: 'GET' as const, share: 0.6 },
      { value: 'HEAD' as const, share: 0.1 },
      { value: 'POST' as const, share: 0.2 },
      { value: 'DELETE' as const, share: 0.1 },
    ]
    const { of } = told(
      [
        { name: 'deletes', methods: ['DELETE'] },
        { name: 'writes', methods: ['POST', 'DELETE'] },
        { name: 'heads', methods: ['HEAD'] },
        { name: 'rest' },
      ],
      { writes: 0.3, methods },
    )
    const counts = of.map(({ length }) => length)
    expect(counts.reduce((sum, n) => sum + n)).toBe(2000)
    // Five standard deviations of a binomial share.
    for (const [i, share] of [0.1, 0.2, 0.1, 0.6].entries()) {
      expect(Math.abs(counts[i]! - 2000 * share)).toBeLessThan(5 * Math.sqrt(2000 * share * (1 - share)))
    }
  })

  test('where no methods are given, reads are GET and writes POST', () => {
    const one = (methods: LimitClass['methods'], writes: number) =>
      told([{ name: 'one', ...(methods ? { methods } : {}) }], { writes }).of[0]!.length
    expect([one(['GET'], 0), one(['POST'], 0), one(['POST'], 1), one(['GET', 'POST'], 0.5)]).toEqual([
      2000, 0, 2000, 2000,
    ])
  })

  test('are told apart by headers, of which each visitor always sends the same', () => {
    const headers = [
      {
        name: 'x-plan',
        values: [
          { value: 'gold', share: 0.2 },
          { value: 'free', share: 0.5 },
        ],
      },
      { name: 'x-beta', values: [{ value: 'on', share: 0.5 }] },
    ]
    const wanted = [
      {
        name: 'both',
        headers: [
          { name: 'x-plan', values: ['gold'] },
          { name: 'x-beta', values: ['on'] },
        ],
      },
      { name: 'gold', headers: [{ name: 'x-plan', values: ['gold'] }] },
      { name: 'free', headers: [{ name: 'x-plan', values: ['free', 'trial'] }] },
      { name: 'none' },
    ]
    const { of, visitors } = told(wanted, { headers })
    const who = of.map((requests) => new Set(requests.map((request) => visitors.get(request)!)))
    for (const [i, some] of who.entries()) {
      for (const other of who.slice(i + 1))
        expect([...some].filter((visitor) => other.has(visitor))).toEqual([])
    }
    const shares = who.map(({ size }) => size / 500)
    for (const [i, share] of [0.1, 0.1, 0.5, 0.3].entries()) {
      expect(Math.abs(shares[i]! - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / 500))
    }
  })
})

describe('a store', () => {
  const asked = (more: Partial<NonNullable<RateLimit['store']>> = {}) => ({
    scope: 'shared' as const,
    store: { latency: always(ms(3)), outages: [], onOutage: 'open' as const, ...more },
  })

  test('takes its time for each judgement', () => {
    const facts = at([0, 0], [bucket(1, 1, asked())])
    expect(startsOf(facts)).toEqual([ms(3)])
    expect(endings(facts)[1]).toMatchObject({ outcome: 'limited', latency: ms(3) })
  })

  test.each([
    ['open', ['ok', 'ok']],
    ['closed', ['limited', 'limited']],
  ] as const)('that is out and fails %s', (onOutage, expected) => {
    const outages = [{ from: 0, to: SECOND }]
    expect(outcomes(at([0, 0], [bucket(1, 1, asked({ outages, onOutage }))]))).toEqual(expected)
  })

  test('a crash ends those who wait for it', () => {
    const faults = [fault(ms(1), 'crash')]
    const facts = at([0], [bucket(1, 1, asked())], { faults })
    expect(endings(facts)[0]).toMatchObject({ outcome: 'broken', at: ms(1) })
  })
})

describe('a client that is turned away', () => {
  const retried = (retryAfter: 'honoured' | 'ignored', status: 429 | 503 = 429) => {
    const retries = clientRetrying({ tries: 2, on: ['limited'], retryAfter })
    return at([0, ms(1)], [bucket(0.5, 1, { status })], { clients: [clients(asListed, { retries })] })
  }

  test('and honours Retry-After comes again when it is let in', () => {
    const facts = retried('honoured')
    expect(startsOf(facts)).toEqual([0, 2 * SECOND + ms(1)])
    expect(outcomes(facts)).toEqual(['ok', 'ok'])
  })

  test('and ignores it is turned away again', () => {
    expect(outcomes(retried('ignored'))).toEqual(['ok', 'limited'])
  })

  test('is told nothing with 503', () => {
    expect(outcomes(retried('honoured', 503))).toEqual(['ok', 'limited'])
  })
})
