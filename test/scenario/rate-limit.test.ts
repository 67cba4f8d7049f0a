/** What a file says about rate limits, attackers, connections and TLS. */

import { describe, expect, test } from 'vitest'
import { hashBytes } from '../../src/scenario/access-log/hash.ts'
import { problemsOf, scenarioOf, scenarioWith } from './texts.ts'

const tier = (text: string) => scenarioOf(scenarioWith({ tier: text })).tiers[0]!
const client = (text: string) => scenarioOf(scenarioWith({ client: `rate: 10/s, ${text}` })).clients[0]!
const ofTier = (text: string) => problemsOf(scenarioWith({ tier: text })).join('|')
const ofClient = (text: string) => problemsOf(scenarioWith({ client: `rate: 10/s, ${text}` })).join('|')

describe('a rate limit', () => {
  test('has a policy with its parameters, and what is counted, where and for whom', () => {
    const plain = { key: 'address', keys: 100_000, status: 429, scope: 'node' }
    expect(tier('rateLimit: { policy: token-bucket, rate: 5/s }').rateLimits).toEqual([
      { rule: { policy: 'token-bucket', params: { rate: 5, burst: 10 } }, ...plain },
    ])
    const said =
      'rateLimit: { policy: gcra, rate: 2/s, burst: 3, shape: true, key: path, status: 503, table: 50, ' +
      'scope: shared, store: { latency: 2ms, outages: [{ from: 1s, for: 2s }], onOutage: closed }, clients: [users] }'
    expect(tier(said).rateLimits).toEqual([
      {
        rule: { policy: 'gcra', params: { rate: 2, burst: 3, shape: true } },
        key: 'path',
        keys: 50,
        status: 503,
        scope: 'shared',
        store: {
          latency: { policy: 'constant', params: { value: 2e6 } },
          outages: [{ from: 1e9, to: 3e9 }],
          onOutage: 'closed',
        },
        only: ['users'],
      },
    ])
  })

  test('tells classes apart, which share it', () => {
    const said =
      'rateLimit: { policy: gcra, rate: 2/s, sharing: quotas, classes: { paying: { clients: [users], share: 80% }, ' +
      'free: { priority: 1, paths: [7, /search], share: 20% } } }'
    const search = new TextEncoder().encode('/search')
    expect(tier(said).rateLimits).toMatchObject([
      {
        sharing: 'quotas',
        classes: [
          { name: 'paying', share: 0.8, clients: ['users'] },
          { name: 'free', share: 0.2, priority: 1, keys: [7, hashBytes(search, 0, search.length)] },
        ],
      },
    ])
    const short = tier('rateLimit: { policy: concurrency, classes: { all: { share: 1 } } }').rateLimits
    expect(short).toMatchObject([{ sharing: 'ceilings', classes: [{ name: 'all', share: 1 }] }])
  })

  test('can be a list, or none', () => {
    const two = 'rateLimit: [{ policy: concurrency, limit: 2 }, { policy: fixed-window }]'
    expect(tier(two).rateLimits?.map(({ rule }) => rule.policy)).toEqual(['concurrency', 'fixed-window'])
    expect(tier('rateLimit: none')).not.toHaveProperty('rateLimits')
  })

  test('is answered with 503 by nginx, unless it says otherwise', () => {
    const statuses = (text: string) =>
      tier(`profile: nginx, rateLimit: ${text}`).rateLimits?.map((one) => one.status)
    expect(statuses('{ policy: concurrency }')).toEqual([503])
    expect(statuses('[{ policy: concurrency }, { policy: concurrency, status: 429 }]')).toEqual([503, 429])
    expect(tier('profile: nginx')).not.toHaveProperty('rateLimits')
  })

  test.each([
    ['rateLimit: { policy: tokenbucket }', '"tokenbucket" is not a policy of rate limits'],
    ['rateLimit: { policy: token-bucket }', 'needs "rate"'],
    ['rateLimit: { policy: gcra, rate: 1/s, brst: 2 }', 'did you mean "burst"?'],
    ['rateLimit: { policy: fixed-window, key: adress }', 'did you mean "address"?'],
    ['rateLimit: { policy: fixed-window, status: 418 }', '"418" is not a status for the rejected'],
    ['rateLimit: { policy: fixed-window, store: {} }', 'a store is asked with "scope: shared" only'],
    ['rateLimit: { policy: fixed-window, clients: [nobody] }', '"nobody" is not a client population'],
    ['rateLimit: { policy: leaky-bucket, rate: 1/s, nodelay: true, delay: 2 }', 'nodelay holds nothing back'],
    ['rateLimit: { policy: concurrency, sharing: quotas }', '"sharing" is of a limit with "classes"'],
    ['rateLimit: { policy: concurrency, classes: { a: {} } }', 'needs "share"'],
    [
      'rateLimit: { policy: concurrency, classes: { a: { share: 1, clients: [no] } } }',
      '"no" is not a client',
    ],
    [
      'rateLimit: { policy: concurrency, classes: { a: { share: 1, paths: [search] } } }',
      'neither the number',
    ],
    [
      'rateLimit: { policy: concurrency, sharing: reserves, classes: { a: { share: 60% }, b: { share: 50% } } }',
      'come to 110%',
    ],
    [
      'rateLimit: [{ policy: gcra, rate: 1/s, classes: { a: { share: 1 } } }, { policy: concurrency, classes: { a: { share: 1 } } }]',
      'two limits of this tier have a class called "a"',
    ],
    ['rateLimit: []', 'at least 1 of the rate limits must be given'],
    [
      'rateLimit: { policy: concurrency, classes: { a: { share: 1, methods: [FETCH] } } }',
      '"FETCH" is not a method',
    ],
    [
      'rateLimit: { policy: concurrency, classes: { a: { share: 1, methods: [GET, DELETE] } } }',
      'no client population of this class sends DELETE; they send GET',
    ],
    [
      'rateLimit: { policy: concurrency, classes: { a: { share: 1, headers: { x-plan: gold } } } }',
      'no client population of this class sends the header "x-plan"',
    ],
  ])('%s is a problem', (text, problem) => {
    expect(ofTier(text)).toContain(problem)
  })
})

