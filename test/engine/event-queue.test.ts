import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream, uniform } from '../../src/base/stream.ts'
import { isDue, tune } from '../../src/engine/calendar.ts'
import {
  AT_SHIFT,
  cancel,
  earliest,
  eventQueue,
  NO_TIMER,
  ROW_SHIFT,
  SUBJECT,
  schedule,
  take,
} from '../../src/engine/event-queue.ts'
import { anySteps, Twin } from './queue-cases.ts'

const FOREVER = 2 ** 53 - 1

describe('the event queue', () => {
  test('does what an array in order does, whatever is scheduled, cancelled, taken, tuned and restored', () => {
    const property = fc.property(anySteps, (steps) => {
      const twin = new Twin()
      for (const step of steps) twin.do(step)
      while (twin.take(FOREVER));
      return twin.queue.count === 0
    })
    fc.assert(property, { seed: 1, numRuns: 300 })
  })

  test('takes 100,000 events at one instant in the order in which they were scheduled', () => {
    const queue = eventQueue()
    for (let i = 0; i < 100_000; i++) {
      schedule(queue, 5e9, 0, i, 0)
      if (i % 1024 === 0) tune(queue)
    }
    expect(drained(queue)).toEqual(Array.from({ length: 100_000 }, (_, i) => i))
  })

  test('keeps the order of equal instants when its days get wider, narrower and fewer', () => {
    const queue = eventQueue()
    const expected: { at: number; name: number }[] = []
    for (let i = 0; i < 3000; i++) {
      const at = (i % 7) * 1e12 + (i % 3)
      expected.push({ at, name: i })
      schedule(queue, at, 0, i, 0)
      if (i % 100 === 0) tune(queue)
    }
    // Widths and numbers of buckets as extreme loads would set them.
    const widths = new Set<number>()
    for (const [tunedAt, walked] of [
      [0, 1e6],
      [0, 1e6],
      [-1e18, 0],
      [-1e18, 0],
      [-1e18, 0],
    ]) {
      Object.assign(queue, { taken: 1024, tunedAt, walked, hold: 0, widthBefore: 0 })
      tune(queue)
      widths.add(1 / queue.perWidth)
    }
    expect(widths.size).toBeGreaterThan(3)
    const order = expected.sort((a, b) => a.at - b.at).map(({ name }) => name)
    expect(drained(queue)).toEqual(order)
  })

  test('finds an event a hundred days ahead, and one scheduled before it afterwards', () => {
    const queue = eventQueue()
    schedule(queue, 100 * 86_400e9, 0, 1, 0)
    expect(earliest(queue, 1e9)).toBe(-1)
    schedule(queue, 2e9, 0, 2, 0)
    expect(drained(queue)).toEqual([2, 1])
  })

  test.each([
    ['dense groups with long gaps, many timers far away', 1e8, 10_000],
    ['the same, with gaps of a few days', 1e5, 200],
  ])('soon leaves its days alone: %s', (_, gap, far) => {
    const queue = eventQueue()
    for (let i = 0; i < far; i++) schedule(queue, 1e15 + i, 1, 0, 0)
    for (const late of [20, 10, 5]) schedule(queue, late, 0, late, 0)
    let dealt = 0
    let { perWidth } = queue
    for (let i = 0; i < 300_000; i++) {
      const slot = earliest(queue, FOREVER)
      const now = queue.at[slot << AT_SHIFT]!
      const isLastOfGroup = queue.row[(slot << ROW_SHIFT) | SUBJECT] === 20
      take(queue, slot)
      if (isLastOfGroup) for (const late of [20, 10, 5]) schedule(queue, now + gap + late, 0, late, 0)
      queue.taken++
      if (isDue(queue)) tune(queue)
      if (queue.perWidth !== perWidth) dealt++
      perWidth = queue.perWidth
    }
    expect(dealt).toBeLessThan(40)
  })

  test('follows a load that grows while it looks', () => {
    const queue = eventQueue()
    const random = stream(2, 'growth')
    for (let i = 0; i < 10; i++) schedule(queue, i, 0, i, 0)
    for (let i = 0; i < 100_000; i++) {
      const slot = earliest(queue, FOREVER)
      const now = queue.at[slot << AT_SHIFT]!
      take(queue, slot)
      for (let n = 0; n < (i % 3 === 0 ? 2 : 1); n++)
        schedule(queue, now + Math.floor(uniform(random) * 1e6), 0, i, 0)
      queue.taken++
      if (isDue(queue)) tune(queue)
    }
    // Where 33,000 events are to come within a millisecond, few share a day.
    expect(1 / queue.perWidth).toBeLessThanOrEqual(64)
  })

  test('forgets no event and no order when somebody only looks ahead, into a later year', () => {
    const queue = eventQueue()
    for (const name of [3, 4]) schedule(queue, 86_400e9, 0, name, 0)
    expect(earliest(queue, FOREVER)).toBeGreaterThanOrEqual(0)
    const cancelled = schedule(queue, 1e9, 0, 9, 0)
    for (const name of [1, 2]) schedule(queue, 1e9, 0, name, 0)
    expect(earliest(queue, FOREVER)).toBeGreaterThanOrEqual(0)
    schedule(queue, 5, 0, 0, 0)
    expect(cancel(queue, cancelled)).toBe(true)
    expect(drained(queue)).toEqual([0, 1, 2, 3, 4])
  })

  test('leaves an event that is due after the limit', () => {
    const queue = eventQueue()
    schedule(queue, 1000, 0, 7, 0)
    expect(earliest(queue, 999)).toBe(-1)
    expect(earliest(queue, 1000)).toBeGreaterThanOrEqual(0)
    expect(queue.count).toBe(1)
  })

  test('holds a steady load in constant space', () => {
    const queue = eventQueue()
    const random = stream(1, 'queue')
    for (let i = 0; i < 50; i++) schedule(queue, uniform(random) * 1e6, 0, i, 0)
    const { length } = queue.row
    for (let i = 0; i < 200_000; i++) {
      const slot = earliest(queue, FOREVER)
      const now = queue.at[slot]!
      take(queue, slot)
      const cancelled = schedule(queue, now + 5e9, 0, i, 0)
      schedule(queue, now + Math.floor(uniform(random) * 1e6), 0, i, 0)
      cancel(queue, cancelled)
      queue.taken++
      if (isDue(queue)) tune(queue)
    }
    expect(queue.count).toBe(50)
    expect(queue.row.length).toBe(length)
  })
})

