import { describe, expect, test } from 'vitest'
import { LONGEST } from '../../src/base/time.ts'
import { parse, UNLIMITED } from '../../src/scenario/index.ts'
import { scenarioOf, scenarioWith } from './texts.ts'

const constant = (value: number) => ({ policy: 'constant', params: { value } })

describe('the shortest scenario', () => {
  test('has all its defaults filled in', () => {
    const scenario = scenarioOf(
      'clients: { users: { arrivals: { poisson: { rate: 100/s } } } }\ntiers: { web: { replicas: 3 } }',
    )
    expect(scenario).toEqual({
      format: 'evenkeel/1',
      name: 's',
      summary: '',
      seed: 1,
      duration: 60e9,
      warmUp: 0,
      clients: [
        {
          id: 'users',
          arrivals: { policy: 'poisson', params: { rate: 100 } },
          keys: { policy: 'uniform', params: { count: 1000 } },
          size: constant(10_000),
          addresses: 1000,
          onTimeout: 'continue',
          latency: constant(0),
        },
      ],
      tiers: [
        {
          id: 'web',
          strategy: { policy: 'round-robin', params: {} },
          replicas: [1, 2, 3].map((i) => ({ id: `web/${i}`, weight: 1, speed: 1 })),
          service: {
            demand: { policy: 'exponential', params: { mean: 10e6 } },
            concurrency: 8,
            queue: UNLIMITED,
            discipline: 'fifo',
            blocking: false,
          },
          latency: constant(500_000),
        },
      ],
      faults: [],
      variants: [],
      expect: [],
    })
  })

  test('may be shorter still, and may be JSON', () => {
    const short = scenarioOf('clients: { users: { rate: 100/s } }\ntiers: { web: }')
    expect(short.tiers[0]?.replicas).toHaveLength(1)
    const json = '{\n\t"clients": {"users": {"rate": "100/s"}},\n\t"tiers": {"web": {"replicas": 1}}\n}'
    expect(scenarioOf(json)).toEqual(short)
  })

  test('is called after its file', () => {
    expect(parse(scenarioWith(), 'a/b/my-test.yaml').scenario?.name).toBe('my-test')
    expect(parse(scenarioWith({ rest: 'name: 2e3' }), 'x.yaml').scenario?.name).toBe('2e3')
  })
})

describe('a policy', () => {
  const demand = (text: string) =>
    scenarioOf(scenarioWith({ tier: `service: { demand: ${text} }` })).tiers[0]?.service.demand

  test('may be a bare value, a map, or a short form', () => {
    expect(demand('10ms')).toEqual(constant(10e6))
    expect(demand('{ constant: 10ms }')).toEqual(constant(10e6))
    expect(demand('{ constant: { value: 10ms } }')).toEqual(constant(10e6))
    expect(demand('{ exponential: 10ms }')).toEqual({ policy: 'exponential', params: { mean: 10e6 } })
    expect(demand('{ empirical: [1ms, 2ms] }')).toEqual({
      policy: 'empirical',
      params: { values: [1e6, 2e6] },
    })
  })

  test('holds its parameters in the unit of what it describes', () => {
    expect(demand('{ pareto: { shape: 1.2, min: 1ms, max: 5s } }')).toEqual({
      policy: 'pareto',
      params: { shape: 1.2, min: 1e6, max: 5e9 },
    })
    const { size } = scenarioOf(
      scenarioWith({ client: 'rate: 1/s, requests: { size: { uniform: { min: 1KiB, max: 2KiB } } }' }),
    ).clients[0]!
    expect(size).toEqual({ policy: 'uniform', params: { min: 1024, max: 2048 } })
  })

  test('leaves out optional parameters that are not given', () => {
    expect(demand('{ pareto: { shape: 1.2, min: 1ms } }')?.params).toEqual({ shape: 1.2, min: 1e6 })
  })

  test('may hold others', () => {
    expect(demand('{ mixture: [{ weight: 9, of: 1ms }, { of: { exponential: 1s } }] }')).toEqual({
      policy: 'mixture',
      params: {
        parts: [
          { weight: 9, of: constant(1e6) },
          { weight: 1, of: { policy: 'exponential', params: { mean: 1e9 } } },
        ],
      },
    })
  })

  const strategy = (text: string) =>
    scenarioOf(scenarioWith({ tier: `balancing: ${text}` })).tiers[0]?.strategy
  test.each([
    ['two-choices', 2],
    ['{ strategy: two-choices }', 2],
    ['{ strategy: two-choices, choices: 3 }', 3],
    ['{ strategy: { two-choices: { choices: 3 } } }', 3],
  ])('balancing may be written %s', (text, choices) => {
    expect(strategy(text)).toEqual({
      policy: 'two-choices',
      params: { rule: 'plain', choices, replacement: false },
    })
  })
})

