/** What a file says about trying again and about shedding load. */

import { describe, expect, test } from 'vitest'
import { problemsOf, scenarioOf, scenarioWith } from './texts.ts'

const client = (text: string) => scenarioOf(scenarioWith({ client: `rate: 10/s, ${text}` })).clients[0]!
const tier = (text: string) => scenarioOf(scenarioWith({ tier: `replicas: 4, ${text}` })).tiers[0]!
const ofClient = (text: string) => problemsOf(scenarioWith({ client: `rate: 10/s, ${text}` })).join('|')
const ofTier = (text: string) => problemsOf(scenarioWith({ tier: text })).join('|')

describe('clients', () => {
  test('try again: a number of tries, or all that can be said', () => {
    const { retries } = client('retries: 5')
    expect(retries).toMatchObject({ tries: 5, nonIdempotent: false, backOff: { jitter: 'full', base: 1e8 } })
    expect(client('retries: { attempts: 5 }').retries).toEqual(retries)
    const said =
      'retries: { attempts: 4, on: [refused, shed], timeout: 200ms, nonIdempotent: true, ' +
      'backoff: { jitter: decorrelated, base: 20ms, max: 1s, factor: 3 }, budget: { ratio: { share: 5% } } }'
    expect(client(said).retries).toEqual({
      tries: 4,
      on: ['refused', 'shed'],
      timeout: 2e8,
      backOff: { jitter: 'decorrelated', base: 2e7, max: 1e9, factor: 3 },
      budget: { policy: 'ratio', params: { share: 0.05, reserve: 10 } },
      nonIdempotent: true,
      retryAfter: 'ignored',
    })
  })

  test('send copies after a time or a quantile, not both', () => {
    const whole = { copies: 1, cancels: true, fresh: true }
    expect(client('hedge: { after: 50ms }').hedge).toEqual({ delay: 5e7, quantile: 0.95, ...whole })
    expect(client('hedge: { quantile: 99% }').hedge).toEqual({ delay: undefined, quantile: 0.99, ...whole })
    expect(client('hedge: {}').hedge).toMatchObject({ delay: undefined, quantile: 0.95 })
    expect(ofClient('hedge: { after: 50ms, quantile: 99% }')).toContain('only one of after, quantile')
  })

  test('throttle themselves, have a priority, and change something now and then', () => {
    expect(client('throttle: { k: 1.1 }').throttle).toEqual({ k: 1.1, window: 120e9 })
    expect(client('priority: 2, requests: { writes: 10% }')).toMatchObject({ priority: 2, writes: 0.1 })
    const plain = client('priority: 0')
    expect(plain).not.toHaveProperty('priority')
    expect(plain).not.toHaveProperty('writes')
  })

  test.each([
    ['retries: 0', 'clients.users.retries: "0" is too little; the least allowed is 1'],
    ['retries: { tries: 3 }', '"tries" is not a setting of retries'],
    ['retries: { on: [refusd] }', 'did you mean "refused"?'],
    ['retries: { on: [] }', 'at least 1 of the causes to try again must be given'],
    [
      'retries: { backoff: { jitter: ful } }',
      '"ful" is not a jitter; allowed: none, full, equal, decorrelated',
    ],
    ['retries: { budget: { share: { share: 2 } } }', '"2" is too much; the most allowed is 100%'],
    ['throttle: { k: 0.5 }', '"0.5" is too little; the least allowed is 1'],
    ['priority: 12', '"12" is too much; the most allowed is 9'],
  ])('%s is a problem', (text, problem) => {
    expect(ofClient(text)).toContain(problem)
  })
})

describe('balancers', () => {
  test('try again by the rules of a product, with its standards', () => {
    expect(tier('retries: 2').retries).toMatchObject({ rule: 'standard', tries: 2, redispatch: 0 })
    expect(tier('retries: {}').retries).toMatchObject({
      tries: 3,
      on: ['refused', 'broken', 'timeout', 'unavailable'],
    })
    expect(tier('retries: { rule: nginx, overall: 300ms }').retries).toMatchObject({
      tries: 0,
      overall: 3e8,
      on: ['refused', 'broken', 'timeout'],
    })
    expect(tier('retries: { rule: haproxy, redispatch: last }').retries).toMatchObject({
      tries: 4,
      on: ['refused'],
      redispatch: -1,
      pause: 1e9,
    })
    expect(tier('retries: { rule: haproxy, redispatch: 2, pause: 200ms }').retries).toMatchObject({
      redispatch: 2,
      pause: 2e8,
    })
  })

  test.each([
    ['retries: { redispatch: last }', 'tiers.web.retries.redispatch: "redispatch" is of rule haproxy only'],
    ['retries: { rule: nginx, pause: 1s }', 'tiers.web.retries.pause: "pause" is of rule haproxy only'],
    ['retries: { rule: haproxy, backoff: {} }', 'tiers.web.retries.backoff: HAProxy knows no back-off'],
    ['retries: { rule: haproxy, redispatch: first }', 'last, never or a whole number is needed'],
    ['retries: { rule: ngnix }', 'did you mean "nginx"?'],
    ['retries: { timeout: 0s }', 'it must be above 0'],
  ])('%s is a problem', (text, problem) => {
    expect(ofTier(text)).toContain(problem)
  })
})

describe('replicas', () => {
  test('shed load, limit themselves, drop what is late', () => {
    const { service } = tier(
      'service: { shed: { queue-length: 20 }, limit: gradient, dropLate: true, discipline: codel, codel: { target: 10ms } }',
    )
    expect(service).toMatchObject({
      shed: { policy: 'queue-length', params: { most: 20, reserve: 0 } },
      limit: { policy: 'gradient', params: { queue: 4, smoothing: 0.2 } },
      dropsLate: true,
      codel: { target: 1e7, interval: 1e8 },
    })
    const plain = tier('service: { dropLate: false }').service
    expect(Object.keys(plain)).not.toContain('dropsLate')
  })

  test.each([
    ['service: { shed: queue-lenght }', 'did you mean "queue-length"?'],
    ['service: { limit: { aimd: { least: 9, most: 3 } } }', '"aimd": "least" is above "most"'],
    ['service: { discipline: coddle }', 'allowed: fifo, lifo, ps, codel, adaptive-lifo'],
  ])('%s is a problem', (text, problem) => {
    expect(ofTier(text)).toContain(problem)
  })
})