describe('a timer', () => {
  test('that is none cancels nothing', () => {
    const queue = eventQueue()
    schedule(queue, 1, 0, 0, 0)
    expect(cancel(queue, NO_TIMER)).toBe(false)
    expect(queue.count).toBe(1)
  })

  test('is stale once its event was taken, though its row holds another event by now', () => {
    const queue = eventQueue()
    const stale = schedule(queue, 1, 0, 0, 0)
    take(queue, earliest(queue, 1))
    const fresh = schedule(queue, 2, 0, 0, 0)
    expect(fresh).not.toBe(stale)
    expect(cancel(queue, stale)).toBe(false)
    expect(cancel(queue, fresh)).toBe(true)
  })

  test('is recognised as stale for the next 62 events in its row', () => {
    const queue = eventQueue()
    const stale = schedule(queue, 0, 0, 0, 0)
    take(queue, earliest(queue, 0))
    for (let i = 1; i < 63; i++) {
      schedule(queue, i, 0, 0, 0)
      expect(cancel(queue, stale)).toBe(false)
      take(queue, earliest(queue, i))
    }
  })

  test('fits into 30 bits', () => {
    const queue = eventQueue()
    for (let i = 0; i < 1000; i++) {
      const timer = schedule(queue, i, 0, 0, 0)
      expect(timer).toBeGreaterThan(0)
      expect(timer).toBeLessThanOrEqual(2 ** 30)
      take(queue, earliest(queue, i))
    }
  })
})

/** The subjects of all events in the order in which they are taken. */
function drained(queue: ReturnType<typeof eventQueue>): number[] {
  const order: number[] = []
  for (let slot = earliest(queue, FOREVER); slot >= 0; slot = earliest(queue, FOREVER)) {
    order.push(queue.row[(slot << ROW_SHIFT) + SUBJECT]!)
    take(queue, slot)
    if (queue.count % 1000 === 0) tune(queue)
  }
  return order
}
