import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/base/stream.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { adaptiveLimits } from '../../../src/policies/resilience/limits/index.ts'
import { LIMIT } from '../../../src/policies/resilience/limits/limit.ts'

function standard(name: string): Params {
  const { params } = adaptiveLimits.get(name)
  return Object.fromEntries(Object.entries(params).map(([key, { default: value }]) => [key, value]))
}

/** A server with room for 30 at once: beyond, each request takes longer in proportion. */
function settled(name: string, capacity: number, answers: number): number {
  const rule = adaptiveLimits.get(name)
  const params = standard(name)
  const memory = rule.remember(params)
  const random = stream(1, name)
  for (let i = 0; i < answers; i++) {
    const underWay = Math.floor(memory[LIMIT]!)
    const took = Math.round(1e7 * Math.max(1, underWay / capacity))
    rule.ended(params, memory, took, underWay, false, random)
  }
  return memory[LIMIT]!
}

describe.each(adaptiveLimits.names)('%s', (name) => {
  const rule = adaptiveLimits.get(name)
  const params = standard(name)

  test('begins where it is told, and stays within its bounds', () => {
    const memory = rule.remember(params)
    const random = stream(2, name)
    expect(memory[LIMIT]).toBe(20)
    for (let i = 0; i < 3000; i++) rule.ended(params, memory, 1e10, 500, true, random)
    expect(memory[LIMIT]).toBeGreaterThanOrEqual(1)
    // Gradient knows latencies only, and these are all the same.
    if (name !== 'gradient') expect(memory[LIMIT]).toBeLessThan(20)
    for (let i = 0; i < 30_000; i++) rule.ended(params, memory, 1000, 500, false, random)
    expect(memory[LIMIT]).toBe(200)
  })

  test('does not grow while it is not used', () => {
    const memory = rule.remember(params)
    const random = stream(3, name)
    for (let i = 0; i < 100; i++) rule.ended(params, memory, 1000, 2, false, random)
    expect(memory[LIMIT]).toBeLessThanOrEqual(20)
  })

  test('refuses bounds that cross', () => {
    expect(rule.check?.({ ...params, least: 5, most: 4 })).toHaveLength(1)
  })
})

test('Vegas finds the place where a queue begins, and loses it when it probes under load', () => {
  expect(settled('vegas', 30, 400)).toBeGreaterThan(28)
  expect(settled('vegas', 30, 400)).toBeLessThan(45)
  expect(settled('vegas', 30, 20_000)).toBeGreaterThan(90)
})

test('additive increase, multiplicative decrease: by hand', () => {
  const rule = adaptiveLimits.get('aimd')
  const params = standard('aimd')
  const memory = rule.remember(params)
  const random = stream(1, 'aimd')
  rule.ended(params, memory, 1000, 10, false, random)
  expect(memory[LIMIT], 'half is in use').toBe(21)
  rule.ended(params, memory, 1000, 10, false, random)
  expect(memory[LIMIT], 'less than half').toBe(21)
  rule.ended(params, memory, 1000, 21, true, random)
  expect(memory[LIMIT]).toBe(18)
  rule.ended(params, memory, 6e9, 18, false, random)
  expect(memory[LIMIT], 'too slow').toBe(16)
})

test('gradient: by hand', () => {
  const rule = adaptiveLimits.get('gradient')
  const params = standard('gradient')
  const memory = rule.remember(params)
  const random = stream(1, 'gradient')
  rule.ended(params, memory, 1000, 20, false, random)
  expect(memory[LIMIT]).toBeCloseTo(20 + 0.2 * 4, 12)
  rule.ended(params, memory, 4000, 20, false, random)
  // The average of both is 2500: 1.5 times that over 4000 is 0.9375.
  expect(memory[LIMIT]).toBeCloseTo(0.8 * 20.8 + 0.2 * (20.8 * 0.9375 + 4), 12)
})
