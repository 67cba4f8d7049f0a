/** Faults that last, deploys, scaling: what they are read as, and what is said where they are wrong. */

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'

function read(rest: string, tier = 'replicas: 2', clients = 'users: { rate: 10/s }') {
  const text = `clients: { ${clients} }\ntiers: { web: { ${tier} }, db: { replicas: 2 } }\n${rest}\n`
  const { scenario, problems } = parse(text, 'a.yaml')
  return {
    scenario,
    problems: problems.map(({ path, message, hint }) => `${path}: ${message} ${hint}`.trim()),
  }
}

describe('a fault', () => {
  test('that lasts ends', () => {
    const { scenario } = read('faults: [{ at: 1s, partition: db/2, from: web/1, as: refuse, for: 2s }]')
    const cut = { kind: 'partition', tier: 1, replica: 1, amount: 0, as: 'refuse', from: 0 }
    expect(scenario!.faults).toEqual([
      { at: 1e9, ...cut },
      { at: 3e9, ...cut, ends: true },
    ])
  })

  test('of a zone strikes all of its replicas', () => {
    const { scenario } = read(
      'faults: [{ at: 1s, outage: a }]',
      'replicas: [{ zone: a, count: 2 }, { zone: b }]',
    )
    expect(scenario!.faults.map(({ kind, tier, replica }) => [kind, tier, replica])).toEqual([
      ['crash', 0, 0],
      ['crash', 0, 1],
    ])
  })

  test('a balancer is told to recover, or does so by itself, which is the same', () => {
    const [told, alone] = [
      'faults: [{ at: 1s, crash: balancer/1 }, { at: 4s, recover: balancer/1 }]',
      'faults: [{ at: 1s, crash: balancer/1, for: 3s }]',
    ].map((text) => read(text).scenario!.faults)
    expect(told).toEqual(alone)
    expect(told![1]).toMatchObject({ at: 4e9, kind: 'down', balancer: 0, ends: true })
  })

  test.each([
    ['{ at: 1s, pause: web, every: 1s }', 'faults.1.lasts: "pause" needs "lasts", such as lasts: 500ms.'],
    [
      '{ at: 1s, latency: web, add: 5ms, as: refuse }',
      'faults.1.as: "as" belongs to "partition", not to "latency".',
    ],
    [
      '{ at: 1s, loss: web, share: 5%, from: db/1 }',
      'faults.1.from: what is sent to the first tier comes from balancers; balancer/1 is the first.',
    ],
    [
      '{ at: 1s, partition: db, from: balancer/1 }',
      'faults.1.from: only a replica of "web" sends there, such as web/1.',
    ],
    ['{ at: 1s, crash: balancer/2 }', 'faults.1.crash: "balancer/2" is no balancer; there is balancer/1.'],
    [
      '{ at: 1s, spike: user, factor: 2 }',
      'faults.1.spike: there is no client population "user"; there are users. Did you mean "users"?',
    ],
    [
      '{ at: 1s, spike: users, factor: 2000 }',
      'faults.1.factor: a spike of 2000 cannot be; up to 1000 times as many requests are possible.',
    ],
    ['{ at: 1s, outage: x }', 'faults.1.outage: no replica is in a zone "x"; the zones are missing.'],
    [
      '{ at: 1s, reload: balancer, for: 1s }',
      'faults.1.for: "for" says when a fault ends; "reload" is no fault.',
    ],
    [
      '{ at: 1s, scale: web/1, to: 3 }',
      'faults.1.scale: "web/1" is one replica; the name of a tier is needed.',
    ],
  ])('%s is wrong', (text, problem) => expect(read(`faults: [${text}]`).problems).toEqual([problem]))

  test('scales a tier to what it has room for', () => {
    const scale = 'faults: [{ at: 1s, scale: web, to: 4 }]'
    expect(read(scale, 'replicas: 2, most: 4').problems).toEqual([])
    expect(read(scale, 'replicas: 2, most: 3').problems).toEqual([
      'faults: "web" has room for 3 replicas and cannot be scaled to 4. Say most: 4 in the tier.',
    ])
  })

  test('cannot be a spike of a closed loop', () => {
    const closed = 'users: { arrivals: { closed: { users: 3, thinkTime: 1s } } }'
    const { problems } = read('faults: [{ at: 1s, spike: users, factor: 2, for: 5s }]', 'replicas: 2', closed)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('a spike of "users" is not possible')
  })
})

