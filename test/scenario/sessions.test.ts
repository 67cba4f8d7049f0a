import { describe, expect, test } from 'vitest'
import { problemsOf, scenarioOf, scenarioWith } from './texts.ts'

const client = (text: string) => scenarioOf(scenarioWith({ client: `rate: 10/s, ${text}` })).clients[0]!
const tier = (text: string) => scenarioOf(scenarioWith({ tier: `replicas: 4, ${text}` })).tiers[0]!
const tierProblems = (text: string) => problemsOf(scenarioWith({ tier: text })).join('|')

describe('visitors', () => {
  test('are as many as there are addresses, and may come unequally often', () => {
    expect(client('addresses: 50')).toMatchObject({ addresses: 50 })
    const unequal = client('addresses: { count: 50, skew: 0.8 }')
    expect(unequal).toMatchObject({ addresses: 50, skew: 0.8 })
    expect(client('addresses: { count: 50, skew: 0 }').skew).toBeUndefined()
  })

  test('may stand behind gateways', () => {
    expect(client('addresses: { nat: { gateways: 4, share: 30% } }').nat).toEqual({ gateways: 4, share: 0.3 })
    expect(client('addresses: { nat: {} }').nat).toEqual({ gateways: 1, share: 1 })
    expect(client('addresses: { nat: { share: 0% } }').nat, 'nobody does').toBeUndefined()
  })

  test('of a closed population come equally often', () => {
    const arrivals = 'arrivals: { closed: { users: 5, thinkTime: 1s } }'
    expect(problemsOf(scenarioWith({ client: `${arrivals}, addresses: { skew: 1 }` })).join()).toContain(
      'clients.users.addresses.skew: users of a closed population all come equally often',
    )
  })

  test('may make several requests, and keep a connection', () => {
    expect(client('sessions: { requests: 5, thinkTime: 2s }').sessions).toEqual({
      requests: { policy: 'constant', params: { value: 5 } },
      thinkTime: { policy: 'constant', params: { value: 2e9 } },
    })
    expect(client('sessions: {}').sessions?.requests.policy).toBe('geometric')
    expect(client('connections: { requests: 9, lifetime: 30s }').connections).toEqual({
      requests: 9,
      lifetime: 30e9,
    })
  })
})

describe('affinity', () => {
  const standard = { onFailure: 'rebalance', afterRecovery: 'stay', expiry: 0 }

  test('is by what it is called, or a map', () => {
    expect(tier('affinity: cookie').structure?.affinity).toEqual({ ...standard, by: 'cookie', size: 0 })
    expect(
      tier('affinity: { by: source, onFailure: break, afterRecovery: return, expiry: 30m, size: 50 }')
        .structure?.affinity,
    ).toEqual({ by: 'source', onFailure: 'break', afterRecovery: 'return', expiry: 1800e9, size: 50 })
    expect(tier('affinity: header').structure?.affinity).toEqual({ ...standard, by: 'header', size: 100_000 })
  })

  test('of a cookie has no table', () => {
    expect(tierProblems('affinity: { by: cookie, expiry: 5s }')).toContain('"expiry" is of tables')
    expect(tierProblems('affinity: { by: cookie, size: 5 }')).toContain('"size" is of tables')
    expect(tierProblems('affinity: coookie')).toContain('did you mean "cookie"?')
  })
})

describe('what a tier knows of sessions', () => {
  test('lives in a replica, a store or nowhere', () => {
    expect(tier('sessions: replica').sessions).toMatchObject({ state: 'replica', onLoss: 'login' })
    expect(tier('sessions: none').sessions?.store).toBeUndefined()
    expect(tier('sessions: store').sessions?.store).toMatchObject({ outages: [] })
    const outages = '{ latency: 3ms, outages: [{ from: 5s, for: 2s }] }'
    expect(tier(`sessions: { state: store, store: ${outages} }`).sessions?.store?.outages).toEqual([
      { from: 5e9, to: 7e9 },
    ])
  })

  test('is one of these', () => {
    expect(tierProblems('sessions: { state: disk }')).toContain('allowed: replica, store, none')
  })
})

describe('a replica chosen for a connection', () => {
  test('is said beside the strategy', () => {
    expect(tier('balancing: { strategy: random, per: connection }').structure).toEqual({
      perConnection: true,
    })
    expect(tier('balancing: { strategy: random, per: request }').structure).toBeUndefined()
    expect(tier('profile: kube-proxy').structure).toEqual({ perConnection: true })
  })

  test('goes together with the source, not with what only requests show', () => {
    const per = 'balancing: { strategy: random, per: connection }'
    expect(tierProblems(`${per}, affinity: source`)).toBe('')
    expect(tierProblems(`${per}, affinity: cookie`)).toBe(
      's.yaml:4:70: tiers.web.affinity: a replica is chosen for a connection here, before there is a cookie; only source can be seen.',
    )
  })
})
