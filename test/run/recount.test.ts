/** Every figure of the report equals a recount of all facts by the plainest means. */

import { expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import {
  between,
  checks,
  chosen,
  clients,
  closed,
  exponential,
  fault,
  leastConnections,
  ms,
  poisson,
  scenario,
  tier,
} from '../model/build.ts'
import { checkedReport } from './against-recount.ts'

const health = checks({ interval: ms(500), timeout: ms(200), rise: 2, fall: 2 })

const cases: Readonly<Record<string, Partial<Scenario>>> = {
  'a busy replica': {
    clients: [clients(poisson(90))],
    tiers: [tier({ demand: exponential(ms(10)) })],
  },
  'a warm-up that ends between two steps of the series': {
    warmUp: 2.345 * SECOND,
    clients: [clients(poisson(90))],
    tiers: [tier({ demand: exponential(ms(10)) })],
  },
  'a warm-up to be found': {
    warmUp: 'auto',
    clients: [clients(poisson(95))],
    tiers: [tier({ demand: exponential(ms(10)) })],
  },
  'timeouts whose work continues, and queues that overflow': {
    warmUp: SECOND,
    clients: [clients(poisson(200), { timeout: exponential(ms(20)), latency: between(0, ms(2)) })],
    tiers: [tier({ replicas: 2, demand: exponential(ms(10)), queue: 5 })],
  },
  'three tiers, threads before an event loop before processor sharing': {
    clients: [clients(poisson(80), { id: 'a' }), clients(closed(10, exponential(ms(100))), { id: 'b' })],
    tiers: [
      tier({ id: 'edge', replicas: 2, demand: exponential(ms(2)), blocking: true, concurrency: 8 }),
      tier({
        id: 'web',
        replicas: 3,
        demand: exponential(ms(5)),
        discipline: 'lifo',
        latency: between(0, ms(1)),
      }),
      tier({ id: 'db', demand: exponential(ms(4)), discipline: 'ps', concurrency: 2, queue: 50 }),
    ],
  },
  'crashes, hangs, slowness and errors, with checks': {
    clients: [clients(poisson(150), { timeout: exponential(SECOND) })],
    tiers: [tier({ replicas: 4, strategy: leastConnections, demand: exponential(ms(15)), health })],
    faults: [
      fault(2 * SECOND, 'crash', 0),
      fault(3 * SECOND, 'hang', 1),
      fault(4 * SECOND, 'slow', 2, 10),
      fault(5 * SECOND, 'errors', 3, 0.5),
      fault(7 * SECOND, 'recover', -1),
    ],
  },
  'random failures': {
    clients: [clients(poisson(100))],
    tiers: [
      tier({
        replicas: 3,
        strategy: chosen('two-choices', { choices: 2, replacement: false }),
        health,
        failures: { upTime: exponential(2 * SECOND), downTime: exponential(SECOND), as: 'crash' },
      }),
    ],
  },
}

test.each(Object.entries(cases))('%s', (_name, wanted) => {
  const { requests } = checkedReport(scenario(wanted))
  expect(requests.succeeded).toBeGreaterThan(100)
})
