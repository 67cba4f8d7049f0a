/** Settings that change while a run goes on: other strategies, other checks, fewer requests; by hand. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { strategies } from '../../src/policies/balancing/index.ts'
import { checkRules } from '../../src/policies/health/active/index.ts'
import type { Chosen } from '../../src/policies/policy.ts'
import { openSession, type Session, work } from '../../src/run/session.ts'
import { simulate } from '../../src/run/simulate.ts'
import type { Fault, Scenario, Tier } from '../../src/scenario/scenario.ts'
import {
  always,
  asListed,
  checks,
  chosen,
  clients,
  exponential,
  fault,
  leastConnections,
  listed,
  ms,
  paced,
  poisson,
  roundRobin,
  scenario,
  tier,
} from './build.ts'
import { type Fact, factsOf, only } from './facts-of.ts'

const balance = (at: number, strategy: Chosen): Fault => ({ ...fault(at, 'balance', -1), strategy })
const FEWER: Fault = { ...fault(2 * SECOND, 'spike', -1, 0.25, -1), client: 0 }
const recheck = (at: number, change: NonNullable<Fault['checks']>): Fault => ({
  ...fault(at, 'checks', -1),
  checks: change,
})

/** The replicas to which requests at these instants (ms) are sent. */
function sentTo(instants: readonly number[], faults: readonly Fault[], wanted: Parameters<typeof tier>[0]) {
  const all = { clients: [clients(asListed)], tiers: [tier({ demand: always(SECOND), ...wanted })], faults }
  return only(factsOf(scenario(all), { logs: listed(...instants.map(ms)) }), 'sent').map(
    ({ object }) => object,
  )
}

describe('another strategy', () => {
  test('chooses from its instant on', () => {
    const faults = [balance(ms(25), chosen('first'))]
    expect(sentTo([0, 10, 20, 30, 40], faults, { replicas: 3 })).toEqual([0, 1, 2, 0, 0])
  })

  test('finds the counts of requests in flight', () => {
    // The first replica has two of the three that are under way, the second one, the third none.
    const faults = [
      balance(ms(5), chosen('first')),
      balance(ms(25), roundRobin),
      balance(ms(35), leastConnections),
    ]
    expect(sentTo([10, 20, 30, 40, 50], faults, { replicas: 3, concurrency: 9 })).toEqual([0, 0, 0, 1, 2])
  })

  test('begins its round anew, also when it is the same', () => {
    expect(sentTo([0, 10, 20], [balance(ms(5), roundRobin)], { replicas: 3 })).toEqual([0, 0, 1])
  })

  test('knows who is believed to be down, and hears when he is back', () => {
    const faults = [
      fault(ms(0), 'drain', 0),
      balance(ms(5), chosen('first')),
      { ...fault(ms(15), 'drain', 0), ends: true as const },
    ]
    expect(sentTo([1, 10, 20], faults, { replicas: 2 })).toEqual([1, 1, 0])
  })

  test('takes full replicas for full, whatever the one before did with them', () => {
    const limited = [{ maxConnections: 1 }, { maxConnections: 1 }]
    const wait = chosen('hash', { on: 'key', balance: 'none' })
    expect(sentTo([0, 10], [balance(ms(5), roundRobin)], { replicas: limited, strategy: wait })).toHaveLength(
      2,
    )
    expect(new Set(sentTo([0, 10], [balance(ms(5), leastConnections)], { replicas: limited }))).toEqual(
      new Set([0, 1]),
    )
  })

  test('gets the reports and probes that it asks for', () => {
    // Prequal at the start knows nothing; probes are sent once it is there.
    const run = (faults: readonly Fault[]) =>
      simulate(
        scenario({
          clients: [clients(poisson(200))],
          tiers: [
            tier({
              replicas: [{}, {}, { speed: 0.1 }],
              concurrency: 4,
              demand: exponential(ms(10)),
              latency: always(ms(0.1)),
            }),
          ],
          faults,
        }),
      )
    const prequal = balance(SECOND, chosen('prequal', PREQUAL))
    expect(run([prequal]).latencyMs!.p99!).toBeLessThan(run([]).latencyMs!.p99! / 2)
  })

  test('is the same run whether its tier could have taken a short way before or not', () => {
    const plain = scenario({ clients: [clients(poisson(80))], tiers: [tier({ replicas: 2 })] })
    const late = { ...plain, faults: [balance(plain.duration, chosen('prequal', PREQUAL))] }
    expect(simulate(late).fingerprint).toBe(simulate(plain).fingerprint)
  })

  test('forks from the past of a run that knew nothing of it', () => {
    const plain = scenario({ clients: [clients(poisson(80))], tiers: [tier({ replicas: 3 })] })
    const before = finished(plain)
    for (const strategy of [chosen('prequal', PREQUAL), chosen('join-shortest-queue'), leastConnections]) {
      const edited: Scenario = { ...plain, faults: [balance(6 * SECOND, strategy)] }
      const fork = openSession(edited, {}, before)
      expect(fork.run.cluster.events).toBeGreaterThan(0)
      while (!work(fork, Infinity));
      expect(fork.run.print.hex()).toBe(finished(edited).run.print.hex())
      const back = openSession(plain, {}, fork)
      while (!work(back, Infinity));
      expect(back.run.print.hex()).toBe(before.run.print.hex())
    }
  })
})

