import { describe, expect, test } from 'vitest'
import { strategies } from '../../src/policies/balancing/index.ts'
import { parse } from '../../src/scenario/index.ts'
import { problemsOf, scenarioOf, scenarioWith } from './texts.ts'

const STRATEGIES = strategies.names.join(', ')

const text = scenarioWith({
  client: 'arrivals: { poisson: { rate: 400/s } }',
  tier: 'balancing: { strategy: two-choices, choices: 3 }, replicas: [{ weight: 3 }, { weight: 1 }], service: { demand: 10ms }',
  rest: 'variants:\n  one by one: { tiers.web.balancing.strategy: round-robin }\n  twice: { clients.users.rate: 800/s }\n',
})
const set = (...settings: string[]) => scenarioOf(text, { set: settings })

describe('a setting from outside', () => {
  test('changes what the file says', () => {
    expect(set('seed=9').seed).toBe(9)
    expect(set('seed=nine').seed).toBe('nine')
    expect(set('seed=').seed).toBe('')
    expect(set('tiers.web.balancing.choices=4').tiers[0]?.strategy.params.choices).toBe(4)
    expect(set('clients.users.arrivals.poisson.rate=5/s').clients[0]?.arrivals.params.rate).toBe(5)
    expect(set('faults=[{at: 1s, crash: web/1}]').faults).toHaveLength(1)
  })

  test('adds what the file does not say', () => {
    expect(set('tiers.web.health.active.fall=5').tiers[0]?.health?.active?.rule.params.fall).toBe(5)
    expect(set('clients.users.timeout=1s').clients[0]?.timeout).toEqual({
      policy: 'constant',
      params: { value: 1e9 },
    })
  })

  test('counts items from 1, as replicas are', () => {
    expect(set('tiers.web.replicas.2.weight=7').tiers[0]?.replicas.map(({ weight }) => weight)).toEqual([
      3, 7,
    ])
  })

  test('drops what its value excludes', () => {
    expect(set('tiers.web.balancing.strategy=random').tiers[0]?.strategy).toEqual({
      policy: 'random',
      params: { rule: 'plain' },
    })
    expect(set('clients.users.rate=5/s').clients[0]?.arrivals).toEqual({
      policy: 'poisson',
      params: { rate: 5 },
    })
    expect(set('clients.users.arrivals.constant.rate=5/s').clients[0]?.arrivals.policy).toBe('constant')
    expect(set('tiers.web.service.demand.exponential.mean=2ms').tiers[0]?.service.demand.policy).toBe(
      'exponential',
    )
    expect(set('tiers.web.balancing.strategy.two-choices.choices=5').tiers[0]?.strategy.params.choices).toBe(
      5,
    )
  })

  test('overrules the one before it', () => expect(set('seed=1', 'seed=2').seed).toBe(2))

  test('may come from a flag of its own', () => {
    expect(
      scenarioOf(text, { set: [{ path: 'duration', value: '5m', from: '--duration 5m' }] }).duration,
    ).toBe(300e9)
    expect(problemsOf(text, { set: [{ path: 'duration', value: '5', from: '--duration 5' }] })).toEqual([
      '--duration 5: duration: "5" has no unit; a duration is needed, such as 250ms or 2s; did you mean "5s"?',
    ])
  })

  test.each([
    [
      'tiers.wbe.replicas=3',
      '--set tiers.wbe.replicas=3: tiers.wbe.replicas: there is no tier "wbe"; there are web; did you mean "web"?',
    ],
    [
      'tires.web.replicas=3',
      '--set tires.web.replicas=3: tires: "tires" is not a setting of a scenario; allowed: $schema, format, name, summary, seed, duration, warmUp, clients, tiers, faults, rollouts, variants, expect; did you mean "tiers"?',
    ],
    [
      'tiers.web.replicas=none',
      '--set tiers.web.replicas=none: tiers.web.replicas: "none" is given; a whole number is needed.',
    ],
    [
      'tiers.web.replicas.3.weight=1',
      '--set tiers.web.replicas.3.weight=1: tiers.web.replicas.3.weight: there is no item "3" in a list of 2; items are counted from 1.',
    ],
    ['seed.x=1', '--set seed.x=1: seed.x: "seed" has nothing called "x" in it.'],
    ['seed', '--set seed: "seed" sets nothing; path=value is needed.'],
    ['=1', '--set =1: "" is not a path, such as tiers.web.replicas.'],
    ['a..b=1', '--set a..b=1: a..b: "a..b" is not a path, such as tiers.web.replicas.'],
    [
      '__proto__.x=1',
      '--set __proto__.x=1: __proto__: "__proto__" is not a setting of a scenario; allowed: $schema, format, name, summary, seed, duration, warmUp, clients, tiers, faults, rollouts, variants, expect.',
    ],
    ['seed=[1', '--set seed=[1: seed: not valid YAML: flow sequence must end with a ].'],
    ['variants.x.seed=1', '--set variants.x.seed=1: variants.x.seed: "variants" cannot be set from outside.'],
    [
      'clients.users.arrivals.possion.rate=1/s',
      '--set clients.users.arrivals.possion.rate=1/s: clients.users.arrivals.possion: "possion" is not an arrival process; allowed: poisson, constant, renewal, mmpp, ramp, steps, spike, diurnal, closed, log; did you mean "poisson"?',
    ],
  ])('%s is a problem', (setting, problem) => expect(problemsOf(text, { set: [setting] })).toEqual([problem]))

  test('a name that is nearly right is met with the right one', () => {
    expect(problemsOf(text, { set: ['tiers.web.replica=3'] })).toEqual([
      expect.stringMatching(
        /^--set tiers.web.replica=3: tiers.web.replica: "replica" is not a setting of a tier; allowed: profile, balancing, .*; did you mean "replicas"\?$/,
      ),
    ])
  })

  test('does not touch prototypes', () => {
    parse(text, 'x', { set: ['__proto__.polluted=1', 'constructor.prototype.polluted=1'] })
    expect(({} as any).polluted).toBeUndefined()
  })
})

