import { describe, expect, test } from 'vitest'
import { marginAt } from '../../src/app/stage/stretch.ts'
import { peekAt, slotsAt } from '../../src/app/trace-source.ts'

describe('windows of the trace', () => {
  test('cover the instant with a second of wall time to spare, at any speed', () => {
    for (const speed of [0.01, 0.37, 1, 1.9, 40, 1000]) {
      for (const at of [0, 1e9, 3.99e9, 4e9, 77.7e9]) {
        const [slot] = slotsAt(at, speed)
        expect(slot.from).toBeLessThanOrEqual(Math.max(0, at - 1e9 * speed))
        expect(slot.to).toBeGreaterThanOrEqual(at + 1e9 * speed)
      }
    }
  })
  test('begin with a short one after a jump, that has everything that is drawn at the instant', () => {
    for (const speed of [0.01, 1, 40]) {
      const { from, to } = peekAt(200e9, speed)
      expect(from).toBeLessThan(200e9 - marginAt(speed))
      expect(to).toBeGreaterThan(200e9 + marginAt(speed))
      const [slot] = slotsAt(200e9, speed)
      expect(to - from).toBeLessThan((slot.to - slot.from) / 2)
    }
    expect(peekAt(0, 1).from).toBe(0)
  })
  test('are the same ones when one comes back', () => expect(slotsAt(13e9, 1)).toEqual(slotsAt(12.9e9, 1)))
  test('stay when the speed changes a little', () => expect(slotsAt(13e9, 0.9)).toEqual(slotsAt(13e9, 0.6)))
  test('bring the next one from the middle on', () => {
    expect(slotsAt(1e9, 1)).toHaveLength(1)
    const [here, next] = slotsAt(3e9, 1)
    expect(next!.from).toBeGreaterThan(here.from)
    expect(next!.from).toBeLessThan(here.to)
  })
})