describe('what requests say of themselves', () => {
  const sent =
    'requests: { methods: { GET: 90%, DELETE: 10% }, headers: { X-Plan: { gold: 20%, free: 80% }, x-app: web } }'

  test('is their methods, which say what is a write, and headers in any case', () => {
    expect(client(sent)).toMatchObject({
      writes: 0.1,
      methods: [
        { value: 'GET', share: 0.9 },
        { value: 'DELETE', share: 0.1 },
      ],
      headers: [
        {
          name: 'x-plan',
          values: [
            { value: 'gold', share: 0.2 },
            { value: 'free', share: 0.8 },
          ],
        },
        { name: 'x-app', values: [{ value: 'web', share: 1 }] },
      ],
    })
  })

  test('tells classes apart', () => {
    const classes =
      'classes: { a: { share: 50%, methods: [DELETE] }, b: { share: 50%, headers: { x-PLAN: [gold, free] } } }'
    const both = (limit: string) =>
      scenarioWith({ client: `rate: 10/s, ${sent}`, tier: `rateLimit: { policy: concurrency, ${limit} }` })
    expect(scenarioOf(both(classes)).tiers[0]!.rateLimits![0]!.classes).toMatchObject([
      { name: 'a', methods: ['DELETE'] },
      { name: 'b', headers: [{ name: 'x-plan', values: ['gold', 'free'] }] },
    ])
    const wrong =
      'classes: { a: { share: 1, headers: { x-plam: gold } }, b: { share: 1, headers: { x-plan: platinum } } }'
    const problems = problemsOf(both(wrong))
    expect(problems).toHaveLength(2)
    expect(problems[0]).toContain('no client population of this class sends the header "x-plam"')
    expect(problems[0]).toContain('did you mean "x-plan"?')
    expect(problems[1]).toContain('nobody sends "platinum" as "x-plan"; sent are gold, free')
  })

  test.each([
    ['requests: { methods: { GET: 90% } }', 'the methods come to 90%; together they must be 100%'],
    ['requests: { methods: { GETS: 100% } }', 'did you mean "GET"?'],
    ['requests: { writes: 10%, methods: { GET: 100% } }', '"methods"'],
    ['requests: { headers: { x-plan: { a: 60%, b: 50% } } }', 'come to 110% of the visitors'],
  ])('%s is a problem', (text, problem) => {
    expect(ofClient(text).toLowerCase()).toContain(problem.toLowerCase())
  })
})

describe('attackers', () => {
  test('have a role, and requests that cost more or take long to send', () => {
    const attackers = 'rate: 10/s, role: attack, sending: 10s, requests: { cost: 5 }'
    const said = scenarioOf(scenarioWith({ client: attackers, tier: 'connections: {}' })).clients[0]!
    expect(said).toMatchObject({ role: 'attack', cost: 5, sending: { params: { value: 10e9 } } })
    const plain = client('role: user, requests: { cost: 1 }')
    for (const what of ['role', 'cost', 'sending']) expect(plain).not.toHaveProperty(what)
  })

  test('stand behind the gateways of those who have some', () => {
    expect(ofClient('addresses: { nat: { sharedWith: nobody } }')).toContain(
      '"nobody" is not a client population with gateways of its own',
    )
  })
})

describe('connections', () => {
  test('and TLS are of a tier', () => {
    const said = tier('connections: { idle: 5s, streams: 100, perReplica: 10 }, tls: { tickets: 1h }')
    expect(said.connections).toEqual({ idle: 5e9, streams: 100, patience: 60e9, perNode: 10 })
    expect(said.tls).toMatchObject({ tickets: 3600e9, handshake: { params: { value: 1.5e6 } } })
    const plain = tier('connections: none, tls: none')
    for (const what of ['connections', 'tls']) expect(plain).not.toHaveProperty(what)
  })

  test('of balancers are a pool, and who finds it busy waits in line', () => {
    const said = tier(
      'pool: { size: 8, streams: 4, kept: 2, requests: 100, wait: 3s }, tls: { ticketKeys: replica }',
    )
    expect(said.pool).toEqual({ idle: 60e9, size: 8, streams: 4, kept: 2, requests: 100 })
    expect(said.structure).toEqual({ line: { length: 1024, timeout: 3e9 } })
    expect(said.tls).toMatchObject({ ticketKeys: 'replica' })
    expect(tier('pool: {}').pool).toEqual({ idle: 60e9, streams: 1 })
    expect(tier('pool: none')).not.toHaveProperty('pool')
  })

  test.each([
    ['pool: { size: 0 }', '"0" is too little'],
    ['pool: { wait: 1s }', '"wait" is of a pool with a "size"'],
    ['pool: {}, connections: {}', '"connections" are of visitors'],
    ['pool: { size: 2 }, maxConnections: 3', 'leave one out'],
    ['tls: { resumption: 50%, tickets: 1h }', 'only one of resumption, tickets'],
    ['connections: { streams: 0 }', '"0" is too little'],
    ['connections: { perReplca: 3 }', 'did you mean "perReplica"?'],
  ])('%s is a problem', (text, problem) => {
    expect(ofTier(text)).toContain(problem)
  })
})