describe('a variant', () => {
  test('is kept as written', () => {
    expect(scenarioOf(text).variants).toEqual([
      { name: 'one by one', set: { 'tiers.web.balancing.strategy': 'round-robin' } },
      { name: 'twice', set: { 'clients.users.rate': '800/s' } },
    ])
  })

  test('makes a scenario of its own, of the file as changed from outside', () => {
    expect(scenarioOf(text, { variant: 'one by one' }).tiers[0]?.strategy.policy).toBe('round-robin')
    expect(scenarioOf(text, { variant: 'twice' }).clients[0]?.arrivals.params.rate).toBe(800)
    expect(scenarioOf(text, { variant: 'twice', set: ['seed=5', 'clients.users.rate=1/s'] })).toMatchObject({
      seed: 5,
      clients: [{ arrivals: { params: { rate: 800 } } }],
    })
  })

  test('that nobody described is a problem', () => {
    expect(problemsOf(text, { variant: 'twise' })).toEqual([
      's.yaml:1:1: variants: there is no variant "twise"; there are one by one, twice; did you mean "twice"?',
    ])
  })

  test('has its problems told with the file’s, where they stand', () => {
    const wrong = scenarioWith({
      client: 'rate: 1/s, timeout: soon',
      rest: `variants:
  a: { tiers.web.balancing.strategy: rondom }
  b: { tiers.web.replicas: 0, tiers.wbe.replicas: 1 }
  c: { clients.users.rate: 1e9/s }`,
    })
    expect(problemsOf(wrong)).toEqual([
      's.yaml:2:32: clients.users.timeout: "soon" is not a distribution; allowed: constant, uniform, exponential, erlang, hyperexponential, lognormal, pareto, weibull, gamma, geometric, empirical, mixture; or a duration is needed, such as 250ms or 2s.',
      `s.yaml:6:38: variants.a.tiers.web.balancing.strategy: "rondom" is not a balancing strategy; allowed: ${STRATEGIES}; did you mean "random"?`,
      's.yaml:7:28: variants.b.tiers.web.replicas: "0" is too little; the least allowed is 1.',
      's.yaml:7:31: variants.b.tiers.wbe.replicas: there is no tier "wbe"; there are web; did you mean "web"?',
      's.yaml:8:28: variants.c.clients.users.rate: "1e9/s" is not a rate; a rate is needed, such as 400/s or 30/m.',
    ])
  })

  test('may be wrong only as a whole', () => {
    const many = scenarioWith({
      rest: 'variants:\n  big: { tiers.web.replicas: 3, clients.users.arrivals: { closed: { users: 5, thinkTime: 0s } } }',
    })
    expect(problemsOf(many)).toEqual([
      's.yaml:2:10: variants.big.clients.users: "users" may send without end in no time; think time or network latency must be above 0.',
    ])
  })
})
