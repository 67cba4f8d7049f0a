import { expect, test } from 'vitest'
import { profiles } from '../../src/scenario/format/profiles.ts'
import { problemsOf, scenarioOf } from './texts.ts'

function tier(text: string) {
  return scenarioOf(`clients: { u: { rate: 1/s } }\ntiers: { web: { ${text} } }`).tiers[0]!
}

test.each(Object.keys(profiles))('%s alone is a whole tier, and says what it was checked against', (name) => {
  const made = tier(`profile: ${name}`)
  expect(made.profile).toBe(name)
  expect(profiles[name]!.checked).toMatch(/recorded|not recorded/)
})

test('the plain names of strategies mean the product\u2019s own, others what they say', () => {
  expect(tier('profile: haproxy').strategy.policy).toBe('haproxy-round-robin')
  expect(tier('profile: haproxy, balancing: least-connections').strategy.policy).toBe('haproxy-leastconn')
  expect(tier('profile: haproxy, balancing: { strategy: round-robin }').strategy.policy).toBe(
    'haproxy-round-robin',
  )
  expect(tier('profile: haproxy, balancing: maglev').strategy.policy).toBe('maglev')
  expect(tier('profile: nginx, balancing: least-connections').strategy.policy).toBe('least-connections')
})

test('what the file says goes before what the product does', () => {
  const { structure } = tier('profile: envoy, panic: 10%, priorities: { overprovisioning: 2 }')
  expect(structure).toMatchObject({ panic: 0.1, levels: { rule: 'spill', overprovisioning: 2 } })
})

test('checks follow the product\u2019s rule where there are checks', () => {
  expect(tier('profile: haproxy').health).toBeUndefined()
  expect(tier('profile: haproxy, health: { active: { } }').health?.active?.rule.policy).toBe('haproxy')
  expect(tier('profile: alb, health: { active: { interval: 10s } }').health?.active?.rule.policy).toBe('alb')
  expect(tier('profile: nginx').health?.passive?.policy).toBe('nginx')
})

test('caches follow the product\u2019s rule where there are caches', () => {
  const front = (text: string) =>
    scenarioOf(`clients: { u: { rate: 1/s } }\ntiers: { front: { ${text} }, web: { } }`).tiers[0]!.cache
  expect(front('profile: varnish')).toBeUndefined()
  expect(front('profile: varnish, cache: { capacity: 10 }')).toMatchObject({
    rule: 'varnish',
    grace: 10e9,
    hitForMiss: 120e9,
    coalesce: true,
  })
  // proxy_cache_lock is off.
  expect(front('profile: nginx, cache: { capacity: 10 }')).toMatchObject({
    rule: 'nginx',
    grace: 0,
    inactive: 600e9,
    coalesce: false,
  })
  expect(front('profile: nginx, cache: { capacity: 10, rule: standard, coalesce: true }')).toMatchObject({
    rule: 'standard',
    coalesce: true,
  })
})

test('Envoy takes turns unless another policy is set; ALB sends to all where no target is healthy', () => {
  expect(tier('profile: envoy').strategy.policy).toBe('round-robin')
  expect(tier('profile: envoy, balancing: least-connections').strategy.policy).toBe('least-request')
  const panic = tier('profile: alb').structure?.panic ?? 0
  expect([0 < panic * 10_000, 1 < panic * 10_000]).toEqual([true, false])
})

test('another product is a problem with the nearest name', () => {
  const text = 'clients: { u: { rate: 1/s } }\ntiers: { web: { profile: ngnix } }'
  expect(problemsOf(text)).toEqual([
    expect.stringMatching(/not a product; allowed: nginx, .*did you mean "nginx"\?$/),
  ])
})

test('Envoy has its limits of the cluster, which give way to a line of requests', () => {
  const standard = { connections: 1024, pending: 1024, requests: 1024, isMultiplexed: false }
  const made = tier('profile: envoy, retries: 2')
  expect(made.structure?.cluster).toEqual(standard)
  expect(made.retries?.budget).toEqual({ policy: 'concurrent', params: { most: 3 } })
  const own = tier(
    'profile: envoy, retries: 2, circuitBreakers: { maxRequests: 10, protocol: http2, maxRetries: 5 }',
  )
  expect(own.structure?.cluster).toEqual({ ...standard, requests: 10, isMultiplexed: true })
  expect(own.retries?.budget?.params).toEqual({ most: 5 })
  expect(tier('profile: envoy, circuitBreakers: none').structure?.cluster).toBeUndefined()
  const line = tier('profile: envoy, maxConnections: { perReplica: 2, queue: 9 }').structure
  expect([line?.cluster, line?.line?.length]).toEqual([undefined, 9])
  const budget = 'profile: envoy, retries: { budget: { share: { share: 10% } } }'
  expect(tier(budget).retries?.budget?.policy).toBe('share')
  expect(
    problemsOf(
      'clients: { u: { rate: 1/s } }\ntiers: { web: { maxConnections: { perReplica: 2, queue: 9 }, circuitBreakers: { } } }',
    ),
  ).toEqual([expect.stringContaining('requests wait in the line of "maxConnections" or "pool" already')])
})
