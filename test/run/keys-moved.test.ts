import { expect, test } from 'vitest'
import { simulate } from '../../src/run/simulate.ts'
import { scenarioOf } from '../scenario/texts.ts'

function run(balancing: string, replicas = 10) {
  const scenario = scenarioOf(`
duration: 20s
clients: { users: { rate: 5/s } }
tiers:
  web:
    balancing: ${balancing}
    replicas: ${replicas}
    health: { active: { interval: 1s } }
faults:
  - { at: 5s, crash: web/3, for: 8s }
`)
  const { tiers, timeline } = simulate(scenario)
  return { web: tiers.web!, timeline }
}

test.each(['ketama', 'rendezvous', 'haproxy-consistent', 'varnish-shard', 'hash'])(
  '%s moves only the keys of the replica that went, and they come back',
  (name) => {
    const { web, timeline } = run(name)
    expect(web.keysMovedNeedlessly).toBe(0)
    expect(web.keysMoved).toBeGreaterThan(0.03)
    expect(web.keysMoved).toBeLessThan(0.25)
    const [went, came] = timeline
    expect([went!.what, came!.what]).toEqual(['crash', 'recover'])
    expect(came!.keysMoved).toBe(went!.keysMoved)
  },
)

test('a map that is made anew moves nine keys of ten', () => {
  const { web } = run('{ strategy: hash, rule: haproxy }')
  expect(web.keysMoved).toBeGreaterThan(0.75)
  expect(web.keysMovedNeedlessly).toBeGreaterThan(0.65)
})

test('says nothing of strategies that do not go by keys', () => {
  const { web, timeline } = run('round-robin')
  expect(web.keysMoved).toBeNull()
  expect(timeline.some((entry) => 'keysMoved' in entry)).toBe(false)
})

test('counts changes of the pool only while the strategy of the moment goes by keys', () => {
  const of = (first: string, later: string) => {
    const timed = `faults:\n  - { at: 3s, balance: web, with: ${later} }\n  - { at: 9s, crash: web/3 }`
    const text = `duration: 20s
clients: { users: { rate: 5/s } }
tiers: { web: { balancing: ${first}, replicas: 10, health: { active: { interval: 1s } } } }
${timed}
`
    return simulate(scenarioOf(text)).tiers.web!.keysMoved
  }
  expect(of('round-robin', 'rendezvous')).toBe(run('rendezvous').web.keysMoved)
  expect(of('rendezvous', 'round-robin')).toBe(0)
})

test('nothing has moved while the pool stays as it is', () => {
  const scenario = scenarioOf(
    'duration: 1s\nclients: { u: { rate: 5/s } }\ntiers: { web: { balancing: maglev, replicas: 3 } }',
  )
  expect(simulate(scenario).tiers.web!.keysMoved).toBe(0)
})
