import { expect, test } from 'vitest'
import { round } from '../../src/base/round.ts'
import { stream, uniform } from '../../src/base/stream.ts'

test('rounds as Math.round does', () => {
  const random = stream(1, 'round')
  const values = Array.from({ length: 10_000 }, () => (uniform(random) - 0.5) * 1e6)
  for (const x of [...values, 0.5, 1.5, 2.5, -0.5, -1.5, 7, 2 ** 51 + 0.5, 2 ** 52 - 1]) {
    expect(round(x) + 0).toBe(Math.round(x) + 0)
  }
})
