/** What balancers do when an agent speaks. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/base/time.ts'
import { parse } from '../../../src/scenario/parse.ts'
import type { Fault } from '../../../src/scenario/scenario.ts'
import { type Fact, factsOf, only } from '../facts-of.ts'

/** Two replicas, 40 requests a second of 100 ms, so that two slots of each are busy; checked each second. */
function facts(agent: string, faults = '[]', tier = ''): readonly Fact[] {
  const { scenario, problems } = parse(
    `duration: 40s
clients: { users: { arrivals: { constant: 40/s } } }
tiers:
  web:
    replicas: 2
    service: { demand: 100ms, concurrency: 8 }
    network: { latency: 0ms }
    health: { agent: { interval: 1s, ${agent} } }
    ${tier}
faults: ${faults}
`,
    'test.yaml',
  )
  if (scenario === undefined) throw new Error(JSON.stringify(problems))
  return factsOf(scenario)
}

function beliefs(all: readonly Fact[], node = 1): [at: number, ready: number][] {
  return only(all, 'believed', node).map(({ at, detail }) => [at / SECOND, detail])
}

const sentTo = (all: readonly Fact[], node: number, from: number, to: number) =>
  only(all, 'sent', node).filter(({ at }) => at >= from * SECOND && at < to * SECOND).length

describe('an agent that is told what to say', () => {
  // The second replica is asked at half seconds.
  test('takes its replica out for maintenance, and gives it back', () => {
    const all = facts('weight: none, says: [{ at: 10s, replica: 2, words: maint, for: 5s }]')
    expect(beliefs(all)).toEqual([
      [10.5, 0],
      [15.5, 1],
    ])
    expect(sentTo(all, 1, 10.6, 15.4)).toBe(0)
  })

  test('is down until it says up, whatever else it says', () => {
    const says = '[{ at: 10s, words: down }, { at: 20s, words: ready 50% }, { at: 30s, words: up }]'
    expect(beliefs(facts(`weight: none, says: ${says}`))).toEqual([
      [10.5, 0],
      [30.5, 1],
    ])
  })

  test('asks for a weight, and with none it drains', () => {
    const all = facts(
      'weight: none, says: [{ at: 10s, replica: 2, words: 25% }, { at: 20s, replica: 2, words: 0% }]',
    )
    expect(sentTo(all, 1, 11, 20) / sentTo(all, 0, 11, 20)).toBeCloseTo(0.25, 1)
    expect(sentTo(all, 1, 21, 40)).toBe(0)
  })

  test('says nothing while its replica is dead', () => {
    const crash: Fault['kind'] = 'crash'
    const all = facts('weight: none, says: [{ at: 10s, words: maint }]', `[{ at: 9s, ${crash}: web/2 }]`)
    expect(beliefs(all)).toEqual([])
    expect(beliefs(all, 0)).toEqual([[10, 0]])
  })
})

describe('an agent that looks at its replica', () => {
  test('drains it while most slots are busy', () => {
    const all = facts('weight: none, drainAbove: 80%', '[{ at: 10s, slow: web/2, factor: 10, for: 10s }]')
    const told = beliefs(all)
    expect(told[0]![1]).toBe(0)
    expect(told.at(-1)![1]).toBe(1)
    expect(told[0]![0]).toBeGreaterThan(10)
    expect(told[0]![0]).toBeLessThan(12)
  })

  test('says down while many wait', () => {
    const all = facts('weight: none, downAbove: 10', '[{ at: 10s, slow: web/2, factor: 30, for: 10s }]')
    expect(beliefs(all)[0]).toEqual([11.5, 0])
  })

  test('drains it between the decision to stop it and its end, before the registry tells', () => {
    const life = 'lifecycle: { preStop: 10s }\n    discovery: { rule: endpoints, delay: 5s }'
    const all = facts('weight: none, drainOnStop: true', '[{ at: 10s, scale: web, to: 1 }]', life)
    expect(beliefs(all)[0]).toEqual([10.5, 0])
  })
})
