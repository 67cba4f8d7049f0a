import { expect, test } from 'vitest'
import { pow } from '../../../../src/base/maths.ts'
import { leastRequest } from '../../../../src/policies/balancing/least-request.ts'
import { type Driven, drive, explained, reply, send, set } from './driver.ts'

const answeredAtOnce = (d: Driven, count: number) =>
  Array.from({ length: count }, () => {
    const picked = send(d)
    reply(d, picked)
    return picked
  })

/** Envoy's scheduler in plain form: deadlines in a list, the earliest and first queued is picked. */
function plainSchedule(weights: readonly number[]) {
  let queued = 0
  let entries = weights.map((weight, replica) => ({ replica, deadline: 1 / weight, order: queued++ }))
  return (busy: ArrayLike<number>, bias: number) => {
    entries.sort((a, b) => a.deadline - b.deadline || a.order - b.order)
    const { replica, deadline } = entries[0]!
    const weight = weights[replica]! / pow(busy[replica]! + 1, bias)
    entries = [...entries.slice(1), { replica, deadline: deadline + 1 / weight, order: queued++ }]
    return replica
  }
}

test('with equal weights the busier of two replicas is picked only when it is drawn twice', () => {
  const d = drive(leastRequest, [1, 1])
  d.pool.inFlight[0] = 5
  const count = 20_000
  const busier = answeredAtOnce(d, count).filter((picked) => picked === 0).length
  expect(busier / count).toBeCloseTo(1 / 4, 2)
})

test('with equal weights and more choices the busier one is picked more seldom still', () => {
  const d = drive(leastRequest, [1, 1], { choices: 4 })
  d.pool.inFlight[0] = 5
  const count = 20_000
  const busier = answeredAtOnce(d, count).filter((picked) => picked === 0).length
  expect(busier / count).toBeCloseTo(1 / 16, 2)
})

test('with unequal weights and nothing in flight, turns are in proportion to the weights', () => {
  expect(answeredAtOnce(drive(leastRequest, [2, 1]), 8)).toEqual([0, 1, 0, 0, 1, 0, 0, 1])
  const picks = answeredAtOnce(drive(leastRequest, [5, 3, 2]), 1_000)
  expect([0, 1, 2].map((i) => picks.filter((picked) => picked === i).length)).toEqual([500, 300, 200])
})

test.each([0, 0.5, 1, 2])("with unequal weights and bias %s, picks are those of Envoy's schedule", (bias) => {
  const weights = [4, 1, 2, 1]
  const d = drive(leastRequest, weights, { bias })
  const plain = plainSchedule(weights)
  const open: number[] = []
  for (let n = 0; n < 500; n++) {
    expect(explained(d)).toBe(d.memory.first)
    const expected = plain(d.pool.inFlight, bias)
    expect(send(d)).toBe(expected)
    open.push(expected)
    if (n % 5 !== 0) reply(d, open.splice((n * 7) % open.length, 1)[0]!)
  }
})

test('bias 0 looks at weights alone', () => {
  const d = drive(leastRequest, [2, 1], { bias: 0 })
  expect(Array.from({ length: 8 }, () => send(d))).toEqual([0, 1, 0, 0, 1, 0, 0, 1])
})

test('a replica that goes makes weights equal again when only equal ones are left', () => {
  const d = drive(leastRequest, [1, 5, 1])
  expect(d.memory.isEven).toBe(false)
  set(d, 1, false)
  expect(d.memory.isEven).toBe(true)
  expect(new Set(answeredAtOnce(d, 100))).toEqual(new Set([0, 2]))
})
