/** Checks as requests, passive health, start-up and restarts: what balancers believe, and when. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/base/time.ts'
import { parse } from '../../../src/scenario/parse.ts'
import type { Fault, Health } from '../../../src/scenario/scenario.ts'
import {
  always,
  checks,
  chosen,
  clients,
  fault,
  ms,
  paced,
  scenario,
  tier,
  type WantedTier,
} from '../build.ts'
import { type Fact, factsOf, only, outcomes } from '../facts-of.ts'

/** Health of a tier as a file would say it. */
function said(health: string): Health {
  const { scenario: read, problems } = parse(
    `format: evenkeel/1
name: test
duration: 10s
clients: { users: { arrivals: { poisson: 1/s } } }
tiers: { web: { health: ${health} } }
`,
    'test.yaml',
  )
  if (read === undefined) throw new Error(JSON.stringify(problems))
  return read.tiers[0]!.health!
}

function facts(health: Health, faults: readonly Fault[], wanted: WantedTier = {}, rate = 10, seconds = 60) {
  return factsOf(
    scenario({
      duration: seconds * SECOND,
      clients: [clients(paced(rate))],
      tiers: [tier({ health, ...wanted })],
      faults,
    }),
  )
}

/** When the front balancer changed its mind about a replica, seconds. */
function beliefs(all: readonly Fact[], node = 0): [at: number, ready: number][] {
  return only(all, 'believed', node).map(({ at, detail }) => [at / 1e9, detail])
}

describe('checks', () => {
  test('as HAProxy: one interval after the end of the last, sooner while the state changes', () => {
    const health = said(
      '{ active: { rule: haproxy, interval: 2s, fastInterval: 500ms, downInterval: 5s, rise: 2, fall: 3 } }',
    )
    const all = facts(health, [fault(3 * SECOND, 'crash'), fault(11 * SECOND, 'recover')])
    expect(
      only(all, 'checked')
        .map(({ at }) => at / 1e9)
        .slice(0, 8),
    ).toEqual([0, 2, 4, 4.5, 5, 10, 15, 15.5])
    expect(beliefs(all)).toEqual([
      [5, 0],
      [15.5, 1],
    ])
  })

  test('as HAProxy: a hung check ends after the interval, so that the period doubles', () => {
    const health = said('{ active: { rule: haproxy, interval: 1s } }')
    const all = facts(health, [fault(1.5 * SECOND, 'hang')])
    expect(beliefs(all)).toEqual([[7, 0]])
  })

  test('as Varnish: by the last results, from the assumed ones on', () => {
    const health = said(
      '{ active: { rule: varnish, interval: 1s, timeout: 500ms, window: 4, threshold: 3 } }',
    )
    const all = facts(health, [fault(9.5 * SECOND, 'crash')])
    expect(beliefs(all)).toEqual([
      [0, 0],
      [0, 1],
      [11, 0],
    ])
  })

  test('as Envoy: the first pass counts, and an error answer takes a replica out at once', () => {
    const health = said('{ active: { rule: envoy, path: deep, interval: 1s, noTrafficInterval: 1s } }')
    const all = facts(health, [fault(2.5 * SECOND, 'errors', 0, 1), fault(8.5 * SECOND, 'recover')])
    expect(beliefs(all)).toEqual([
      [0, 0],
      [0, 1],
      [3, 0],
      [10, 1],
    ])
  })

  test('that are cheap see no errors', () => {
    const all = facts(checks(), [fault(SECOND, 'errors', 0, 1)])
    expect(beliefs(all)).toEqual([])
    expect(outcomes(all).slice(20)).toContain('error')
  })

  test('with work of their own see slowness', () => {
    const all = facts(checks({}, { cost: ms(10) }), [fault(SECOND / 2, 'slow', 0, 100)])
    expect(beliefs(all)).toEqual([[3.3, 0]])
  })
})

describe('checks that wait like requests', () => {
  const queued = checks({ fall: 2 }, { queued: true, cost: ms(1) })

  test('pass at an idle replica after their work', () => {
    const all = facts(queued, [], { latency: always(ms(5)) }, 0.01)
    const [first] = only(all, 'checked')
    expect([first!.at / 1e6, first!.detail]).toEqual([11, 1])
    expect(only(all, 'started').filter(({ subject }) => subject < 0)).toHaveLength(60)
  })

  test('time out behind traffic, and the balancer takes out a replica that is well', () => {
    const all = facts(queued, [], { replicas: 2, demand: always(ms(210)) }, 10)
    expect(beliefs(all)[0]![1]).toBe(0)
    expect(only(all, 'truth')).toEqual([])
    // The load of both falls on the one that is left, and then on nobody.
    expect(outcomes(all)).toContain('unavailable')
  })

  test('break when the replica crashes, and are refused afterwards', () => {
    const all = facts(queued, [fault(2.5 * SECOND, 'crash'), fault(7.5 * SECOND, 'recover')], {}, 0.01)
    expect(beliefs(all)).toEqual([
      [4, 0],
      [9.001, 1],
    ])
  })
})