describe('other settings of the checks', () => {
  test('bring the next check sooner, spread as at the start', () => {
    const faults = [recheck(ms(1100), { interval: ms(200) })]
    // Each second at 0 and 500 ms; from 1.1 s on every 200 ms, beginning at 1.1 s and 1.2 s.
    expect(checkedAt(faults, 0)).toEqual([0, 1000, 1100, 1300, 1500, 1700, 1900])
    expect(checkedAt(faults, 1)).toEqual([500, 1200, 1400, 1600, 1800, 2000])
  })

  test('let the next one come as planned where the interval becomes longer', () => {
    expect(checkedAt([recheck(ms(700), { interval: ms(1200) })], 0)).toEqual([0, 1000])
    expect(checkedAt([recheck(ms(700), { fall: 1 })], 0)).toEqual([0, 1000, 2000])
  })

  test('count what failed before: two of three are enough when two are', () => {
    // Down at 0.1 s: failures at 1, 2 and 3 s. With fall 2 from 2.5 s on, out at 3 s; with fall 2 from 1.5 s, at 2 s.
    expect(outAt([])).toBe(3000)
    expect(outAt([recheck(ms(1500), { fall: 2 })])).toBe(2000)
    expect(outAt([recheck(ms(1500), { fall: 5 })])).toBe(5000)
  })

  test('give up a check that is under way no later than it is noticed', () => {
    const hung = [fault(0, 'hang'), recheck(ms(100), { timeout: ms(50) })]
    expect(checkedAt(hung, 0, { timeout: ms(300) })).toEqual([300, 1050])
  })

  test.each(checkRules.all.filter(({ carryOver }) => carryOver))(
    'of $name keep up up and down down',
    (rule) => {
      const before = { interval: 1, rise: 2, fall: 3 }
      for (const after of [
        { interval: 1, rise: 1, fall: 1 },
        { interval: 1, rise: 5, fall: 7 },
      ]) {
        for (let health = 0; health < 5; health++) {
          const memory = Int32Array.of(health)
          const was = rule.isUp(before, memory, 0)
          rule.carryOver!(before, after, memory, 0)
          expect(rule.isUp(after, memory, 0)).toBe(was)
          expect(memory[0]).toBeGreaterThanOrEqual(0)
          expect(memory[0]).toBeLessThan(after.rise + after.fall)
        }
      }
      const whole = Int32Array.of(4)
      rule.carryOver!(before, { interval: 1, rise: 5, fall: 7 }, whole, 0)
      expect(whole[0]).toBe(11)
    },
  )
})

describe('fewer requests', () => {
  const half = [FEWER, { ...FEWER, at: 6 * SECOND, ends: true as const }]

  test('leaves a share of the arrivals out, the others at their instants', () => {
    const of = (faults: readonly Fault[]) =>
      only(
        factsOf(scenario({ clients: [clients(paced(100))], tiers: [tier({ replicas: 9 })], faults })),
        'arrived',
      )
    const [all, some] = [of([]), of(half)]
    const isDuring = ({ at }: Fact) => at >= 2 * SECOND && at < 6 * SECOND
    const during = some.filter(isDuring)
    // Binomial of 400 and 1/4: mean 100, standard deviation 8.7.
    expect(Math.abs(during.length - 100)).toBeLessThan(35)
    const outside = (facts: readonly Fact[]) => facts.filter((one) => !isDuring(one)).map(({ at }) => at)
    expect(outside(some)).toEqual(outside(all))
    const instants = new Set(all.map(({ at }) => at))
    expect(some.every(({ at }) => instants.has(at))).toBe(true)
  })

  test('are the same requests in the same order', () => {
    const population = clients(poisson(100), { keys: chosen('uniform', { count: 1000 }), addresses: 50 })
    const of = (faults: readonly Fault[]) =>
      only(factsOf(scenario({ clients: [population], faults })), 'arrived').map(asked)
    const some = of(half)
    expect(of([]).slice(0, some.length)).toEqual(some)
  })
})

const asked = ({ subject, value, object }: Fact) => [subject, value, object]

const PREQUAL = Object.fromEntries(
  Object.entries(strategies.get('prequal').params).map(([name, param]) => [name, param.default]),
)

function finished(of: Scenario): Session {
  const session = openSession(of)
  while (!work(session, Infinity));
  return session
}

function checkFacts(faults: readonly Fault[], params: Parameters<typeof checks>[0] = {}): readonly Fact[] {
  const checked: Tier = tier({ replicas: 2, health: checks(params) })
  return factsOf(
    scenario({ duration: 10 * SECOND, clients: [clients(poisson(1))], tiers: [checked], faults }),
  )
}

/** When checks of a replica ended, ms, up to 2 s. */
function checkedAt(faults: readonly Fault[], node: number, params = {}): readonly number[] {
  return only(checkFacts(faults, params), 'checked')
    .filter(({ at, object }) => object === node && at <= 2 * SECOND)
    .map(({ at }) => at / 1e6)
}

function outAt(faults: readonly Fault[]): number | undefined {
  const facts = checkFacts([fault(ms(100), 'crash'), ...faults])
  const out = only(facts, 'believed').find(({ object, detail }) => object === 0 && detail === 0)
  return out && out.at / 1e6
}
