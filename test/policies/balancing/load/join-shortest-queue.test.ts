import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { joinShortestQueue } from '../../../../src/policies/balancing/join-shortest-queue.ts'
import { chiSquareOverLimit } from '../../statistics.ts'
import { drive, set } from './driver.ts'

const pickOf = (d: ReturnType<typeof drive>) => joinShortestQueue.pick(d.pool, d.asked, d.memory, d.random)

describe('join-shortest-queue', () => {
  test('takes the shortest true queue, whatever this balancer has sent and whatever the weights', () => {
    const random = stream(8, 'queues')
    for (let n = 0; n < 500; n++) {
      const size = 1 + below(random, 8)
      const d = drive(
        joinShortestQueue,
        Array.from({ length: size }, () => 1 + below(random, 5)),
      )
      for (let i = 0; i < size; i++) {
        d.pool.inFlight[i] = below(random, 9)
        d.pool.inSystem[i] = below(random, 4)
        if (size > 1 && d.pool.readyCount > 1 && below(random, 4) === 0) set(d, i, false)
      }
      const ready = [...d.pool.ready.subarray(0, d.pool.readyCount)]
      const picked = pickOf(d)
      expect(ready).toContain(picked)
      expect(d.pool.inSystem[picked]).toBe(Math.min(...ready.map((i) => d.pool.inSystem[i]!)))
    }
  })

  test('draws evenly among equals', () => {
    const d = drive(joinShortestQueue, [1, 1, 1, 1, 1])
    d.pool.inSystem.set([2, 5, 2, 2, 7])
    const counts = [0, 0, 0, 0, 0]
    for (let n = 0; n < 9000; n++) counts[pickOf(d)]!++
    expect([counts[1], counts[4]]).toEqual([0, 0])
    expect(chiSquareOverLimit([counts[0]!, counts[2]!, counts[3]!], [3000, 3000, 3000], 2)).toBeLessThan(1)
  })

  test('is marked as what no real balancer can be', () => {
    expect(joinShortestQueue.isOracle).toBe(true)
    expect(joinShortestQueue.title).toMatch(/oracle/)
    expect(joinShortestQueue.summary).toMatch(/no real balancer/)
  })
})
