/** Replicas that fail at random and wait for somebody who repairs them. */

import { expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { parse } from '../../src/scenario/index.ts'
import { always, clients, poisson, scenario, tier } from './build.ts'
import { factsOf, only } from './facts-of.ts'

const failures = { upTime: always(10 * SECOND), downTime: always(5 * SECOND), as: 'crash' } as const

/** Instants, in seconds, at which replicas are up again. */
function repairedAt(crews?: number): readonly number[] {
  const made = scenario({
    duration: 29 * SECOND,
    clients: [clients(poisson(10))],
    tiers: [tier({ replicas: 3, failures: { ...failures, ...(crews === undefined ? {} : { crews }) } })],
  })
  return only(factsOf(made), 'truth')
    .filter(({ at, detail }) => at > 0 && detail === 0)
    .map(({ at }) => at / SECOND)
}

test('all are repaired at once, or as many as there are crews, in order', () => {
  expect(repairedAt()).toEqual([15, 15, 15])
  expect(repairedAt(2)).toEqual([15, 15, 20])
  // The first fails again at 25 s, and is repaired next.
  expect(repairedAt(1)).toEqual([15, 20, 25])
})

test('there is at least one crew', () => {
  const text = `clients: { users: { rate: 1/s } }
tiers: { web: { replicas: 2, failures: { mttf: 1h, mttr: 5m, crews: 0 } } }
`
  const { problems } = parse(text, 'a.yaml')
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'tiers.web.failures.crews: "0" is too little; the least allowed is 1.',
  ])
})
