import { describe, expect, test } from 'vitest'
import { erlangC, meanOfMg1, meanOfMg1Ps, meanOfMmc, tailOfMmc } from '../../src/measure/theory/queues.ts'

describe('M/M/c against values of the textbooks', () => {
  test.each([
    [1, 0.8, 0.8, 5, 23.02585093],
    [2, 1.6, 0.7111111111, 2.777777778, 11.93737024],
    [4, 3.6, 0.7877532643, 2.969383161, 12.19316744],
    [10, 8, 0.4091801508, 1.204590075, 4.946111328],
    [50, 45, 0.3638644672, 1.072772893, 4.692233835],
  ])('%d servers, load %d', (servers, load, waits, mean, p99) => {
    expect(erlangC(servers, load)).toBeCloseTo(waits, 9)
    expect(meanOfMmc(load, 1, servers)).toBeCloseTo(mean, 8)
    expect(tailOfMmc(load, 1, servers, p99)).toBeCloseTo(0.01, 9)
  })

  test('the tail integrates to the mean, also where the two rates are equal', () => {
    for (const load of [0.4, 1, 1.7]) {
      let sum = 0
      for (let i = 0; i < 40_000; i++) sum += tailOfMmc(load, 1, 2, (i + 0.5) * 0.002) * 0.002
      expect(sum).toBeCloseTo(meanOfMmc(load, 1, 2), 4)
    }
  })

  test('a queue that grows for ever has neither mean nor tail', () => {
    expect([meanOfMmc(2, 1, 2), tailOfMmc(2, 1, 2, 1e6), erlangC(2, 3)]).toEqual([
      Number.POSITIVE_INFINITY,
      1,
      1,
    ])
  })
})

describe('M/G/1', () => {
  test('first come, first served, by mean and variance of the service', () => {
    expect(meanOfMg1(0.9, 1, 0)).toBeCloseTo(5.5, 9)
    expect(meanOfMg1(0.8, 1, 4)).toBeCloseTo(11, 9)
    expect(meanOfMg1(0.8, 1, 1)).toBeCloseTo(meanOfMmc(0.8, 1, 1), 9)
  })
  test('under processor sharing, by the mean alone', () => {
    expect(meanOfMg1Ps(0.8, 1)).toBeCloseTo(5, 9)
    expect(meanOfMg1Ps(1, 1)).toBe(Number.POSITIVE_INFINITY)
  })
})