describe('passive health', () => {
  test('as nginx: out for whole seconds, then a single request tries it', () => {
    const health = said('{ passive: { rule: nginx, maxFails: 1, failTimeout: 3s } }')
    const all = facts(health, [fault(2.05 * SECOND, 'crash'), fault(9 * SECOND, 'recover')], { replicas: 2 })
    const refused = only(all, 'settled').filter(({ detail }) => detail === 2)
    expect(refused.map(({ at }) => Math.floor(at / 1e9))).toEqual([2, 6])
    expect(beliefs(all).map(([at, ready]) => [Math.floor(at), ready])).toEqual([
      [2, 0],
      [6, 1],
      [6, 0],
      [10, 1],
      [10, 0],
      [10, 1],
    ])
  })

  test('as nginx: a lone server is never left out', () => {
    const health = said('{ passive: { rule: nginx } }')
    expect(beliefs(facts(health, [fault(SECOND, 'crash')]))).toEqual([])
  })

  test('as HAProxy observes: traffic marks a server down, its checks bring it back', () => {
    const health = said(
      '{ active: { rule: haproxy, interval: 20s }, passive: { rule: haproxy-observe, errorLimit: 3, onError: mark-down } }',
    )
    const all = facts(health, [fault(2.05 * SECOND, 'errors', 0, 1)], { replicas: 2 })
    // Three before the first mark, and three more once its checks have brought it back.
    expect(outcomes(all).filter((outcome) => outcome === 'error')).toHaveLength(6)
    expect(beliefs(all).map(([, ready]) => ready)).toEqual([0, 1, 0])
  })

  test('outliers are ejected after failures in a row, for longer each time', () => {
    const health = said(
      '{ outliers: { consecutive5xx: 5, interval: 1s, baseEjectionTime: 5s, maxPercent: 50%, successRate: false } }',
    )
    const all = facts(health, [fault(2.05 * SECOND, 'errors', 0, 1)], { replicas: 2 })
    const changes = beliefs(all)
    const stays = changes.flatMap(([at, ready], i) => (ready === 1 ? [at - changes[i - 1]![0]] : []))
    expect(stays.map(Math.round).slice(0, 3)).toEqual([5, 10, 15])
  })

  test('a gray failure passes cheap checks for ever, and stands out by its share of successes', () => {
    const gray = [fault(5 * SECOND, 'errors', 0, 0.5)]
    const with5 = { replicas: 5, demand: always(ms(1)) }
    expect(beliefs(facts(checks(), gray, with5, 500, 30))).toEqual([])
    const outliers = said('{ outliers: { consecutive5xx: 0, interval: 5s, maxPercent: 20% } }')
    const [first] = beliefs(facts({ ...checks(), ...outliers }, gray, with5, 500, 30))
    expect(first).toEqual([10, 0])
  })

  test('a circuit breaker opens, lets one request try, and closes', () => {
    const health = said('{ circuitBreaker: { failures: 3, openFor: 5s } }')
    const all = facts(health, [fault(2.05 * SECOND, 'crash'), fault(9 * SECOND, 'recover')])
    const refused = only(all, 'settled').filter(({ detail }) => detail === 2)
    expect(refused).toHaveLength(4)
    expect(outcomes(all).filter((outcome) => outcome === 'unavailable').length).toBeGreaterThan(80)
    expect(beliefs(all).at(-1)![1]).toBe(1)
  })
})

describe('a replica that is marked down', () => {
  const hangs = [fault(1.05 * SECOND, 'hang'), fault(30 * SECOND, 'recover')]

  test('keeps its requests until they end', () => {
    const all = facts(checks(), hangs, { replicas: 2 })
    expect(outcomes(all)).not.toContain('broken')
  })

  test('loses them at once where the balancer closes its connections', () => {
    const all = facts(checks({}, { onMarkedDown: 'shutdown-sessions' }), hangs, { replicas: 2 })
    const [[down]] = beliefs(all) as [[number, number]]
    const broken = only(all, 'settled').filter(({ detail }) => detail === 3)
    expect(broken.length).toBeGreaterThan(10)
    for (const { at } of broken) expect(at / 1e9).toBe(down)
  })
})

