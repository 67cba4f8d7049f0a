/** What replicas tell of their load reaches the strategies that ask for it, and changes what they do. */

import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { strategies } from '../../src/policies/balancing/index.ts'
import type { Params } from '../../src/policies/policy.ts'
import { simulate } from '../../src/run/simulate.ts'
import { always, chosen, clients, exponential, fault, ms, poisson, scenario, tier } from './build.ts'

function run(policy: string, params: Params = {}, faults: Parameters<typeof scenario>[0]['faults'] = []) {
  const defaults = Object.fromEntries(
    Object.entries(strategies.get(policy).params).map(([name, param]) => [name, param.default]),
  )
  return simulate(
    scenario({
      duration: 60 * SECOND,
      warmUp: 20 * SECOND,
      clients: [clients(poisson(150))],
      tiers: [
        tier({
          replicas: [{ speed: 1 }, { speed: 1 }, { speed: 0.25 }],
          strategy: chosen(policy, { ...defaults, ...params }),
          latency: always(ms(1)),
          demand: exponential(ms(10)),
          concurrency: 2,
        }),
      ],
      faults,
    }),
  )
}

const shareOf = (report: ReturnType<typeof run>, replica: string) =>
  report.tiers.web!.replicas[replica]!.share

describe('a replica of a quarter of the speed', () => {
  const even = shareOf(run('round-robin'), 'web/3')

  test.each([
    // by what it gets done for its utilisation: a quarter of what the others get
    ['weighted-utilisation', 1 / 9],
    ['prequal', 0.04],
    ['c3', 0.08],
  ])('gets less from %s, which it tells of its load', (policy, about) => {
    const share = shareOf(run(policy), 'web/3')
    expect(even).toBeCloseTo(1 / 3, 2)
    expect(Math.abs(share - about)).toBeLessThan(0.07)
  })

  test('gets as many as the others when it may tell nothing for long enough', () => {
    expect(shareOf(run('weighted-utilisation', { blackout: 100 * SECOND }), 'web/3')).toBeCloseTo(1 / 3, 2)
  })

  test('gets as many as the others when nobody is probed', () => {
    expect(shareOf(run('prequal', { probes: 0 }), 'web/3')).toBeCloseTo(1 / 3, 1)
  })
})

test('failures are told, and cost a replica its weight', () => {
  const errors = [fault(SECOND, 'errors', 0, 0.5)]
  const [calm, failing] = [
    run('weighted-utilisation', { errorPenalty: 10 }),
    run('weighted-utilisation', { errorPenalty: 10 }, errors),
  ]
  expect(shareOf(failing, 'web/1')).toBeLessThan(0.5 * shareOf(calm, 'web/1'))
})

test('a dead replica answers no probe', () => {
  const dead = run('prequal', {}, [fault(SECOND, 'hang', 1)])
  const drawn = run('random', {}, [fault(SECOND, 'hang', 1)])
  expect(shareOf(dead, 'web/2')).toBeLessThan(0.3 * shareOf(drawn, 'web/2') + 0.02)
})

test.each(['weighted-utilisation', 'prequal', 'c3', 'join-shortest-queue'])(
  '%s gives the same run again',
  (policy) => {
    expect(run(policy).fingerprint).toBe(run(policy).fingerprint)
  },
)
