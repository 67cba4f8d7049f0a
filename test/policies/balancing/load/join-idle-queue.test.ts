import { expect, test } from 'vitest'
import { joinIdleQueue } from '../../../../src/policies/balancing/join-idle-queue.ts'
import { drive, reply, send, set } from './driver.ts'

test('takes the replica that has been idle for longest', () => {
  const d = drive(joinIdleQueue, [1, 1, 1])
  expect([send(d), send(d), send(d)]).toEqual([0, 1, 2])
  for (const replica of [1, 2, 0]) reply(d, replica)
  expect([send(d), send(d), send(d)]).toEqual([1, 2, 0])
})

test('never gives a busy replica a second request while another is idle', () => {
  const d = drive(joinIdleQueue, [1, 1, 1, 1])
  for (let n = 0; n < 200; n++) {
    const picked = [send(d), send(d), send(d), send(d)]
    expect(new Set(picked).size).toBe(4)
    for (const replica of picked) reply(d, replica)
  }
})

test('draws any ready replica alike when none is idle', () => {
  const d = drive(joinIdleQueue, [1, 1, 1])
  for (let n = 0; n < 3; n++) send(d)
  set(d, 1, false)
  const picks = Array.from({ length: 10_000 }, () => d.strategy.pick(d.pool, d.asked, d.memory, d.random))
  expect(new Set(picks)).toEqual(new Set([0, 2]))
  expect(picks.filter((picked) => picked === 0).length / picks.length).toBeCloseTo(1 / 2, 1)
})

test('a replica that comes back idle lines up last', () => {
  const d = drive(joinIdleQueue, [1, 1, 1])
  set(d, 0, false)
  set(d, 0, true)
  expect([send(d), send(d), send(d)]).toEqual([1, 2, 0])
})
