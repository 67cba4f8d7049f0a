/** Sessions of random scenarios, and of every strategy: going back, forking, stepping, and what may be shared. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stepOnce } from '../../src/engine/simulation.ts'
import { rules } from '../../src/model/rules.ts'
import { strategies } from '../../src/policies/balancing/index.ts'
import type { Params } from '../../src/policies/policy.ts'
import { advance, type RunOptions, report, startRun } from '../../src/run/run.ts'
import { restore, save } from '../../src/run/saved.ts'
import { neighbour, openSession, replayOf, type Session, work } from '../../src/run/session.ts'
import { sharedUntil } from '../../src/run/shared-until.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { Fault, Scenario } from '../../src/scenario/scenario.ts'
import {
  asListed,
  checks,
  chosen,
  clients,
  exponential,
  fault,
  listed,
  ms,
  poisson,
  scenario,
  tier,
} from '../model/build.ts'
import { anyScenario } from '../swarm/arbitrary.ts'

function finished(scenario: Scenario, options: RunOptions = {}, other?: Session): Session {
  const session = openSession(scenario, options, other)
  while (!work(session, Infinity));
  return session
}

/** The report as text, without what differs from run to run and the name. */
function told(of: ReturnType<typeof report>): string {
  return JSON.stringify({ ...of, wall: 0, version: '', scenario: '' })
}

const toldBy = ({ run }: Session) => told(report(run, '', 0))

function withFault(scenario: Scenario, added: Fault): Scenario {
  return { ...scenario, faults: [...scenario.faults, added].sort((a, b) => a.at - b.at) }
}

const anyFault = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('crash' as const, 'hang' as const, 'recover' as const, 'balance' as const),
})

/** It befalls the first tier; another strategy is one that needs to see what it could not see before, where it may. */
function struck({ tiers }: Scenario, at: number, kind: Fault['kind'], replica: number): Fault {
  const struckBy = fault(at, kind, replica)
  if (kind !== 'balance') return struckBy
  const policy = tiers[0]!.structure?.refresh ? 'least-connections' : 'join-shortest-queue'
  return { ...struckBy, replica: -1, strategy: chosen(policy) }
}

describe('for random scenarios', () => {
  test('a fork with a fault added anywhere is the run of the edited scenario, from whatever was computed', () => {
    const property = fc.property(anyScenario, anyFault, fc.boolean(), (any, { share, kind }, isHalfDone) => {
      const edited = withFault(any, struck(any, Math.round(share * any.duration), kind, -1))
      const before = openSession(any)
      work(before, 0)
      while (!isHalfDone && !work(before, Infinity));
      expect(toldBy(finished(edited, {}, before))).toBe(told(simulate(edited)))
    })
    fc.assert(property, { seed: 1, numRuns: 60 })
  })

  test('a fork of a fork that takes the fault back is the first run again', () => {
    const property = fc.property(anyScenario, anyFault, (any, { share, kind }) => {
      const first = finished(any)
      const expected = toldBy(first)
      const second = finished(
        withFault(any, struck(any, Math.round(share * any.duration), kind, 0)),
        {},
        first,
      )
      expect(toldBy(finished(any, {}, second))).toBe(expected)
      expect(toldBy(first)).toBe(expected)
    })
    fc.assert(property, { seed: 2, numRuns: 40 })
  })

  test('steps forward visit every instant at which something happens, steps back the same ones', () => {
    const property = fc.property(anyScenario, (any) => {
      const session = finished(any)
      const replay = replayOf(session, { consume: () => undefined })
      const instants = instantsOf(any)
      const some = instants.filter((_, i) => i % Math.ceil(instants.length / 12) === 0)
      for (const at of some) {
        const i = instants.indexOf(at)
        expect(neighbour(session, at, 1, replay)).toBe(instants[i + 1] ?? any.duration)
        if (i > 0) expect(neighbour(session, at, -1, replay)).toBe(instants[i - 1])
      }
    })
    fc.assert(property, { seed: 3, numRuns: 40 })
  })
})

