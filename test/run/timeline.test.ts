/** What the report tells of failures: what happened, where, when, and when the front balancer noticed. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { simulate } from '../../src/run/simulate.ts'
import { parse } from '../../src/scenario/index.ts'
import type { Fault } from '../../src/scenario/scenario.ts'
import {
  checks,
  clients,
  exponential,
  fault,
  ms,
  paced,
  scenario,
  tier,
  type WantedTier,
} from '../model/build.ts'

const health = checks({ interval: SECOND, timeout: ms(300), rise: 2, fall: 3 })

function told(faults: readonly Fault[], wanted: WantedTier = {}) {
  const one = tier({ health, ...wanted })
  return simulate(scenario({ duration: 30 * SECOND, clients: [clients(paced(10))], tiers: [one], faults }))
}

describe('the timeline', () => {
  test('tells of a crash and a recovery with the instants of their detection', () => {
    const { timeline } = told([fault(1.5 * SECOND, 'crash'), fault(7.25 * SECOND, 'recover')])
    expect(timeline).toEqual([
      {
        at: 1.5,
        what: 'crash',
        where: 'web/1',
        detected: 4,
        recovered: 7.25,
        returned: 9,
        lost: { unnoticed: 25, noticing: 0, noticed: 0 },
      },
      { at: 7.25, what: 'recover', where: 'web/1', detected: 9 },
    ])
  })

  test('leaves the detection out when nobody noticed', () => {
    const { timeline } = told([fault(1.5 * SECOND, 'crash'), fault(2.5 * SECOND, 'recover')])
    expect(timeline).toEqual([
      {
        at: 1.5,
        what: 'crash',
        where: 'web/1',
        recovered: 2.5,
        lost: { unnoticed: 10, noticing: 0, noticed: 0 },
      },
      { at: 2.5, what: 'recover', where: 'web/1' },
    ])
    expect(told([fault(SECOND, 'crash')], { health: undefined as never }).timeline).toEqual([
      { at: 1, what: 'crash', where: 'web/1', lost: { unnoticed: 291, noticing: 0, noticed: 0 } },
    ])
  })

  test('names what happened to a replica of any speed', () => {
    const faults = [
      fault(1 * SECOND, 'slow', 1, 4),
      fault(2 * SECOND, 'errors', 1, 0.5),
      fault(3 * SECOND, 'slow', 1, 8),
      fault(4 * SECOND, 'recover', 1),
      fault(5 * SECOND, 'hang', 1),
      fault(6 * SECOND, 'crash', 1),
      fault(7 * SECOND, 'errors', 1, 0.1),
      fault(8 * SECOND, 'recover', 1),
    ]
    const { timeline } = told(faults, { replicas: [{}, { speed: 0.5 }] })
    expect(timeline.map(({ at, what }) => [at, what])).toEqual([
      [1, 'slow'],
      [2, 'errors'],
      [3, 'slow'],
      [4, 'recover'],
      [5, 'hang'],
      [6, 'crash'],
      [7, 'errors'],
      [8, 'recover'],
    ])
  })

  test('does not take the detection of something else for that of slowness', () => {
    const faults = [
      fault(1.5 * SECOND, 'crash'),
      fault(6.5 * SECOND, 'recover'),
      fault(7.5 * SECOND, 'slow', 0, 2),
    ]
    expect(told(faults).timeline).toEqual([
      {
        at: 1.5,
        what: 'crash',
        where: 'web/1',
        detected: 4,
        recovered: 6.5,
        returned: 8,
        lost: { unnoticed: 25, noticing: 0, noticed: 0 },
      },
      { at: 6.5, what: 'recover', where: 'web/1', detected: 8 },
      { at: 7.5, what: 'slow', where: 'web/1' },
    ])
  })

  test('tells of random failures too', () => {
    const failures = {
      upTime: exponential(3 * SECOND),
      downTime: exponential(2 * SECOND),
      as: 'crash' as const,
    }
    const { timeline, tiers } = told([], { replicas: 3, failures })
    expect(timeline.length).toBeGreaterThan(10)
    for (const where of Object.keys(tiers.web!.replicas)) {
      const own = timeline.filter((entry) => entry.where === where).map(({ what }) => what)
      expect(own).toEqual(own.map((_, i) => (i % 2 === 0 ? 'crash' : 'recover')))
    }
  })

  test('covers the warm-up', () => {
    const wanted = scenario({ warmUp: 5 * SECOND, faults: [fault(SECOND, 'crash')] })
    expect(simulate(wanted).timeline).toHaveLength(1)
  })
})

test('one that answers with errors while it starts is told as starting, and then as ready', () => {
  const startUp = {
    time: { policy: 'constant', params: { value: 3 * SECOND } },
    meanwhile: 'errors',
  } as const
  const { timeline } = told([fault(SECOND, 'crash'), fault(2 * SECOND, 'recover')], {
    health: { startUp: { ...startUp, readiness: 'early' } },
  })
  expect(timeline.map(({ at, what }) => [at, what])).toEqual([
    [1, 'crash'],
    [2, 'starts'],
    [5, 'ready'],
  ])
  expect(timeline[0]!.recovered).toBe(5)
})

test('a start that is decided, the process that runs then, and that it is ready are three things', () => {
  const { timeline } = simulate(
    parse(
      `duration: 20s
clients: { u: { rate: 20/s } }
tiers: { web: { replicas: 1, most: 2, lifecycle: { boot: 2s }, health: { startUp: { time: 3s } } } }
faults: [{ at: 5s, scale: web, to: 2 }]`,
      'starts',
    ).scenario!,
  )
  const ofNew = timeline.filter(({ where }) => where === 'web/2')
  expect(ofNew.map(({ at, what }) => [at, what])).toEqual([
    [5, 'starts'],
    [7, 'runs'],
    [10, 'ready'],
  ])
})

describe('what else happens', () => {
  const seconds = (at: number) => at * SECOND

  test('a spike and a balancer that dies are told with their ends, and who takes over', () => {
    const pair = { by: 'vrrp', advert: SECOND, priorities: [200, 100] } as const
    const spike = { ...fault(seconds(2), 'spike', -1, 3, -1), client: 0 }
    const down = { ...fault(seconds(10.25), 'down', -1), balancer: 0 }
    const { timeline } = told(
      [spike, { ...spike, at: seconds(5), ends: true }, down, { ...down, at: seconds(20), ends: true }],
      { structure: { balancers: 2, front: pair } },
    )
    // The last advertisement came at 10 s; 3 intervals and (256 - 100) / 256 of one later the other takes over.
    const taken = 10 + 3 + 156 / 256
    expect(timeline).toEqual([
      { at: 2, what: 'spike', where: 'users', factor: 3, until: 5 },
      { at: 5, what: 'spike ends', where: 'users' },
      { at: 10.25, what: 'balancer down', where: 'balancer/1', detected: taken, until: 20 },
      { at: taken, what: 'takes over', where: 'balancer/2' },
      { at: 20, what: 'balancer up', where: 'balancer/1' },
      { at: 20 + 3 + 56 / 256, what: 'takes over', where: 'balancer/1' },
    ])
  })

  test('a partition is told with who noticed it', () => {
    const cut = { ...fault(seconds(1.5), 'partition'), as: 'refuse' as const }
    const { timeline } = told([cut, { ...cut, at: seconds(10.5), ends: true }, fault(seconds(20), 'drain')], {
      replicas: 2,
    })
    expect(timeline).toEqual([
      { at: 1.5, what: 'partition', where: 'web/1', detected: 4, returned: 12, until: 10.5 },
      { at: 20, what: 'drain', where: 'web/1' },
    ])
  })

  test('a deploy begins, takes back what fails, and ends', () => {
    const rollout = {
      strategy: 'canary',
      surge: 1,
      unavailable: 0,
      version: { speed: 1, errors: 0.9 },
      steps: [{ replicas: 1, for: 20 * SECOND }],
      rollbackAbove: 0.1,
    } as const
    const { timeline } = simulate(
      scenario({
        duration: 60 * SECOND,
        clients: [clients(paced(20))],
        tiers: [tier({ replicas: [{}, { spare: true }] })],
        faults: [{ ...fault(seconds(5), 'deploy', -1), rollout }],
      }),
    )
    const own = timeline.filter(({ where }) => where === 'web')
    expect(own.map(({ what }) => what)).toEqual([
      'deploy begins',
      'canary step',
      'deploy rolls back',
      'deploy ends',
    ])
    expect(own[1]!.to).toBe(1)
    expect(own[0]!.until).toBe(own[3]!.at)
    expect(timeline.filter(({ where }) => where === 'web/2').map(({ what }) => what)).toContain('ready')
  })

  test('scaling says from how many to how many, and why', () => {
    const standard = { tolerance: 0.1, stabiliseDown: 0, stabiliseUp: 0, readinessDelay: 0 }
    const scaling = { min: 1, max: 4, target: 0.5, sync: seconds(15), ...standard }
    const wanted = tier({ replicas: [{}, { spare: true }, { spare: true }, { spare: true }] })
    const { timeline } = simulate(
      scenario({
        duration: 40 * SECOND,
        clients: [clients(paced(200))],
        tiers: [{ ...wanted, scaling }],
        faults: [fault(seconds(20), 'scale', -1, 1)],
      }),
    )
    const own = timeline.filter(({ what }) => what === 'scale').map(({ at: _, ...rest }) => rest)
    expect(own.slice(0, 2)).toEqual([
      { what: 'scale', where: 'web', from: 1, to: 2, why: '100 % of the slots busy, 50 % wanted' },
      { what: 'scale', where: 'web', from: 2, to: 1, why: 'by hand' },
    ])
  })
})

describe('the availability of a replica', () => {
  test('is the share of the measured window in which it was truly up', () => {
    const faults = [
      fault(4 * SECOND, 'crash', 0),
      fault(6 * SECOND, 'recover', 0),
      fault(9 * SECOND, 'hang', 1),
    ]
    const { tiers } = simulate(scenario({ warmUp: 5 * SECOND, tiers: [tier({ replicas: 3 })], faults }))
    const availability = Object.values(tiers.web!.replicas).map((replica) => replica.availability)
    expect(availability).toEqual([0.8, 0.8, 1])
  })

  test('is not lost by slowness or errors', () => {
    const faults = [fault(SECOND, 'slow', 0, 100), fault(SECOND, 'errors', 0, 1)]
    expect(simulate(scenario({ faults })).tiers.web!.replicas['web/1']!.availability).toBe(1)
  })
})