describe('arrivals', () => {
  const arrivals = (text: string) => scenarioOf(scenarioWith({ client: text })).clients[0]?.arrivals

  test.each([
    ['rate: 30/m', { policy: 'poisson', params: { rate: 0.5 } }],
    ['arrivals: 30/m', { policy: 'poisson', params: { rate: 0.5 } }],
    ['arrivals: { constant: 5/s }', { policy: 'constant', params: { rate: 5 } }],
    [
      'arrivals: { closed: { users: 3, thinkTime: { exponential: 1s } } }',
      { policy: 'closed', params: { users: 3, thinkTime: { policy: 'exponential', params: { mean: 1e9 } } } },
    ],
    [
      'arrivals: { mmpp: [{ rate: 1/s, stay: 1s }, { rate: 0/s, stay: 2s }] }',
      {
        policy: 'mmpp',
        params: {
          states: [
            { rate: 1, stay: 1e9 },
            { rate: 0, stay: 2e9 },
          ],
          next: 'cyclic',
        },
      },
    ],
    [
      'arrivals: { steps: { points: [{ at: 0s, rate: 1/s }, { at: 1m, rate: 2/s }], between: line } }',
      {
        policy: 'steps',
        params: {
          points: [
            { at: 0, rate: 1 },
            { at: 60e9, rate: 2 },
          ],
          between: 'line',
        },
      },
    ],
    ['arrivals: { log: a.log }', { policy: 'log', params: { file: 'a.log', speed: 1, spread: 'even' } }],
    [
      'arrivals: { log: { file: a.log, speed: 60x } }',
      { policy: 'log', params: { file: 'a.log', speed: 60, spread: 'even' } },
    ],
  ])('may be written %s', (text, held) => expect(arrivals(text)).toEqual(held))

  test('that all come from logs last as long as the logs', () => {
    expect(scenarioOf(scenarioWith({ client: 'arrivals: { log: a.log }' })).duration).toBe(LONGEST)
    expect(
      scenarioOf(scenarioWith({ client: 'arrivals: { log: a.log }', rest: 'duration: 5s' })).duration,
    ).toBe(5e9)
  })
})

describe('a tier', () => {
  test('lists unequal replicas, alone or in groups', () => {
    const { replicas } = scenarioOf(
      scenarioWith({ tier: 'replicas: [{ weight: 3, speed: 2x, count: 2 }, {}]' }),
    ).tiers[0]!
    expect(replicas).toEqual([
      { id: 'web/1', weight: 3, speed: 2 },
      { id: 'web/2', weight: 3, speed: 2 },
      { id: 'web/3', weight: 1, speed: 1 },
    ])
  })

  test('has service, health and failures', () => {
    const tier = scenarioOf(
      scenarioWith({
        tier: `service: { concurrency: unlimited, queue: 0, discipline: ps, patience: 1s, setUp: 5ms, blocking: true },
               health: { active: { fall: 5 } }, failures: { mttf: 10m, mttr: { weibull: { shape: 2, mean: 30s } }, as: hang }`,
      }),
    ).tiers[0]!
    expect(tier.service).toEqual({
      demand: { policy: 'exponential', params: { mean: 10e6 } },
      concurrency: UNLIMITED,
      queue: 0,
      discipline: 'ps',
      patience: constant(1e9),
      setUp: constant(5e6),
      blocking: true,
    })
    const params = { interval: 2e9, timeout: 1e9, rise: 2, fall: 5 }
    expect(tier.health).toEqual({
      active: {
        rule: { policy: 'standard', params },
        path: 'cheap',
        queued: false,
        cost: 0,
        onMarkedDown: 'keep',
      },
    })
    expect(tier.failures).toEqual({
      upTime: { policy: 'exponential', params: { mean: 600e9 } },
      downTime: { policy: 'weibull', params: { shape: 2, mean: 30e9 } },
      as: 'hang',
    })
  })

  test('keeps the order of the file', () => {
    const text = 'clients: { a: { rate: 1/s } }\ntiers: { z: {}, "b-2": {}, a1: {} }'
    expect(scenarioOf(text).tiers.map(({ id }) => id)).toEqual(['z', 'b-2', 'a1'])
  })
})

describe('faults', () => {
  test('are sorted by time, those of one instant in the order of the file', () => {
    const { faults } = scenarioOf(
      scenarioWith({
        rest: `faults:
  - { at: 75s, recover: web/2 }
  - { at: 30s, crash: web/2 }
  - { at: 30s, slow: web, factor: 5x }
  - { at: 10s, errors: web/1, share: 30%, for: 20s }
  - { at: 1m, hang: web/4 }`,
      }),
    )
    expect(faults).toEqual([
      { at: 10e9, kind: 'errors', tier: 0, replica: 0, amount: 0.3 },
      { at: 30e9, kind: 'crash', tier: 0, replica: 1, amount: 0 },
      { at: 30e9, kind: 'slow', tier: 0, replica: -1, amount: 5 },
      { at: 30e9, kind: 'recover', tier: 0, replica: 0, amount: 0 },
      { at: 60e9, kind: 'hang', tier: 0, replica: 3, amount: 0 },
      { at: 75e9, kind: 'recover', tier: 0, replica: 1, amount: 0 },
    ])
  })
})

describe('expectations', () => {
  const expectation = (text: string) => scenarioOf(scenarioWith({ rest: `expect: ["${text}"]` })).expect[0]

  test.each([
    ['availability > 99%', 'availability', '>', 0.99],
    ['availability >= 0.999', 'availability', '>=', 0.999],
    ['latency.p99 < 250ms', 'latencyMs.p99', '<', 250],
    ['latencyMs.max <= 2s', 'latencyMs.max', '<=', 2000],
    ['waiting.mean<10us', 'waitingMs.mean', '<', 0.01],
    ['throughput > 30/m', 'throughputPerSecond', '>', 0.5],
    ['requests.failed = 0', 'requests.failed', '=', 0],
    ['tiers.web.imbalance < 1.2', 'tiers.web.imbalance', '<', 1.2],
    ['tiers.web.wasted < 2m', 'tiers.web.wastedSeconds', '<', 120],
    ['tiers.web.replicas.web/4.utilisation < 90%', 'tiers.web.replicas.web/4.utilisation', '<', 0.9],
  ])('%s', (text, figure, operator, value) => {
    expect(expectation(text)).toEqual({ text, figure, operator, value })
  })
})