/** Every instant of a run at which an event or fault happens, once. */
function instantsOf(scenario: Scenario): number[] {
  const { cluster } = startRun(scenario)
  const instants = new Set<number>()
  while (stepOnce(cluster, rules, scenario.faults, Number(scenario.duration))) instants.add(cluster.now)
  return [...instants]
}

describe.each(strategies.all.map((strategy) => [strategy.name, strategy] as const))(
  'with %s',
  (name, { params }) => {
    const defaults: Params = Object.fromEntries(
      Object.entries(params).map(([param, { default: value }]) => [param, value]),
    )
    const wanted = scenario({
      duration: ms(3000),
      clients: [
        clients(poisson(150), { keys: chosen('zipf', { count: 100, exponent: 0.9 }), addresses: 20 }),
      ],
      tiers: [
        tier({
          replicas: [{ weight: 3 }, {}, { weight: 2 }, {}],
          strategy: chosen(name, defaults),
          demand: exponential(ms(20)),
          health: checks({ interval: ms(200), timeout: ms(100), rise: 1, fall: 1 }),
        }),
      ],
      faults: [fault(ms(500), 'crash', 1), fault(ms(900), 'recover', 1)],
    })

    test('going back, on and aside gives the straight run', () => {
      const expected = told(simulate(wanted))
      const run = startRun(wanted)
      advance(run, ms(700))
      const saved = save(run)
      advance(run, ms(2000))
      restore(run, saved)
      advance(run, Infinity)
      expect(told(report(run, '', 0))).toBe(expected)
      const edited = withFault(wanted, fault(ms(1500), 'hang', 2))
      const before = finished(wanted)
      expect(toldBy(before)).toBe(expected)
      expect(toldBy(finished(edited, {}, before))).toBe(told(simulate(edited)))
    })
  },
)

describe('a new session', () => {
  const wanted = scenario({ duration: ms(20_000), clients: [clients(poisson(90))] })
  const before = finished(wanted)

  test('continues from the last checkpoint before the first difference', () => {
    const edited = withFault(wanted, fault(ms(15_000), 'crash'))
    const fork = openSession(edited, {}, before)
    expect(fork.run.cluster.now).toBeGreaterThan(ms(12_000))
    expect(fork.run.cluster.now).toBeLessThan(ms(15_000))
    expect(fork.past.checkpoints[0]).toBe(before.past.checkpoints[0])
  })

  test.each<[string, Partial<Scenario>]>([
    ['seed', { seed: 2 }],
    ['kind of seed', { seed: '1' }],
    ['duration', { duration: ms(30_000) }],
    ['warm-up', { warmUp: ms(1000) }],
    ['load', { clients: [clients(poisson(91))] }],
    ['cluster', { tiers: [tier({ replicas: 2 })] }],
  ])('begins anew when the %s differs', (_what, changed) => {
    expect(openSession({ ...wanted, ...changed }, {}, before).run.cluster.now).toBe(0)
  })

  test('does not mind other words', () => {
    expect(sharedUntil(wanted, { ...wanted, name: 'other', summary: 'words', expect: [] })).toBe(Infinity)
  })

  test('begins anew when another log stands behind the same name', () => {
    const replayed = scenario({ clients: [clients(asListed)] })
    const instants = Array.from({ length: 900 }, (_, i) => ms(11 * i))
    const first = { logs: listed(...instants) }
    const second = { logs: listed(...instants.map((at) => at + (at % 3))) }
    const session = finished(replayed, first)
    expect(toldBy(finished(replayed, second, session))).toBe(told(simulate(replayed, second)))
    expect(openSession(replayed, first, session).run.cluster.now).toBeGreaterThan(0)
  })

  test('begins anew when it is to end otherwise', () => {
    const options = { requests: 100 }
    expect(toldBy(finished(wanted, options, before))).toBe(told(simulate(wanted, options)))
  })
})
