/** Settings that would change nothing where they stand are problems with a place, a reason and a cure. */

import { expect, test } from 'vitest'
import { problemsOf, scenarioOf, scenarioWith } from './texts.ts'

const kubernetes = (probes: string) => `health: { active: { rule: kubernetes${probes} } }`

test.each([
  ['service: { codel: { target: 5ms } }', 'service.codel: "codel" does nothing with discipline fifo'],
  ['service: { lifoAfter: 1s, discipline: codel }', 'say discipline: adaptive-lifo'],
  ['slowStart: { window: 10s, aggression: 2 }', 'slowStart.aggression: "aggression" is of rule envoy'],
  ['slowStart: { window: 10s, least: 5% }', 'say rule: envoy'],
  ['health: { circuitBreaker: { failures: 0 } }', 'nothing opens it; say failures: 5 or share: 50%'],
  [
    'health: { circuitBreaker: { volume: 20 } }',
    'circuitBreaker.volume: "volume" does nothing without "share"',
  ],
  ['health: { agent: { weight: none, least: 5% } }', 'agent.least: "least" does nothing with weight: none'],
  ['sessions: { onLoss: error, rebuild: 1s }', 'sessions.rebuild: "rebuild" does nothing with onLoss: error'],
  [
    'cache: { at: sidecar, capacity: 9, lockTimeout: 1s }',
    'cache.lockTimeout: "lockTimeout" does nothing with rule: standard',
  ],
  [
    kubernetes(''),
    'the rule kubernetes finds out nothing without a probe; add startup, readiness or liveness',
  ],
  [
    kubernetes(', liveness: { success: 3 }'),
    'active.liveness.success: a liveness probe needs one pass after a failure',
  ],
])('%s', (tier, problem) => {
  const found = problemsOf(scenarioWith({ tier }))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^s\.yaml:4:\d+: tiers\.web\./)
  expect(found[0]).toContain(problem)
})

test.each([
  'service: { discipline: codel, codel: { target: 5ms } }',
  'service: { discipline: adaptive-lifo, lifoAfter: 1s }',
  'slowStart: { rule: envoy, window: 10s, aggression: 2, least: 5% }',
  'profile: envoy, slowStart: { window: 10s, aggression: 2 }',
  'health: { circuitBreaker: { failures: 0, share: 50%, volume: 20 } }',
  'health: { agent: { least: 5% } }',
  'sessions: { rebuild: 1s }',
  'profile: nginx, cache: { at: sidecar, capacity: 9, lockTimeout: 1s }',
  kubernetes(', liveness: { success: 1 }, readiness: { success: 3 }'),
])('%s is right', (tier) => {
  expect(problemsOf(scenarioWith({ tier }))).toEqual([])
})

test('what populations and tiers say of connections fits together', () => {
  const found = (client: string, tier: string) =>
    problemsOf(scenarioWith({ client: `rate: 1/s, ${client}`, tier }))
  expect(found('sending: 10s', 'replicas: 2')).toEqual([
    expect.stringMatching(/^s\.yaml:2:\d+: clients\.users\.sending: .* add connections: \{\} to the tier/),
  ])
  expect(found('sending: 10s', 'pool: {}')).toHaveLength(1)
  expect(found('connections: { requests: 20 }', 'connections: { requests: 50 }')).toEqual([
    expect.stringMatching(/clients\.users\.connections\.requests: after 20 requests here and after 50 in/),
  ])
  for (const [client, tier] of [
    ['sending: 10s', 'connections: { headerTimeout: 5s }'],
    ['sending: 10s', 'tls: {}'],
    ['timeout: 10s', 'connections: { headerTimeout: 5s }'],
    ['connections: { requests: 20 }', 'connections: { requests: 20 }'],
    ['connections: { requests: 20 }', 'connections: {}'],
  ] as const) {
    scenarioOf(scenarioWith({ client: `rate: 1/s, ${client}`, tier }))
  }
})
