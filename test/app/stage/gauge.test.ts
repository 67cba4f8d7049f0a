import { expect, test } from 'vitest'
import { gaugeOf, MOST_TICKS } from '../../../src/app/stage/gauge.ts'

const SIZES = [
  ['card', 200, 72],
  ['card', 150, 118],
  ['card', 132, 86],
  ['card', 300, 104],
  ['line', 112, 26],
  ['line', 140, 30],
  ['line', 280, 40],
] as const

test('slots can be counted up to 16 and never leave their replica or touch the queue', () => {
  for (const [form, w, h] of SIZES) {
    for (let concurrency = 1; concurrency <= 16; concurrency++) {
      const gauge = gaugeOf(form, w, h, concurrency)
      expect(gauge.slots).toHaveLength(concurrency)
      expect(new Set(gauge.slots.map(({ x, y }) => `${x} ${y}`)).size).toBe(concurrency)
      for (const { x, y } of gauge.slots) {
        expect(x >= gauge.queueX || y >= gauge.queueY + gauge.tickH, `${form} ${w} x ${h}`).toBe(true)
        expect(y).toBeGreaterThan(0)
        expect(x + gauge.slotW).toBeLessThan(w)
        expect(y + gauge.slotH).toBeLessThan(h)
      }
      expect(gauge.queueX - gauge.mostTicks * gauge.pitch).toBeGreaterThan(0)
      expect(gauge.mostTicks).toBeLessThanOrEqual(MOST_TICKS)
    }
  }
})

test('17 slots and more are a bar', () => {
  const gauge = gaugeOf('card', 300, 104, 17)
  expect(gauge.isBar).toBe(true)
  expect(gauge.slots).toHaveLength(1)
})

test('a card has room to count a queue', () => {
  expect(gaugeOf('card', 300, 104, 8).mostTicks).toBeGreaterThanOrEqual(15)
  expect(gaugeOf('card', 300, 104, 1).mostTicks).toBe(MOST_TICKS)
})