describe('settings that change', () => {
  test('are a strategy as balancing says it, or settings of checks', () => {
    const entries = `faults:
  - { at: 1s, balance: web, with: least-connections }
  - { at: 2s, balance: db, with: { strategy: two-choices, choices: 3 } }
  - { at: 3s, checks: web, interval: 500ms, rise: 1 }
  - { at: 4s, spike: users, factor: 0.5 }`
    const { scenario, problems } = read(entries, 'health: { active: { interval: 2s } }')
    expect(problems).toEqual([])
    expect(scenario!.faults).toMatchObject([
      { kind: 'balance', tier: 0, strategy: { policy: 'least-connections' } },
      {
        kind: 'balance',
        tier: 1,
        strategy: { policy: 'two-choices', params: { choices: 3, replacement: false } },
      },
      { kind: 'checks', tier: 0, checks: { interval: 0.5e9, rise: 1 } },
      { kind: 'spike', amount: 0.5 },
    ])
  })

  const CHECKED = 'health: { active: { interval: 2s } }'
  test.each([
    [
      '{ at: 1s, balance: web }',
      CHECKED,
      'faults.1.with: "balance" needs "with", such as with: least-connections.',
    ],
    [
      '{ at: 1s, balance: web, with: { strategy: random, per: connection } }',
      CHECKED,
      'faults.1.with.per: "per" is not a setting of "random"; allowed: rule.',
    ],
    [
      '{ at: 1s, balance: web, with: hash }',
      'balancing: { strategy: least-connections, refresh: 1s }',
      'faults: "web" has "refresh", which has no meaning for hash, which does not go by counts of requests alone.',
    ],
    [
      '{ at: 1s, checks: web }',
      CHECKED,
      'faults.1.checks: "checks" needs what is to change, such as interval: 1s; allowed: interval, timeout, fall, rise.',
    ],
    [
      '{ at: 1s, checks: db, interval: 1s }',
      CHECKED,
      'faults: "db" has no active checks of its balancers; "checks" changes those of health: { active: … }.',
    ],
    [
      '{ at: 1s, checks: web, timeout: 1s }',
      'health: { active: { rule: haproxy } }',
      'faults: "web" is checked by the rule haproxy, which has no "timeout".',
    ],
    [
      '{ at: 1s, checks: web, interval: 1s, for: 5s }',
      CHECKED,
      'faults.1.for: "for" says when a fault ends; "checks" is no fault.',
    ],
  ])('%s is wrong', (text, tier, problem) =>
    expect(read(`faults: [${text}]`, tier).problems).toEqual([problem]),
  )
})

describe('a deploy', () => {
  test('stands among the faults', () => {
    const { scenario } = read('rollouts: [{ at: 5s, deploy: web }]', 'replicas: 2, most: 3')
    expect(scenario!.faults).toMatchObject([{ at: 5e9, kind: 'deploy', tier: 0, rollout: { surge: 1 } }])
    expect(scenario!.tiers[0]!.replicas.map(({ spare }) => spare === true)).toEqual([false, false, true])
  })

  test.each([
    [
      '{ at: 5s, deploy: web }',
      'rollouts: "web" has room for 2 replicas; this rolling deploy needs 3. Say most: 3 in the tier.',
    ],
    [
      '{ at: 5s, deploy: web, strategy: canary }',
      'rollouts.1.canary: "canary" needs its steps, such as canary: { steps: [{ replicas: 1, for: 1m }] }.',
    ],
    [
      '{ at: 5s, deploy: web, maxSurge: 0 }',
      'rollouts.1.maxSurge: with no surge and none unavailable, nothing can ever be replaced.',
    ],
  ])('%s is wrong', (text, problem) => expect(read(`rollouts: [${text}]`).problems).toEqual([problem]))
})

test.each([
  ['replicas: 3, most: 2', 'tiers.web.most: there are 3 replicas, and room for only 2.'],
  [
    'replicas: 9, scaling: { max: 4 }',
    'tiers.web.scaling: there are 9 replicas at first; scaling keeps 1 to 4.',
  ],
  ['scaling: { min: 1 }', 'tiers.web.scaling.max: scaling needs "max"; a whole number is needed.'],
  [
    'scaling: { max: 4, cooldown: 10s }',
    'tiers.web.scaling.cooldown: "cooldown" belongs to the rule "simple", not to "hpa".',
  ],
  [
    'scaling: { max: 4, rule: simple, above: 20% }',
    'tiers.web.scaling.below: "below" must be less than "above".',
  ],
  [
    'scaling: { rule: scheduled }',
    'tiers.web.scaling.schedule: the rule "scheduled" needs "schedule", such as schedule: [{ at: 30s, replicas: 4 }].',
  ],
  [
    'scaling: { max: 4, repeat: 60s, schedule: [{ at: 90s, replicas: 2 }] }',
    'tiers.web.scaling.schedule.1.at: an entry must lie before the schedule begins anew.',
  ],
  [
    'scaling: { max: 4, schedule: [{ at: 90s, replicas: 7 }] }',
    'tiers.web.scaling.schedule.1.replicas: 7 replicas are scheduled; scaling keeps 1 to 4.',
  ],
  ['scaling: { min: 5, max: 4 }', 'tiers.web.scaling: at least 5 replicas and at most 4 cannot be.'],
  [
    'discovery: { rule: polling, ttl: 5s }',
    'tiers.web.discovery.ttl: "ttl" belongs to the rule "dns", not to "polling".',
  ],
])('%s is wrong', (tier, problem) => expect(read('', tier).problems).toEqual([problem]))

test('a schedule alone says how much room there is', () => {
  const plan = 'schedule: [{ at: 60s, replicas: 2 }, { at: 30s, replicas: 5 }]'
  const { scenario, problems } = read(
    'faults: [{ at: 40s, crash: web/5 }]',
    `replicas: 2, scaling: { rule: scheduled, ${plan}, repeat: 24h }`,
  )
  expect(problems).toEqual([])
  const { replicas, scaling } = scenario!.tiers[0]!
  expect(replicas).toHaveLength(5)
  expect(scaling).toMatchObject({
    rule: 'scheduled',
    max: 5,
    schedule: {
      entries: [
        { at: 30e9, replicas: 5 },
        { at: 60e9, replicas: 2 },
      ],
      every: 86400e9,
    },
  })
})