describe('Kubernetes', () => {
  const probes =
    'active: { rule: kubernetes, readiness: { period: 2s, failure: 2 }, liveness: { period: 5s, failure: 3, timeout: 1s } }'

  test('readiness takes a pod out, liveness restarts it, with grace for one that hangs', () => {
    const all = facts(said(`{ ${probes} }`), [fault(3 * SECOND, 'hang')], { replicas: 2 })
    // Readiness fails at 4 and 6, a second later each; liveness at 5, 10 and 15; then 30 s of grace.
    expect(beliefs(all)).toEqual([
      [7, 0],
      [48, 1],
    ])
    expect(only(all, 'truth', 0).map(({ at, detail }) => [at / 1e9, detail])).toEqual([
      [3, 2],
      [46, 1],
      [46, 0],
    ])
  })

  test('a container that goes on failing is restarted after longer and longer pauses', () => {
    const again = Array.from({ length: 300 }, (_, i) => fault((3 + i) * SECOND, 'crash'))
    const all = facts(said(`{ ${probes} }`), again, { replicas: 2 }, 1, 300)
    const starts = only(all, 'truth', 0)
      .filter(({ detail }) => detail === 0)
      .map(({ at }) => at / 1e9)
    const pauses = starts.slice(1).map((at, i) => at - starts[i]!)
    expect(pauses.slice(0, 3)).toEqual([...pauses.slice(0, 3)].sort((a, b) => a - b))
    expect(pauses[2]! - pauses[1]!).toBeGreaterThanOrEqual(15)
  })
})

describe('a start', () => {
  const restart = [fault(5 * SECOND, 'crash'), fault(10 * SECOND, 'recover')]
  const failedAfter = (all: readonly Fact[]) => {
    return only(all, 'settled').filter(({ at, detail }) => at > 10.05 * SECOND && detail !== 0)
  }

  test('takes its time, and an honest replica says so', () => {
    const health = { ...checks(), ...said('{ startUp: { time: 4s } }') }
    const all = facts(health, restart, { replicas: 2 })
    expect(beliefs(all).at(-1)).toEqual([15, 1])
    expect(failedAfter(all)).toHaveLength(0)
  })

  test('one that claims to be ready too early gets requests, and fails them', () => {
    const health = { ...checks(), ...said('{ startUp: { time: 4s, readiness: early } }') }
    const all = facts(health, restart, { replicas: 2 })
    expect(beliefs(all).at(-1)).toEqual([11, 1])
    expect(failedAfter(all).length).toBeGreaterThan(10)
  })

  test('one that does not listen yet is refused', () => {
    const health = { ...checks(), ...said('{ startUp: { time: 4s, meanwhile: refuses } }') }
    expect(beliefs(facts(health, restart, { replicas: 2 })).at(-1)).toEqual([15, 1])
  })

  test('a cold replica is slow at first, and at its speed in the end', () => {
    const warmUp = { for: 10 * SECOND, slowdown: 10 }
    const all = facts(checks(), restart, { warmUp }, 5)
    const took = (from: number, to: number) =>
      only(all, 'settled')
        .filter(({ at, detail }) => at > from * SECOND && at < to * SECOND && detail === 0)
        .map(({ value }) => value / 1e6)
    expect(Math.max(...took(11, 12))).toBeGreaterThan(50)
    expect(Math.max(...took(21, 60))).toBe(10)
  })
})

test('an agent asks for less weight where slots are taken', () => {
  const health = said('{ agent: { interval: 500ms, least: 10% } }')
  const wanted = { replicas: 2, concurrency: 4, demand: always(ms(100)) }
  const all = facts(health, [fault(5 * SECOND, 'slow', 0, 20)], wanted, 20, 120)
  const late = only(all, 'sent').filter(({ at }) => at > 30 * SECOND)
  const slow = late.filter(({ object }) => object === 0).length
  expect(slow / late.length).toBeLessThan(0.3)
})

test('two balancers find out for themselves', () => {
  const all = factsOf(
    scenario({
      duration: 20 * SECOND,
      clients: [clients(paced(20))],
      tiers: [
        tier({
          replicas: 2,
          structure: { balancers: 2 },
          health: {
            circuitBreaker: chosen('circuit-breaker', { failures: 3, volume: 1, openFor: 60e9, trials: 1 }),
          },
        }),
      ],
      faults: [fault(5 * SECOND, 'crash')],
    }),
  )
  const told = only(all, 'believed', 0)
  expect(told.map(({ subject }) => subject).sort()).toEqual([0, 1])
  expect(told[0]!.at).toBeLessThan(told[1]!.at)
})
