/** Every order of loads is tried, and shares follow the weights. */

import { expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { first } from '../../../../src/policies/balancing/first.ts'
import { haproxyLeastconn } from '../../../../src/policies/balancing/haproxy-leastconn.ts'
import { haproxyRoundRobin } from '../../../../src/policies/balancing/haproxy-round-robin.ts'
import { joinIdleQueue } from '../../../../src/policies/balancing/join-idle-queue.ts'
import { leastConnections } from '../../../../src/policies/balancing/least-connections.ts'
import { leastRequest } from '../../../../src/policies/balancing/least-request.ts'
import { leastTime } from '../../../../src/policies/balancing/least-time.ts'
import { staticRr } from '../../../../src/policies/balancing/static-rr.ts'
import { drive, reply, send } from './driver.ts'

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  )
}

const orders = permutations([0, 1, 2, 3, 4])

test.each([
  ['least-connections', leastConnections, {}],
  ['haproxy-leastconn', haproxyLeastconn, {}],
  ['least-time', leastTime, {}],
  ['join-idle-queue', joinIdleQueue, {}],
  ['least-request', leastRequest, { choices: 64 }],
] as const)(
  '%s takes the least loaded in every order of loads, told one by one or all at once',
  (_n, rule, params) => {
    for (const loads of orders) {
      const told = drive(rule, [1, 1, 1, 1, 1], params)
      for (const [replica, load] of loads.entries()) {
        for (let n = 0; n < load; n++) {
          told.pool.inFlight[replica]!++
          told.strategy.sent?.(told.pool, told.memory, replica)
        }
      }
      expect(send(told)).toBe(loads.indexOf(0))
      const made = drive(rule, [1, 1, 1, 1, 1], params)
      made.pool.inFlight.set(loads)
      made.memory = rule.remember({ choices: 64, newest: 0.1, bias: 1 }, made.pool)
      expect(send(made)).toBe(loads.indexOf(0))
    }
  },
)

test('first takes the first below its limit in every order of loads, else the one least above it', () => {
  for (const loads of orders) {
    const d = drive(first, [1, 1, 1, 1, 1])
    d.pool.inFlight.set(loads)
    d.memory = first.remember({ maxconn: 3 }, d.pool)
    expect(send(d)).toBe(loads.findIndex((load) => load < 3))
    d.pool.inFlight.set(loads.map((load) => load + 1))
    d.memory = first.remember({ maxconn: 1 }, d.pool)
    expect(send(d)).toBe(loads.indexOf(0))
  }
})

test.each([
  ['haproxy-round-robin', haproxyRoundRobin],
  ['static-rr', staticRr],
])('%s gives each replica its weight in each round, to within one', (_name, rule) => {
  const random = stream(9, 'weights')
  for (let n = 0; n < 50; n++) {
    const weights = Array.from({ length: 1 + below(random, 10) }, () => 1 + below(random, 30))
    const round = weights.reduce((a, b) => a + b)
    const d = drive(rule, weights)
    for (let k = 1; k <= 5; k++) {
      const counts = weights.map(() => 0)
      for (let m = 0; m < round; m++) {
        const picked = send(d)
        counts[picked]!++
        reply(d, picked)
      }
      for (const [i, weight] of weights.entries())
        expect(Math.abs(counts[i]! - weight)).toBeLessThanOrEqual(1)
    }
  }
})
