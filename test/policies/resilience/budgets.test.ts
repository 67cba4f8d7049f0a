import { expect, test } from 'vitest'
import { budgets } from '../../../src/policies/resilience/budgets/index.ts'

test("Envoy's share of active requests, and always a few", () => {
  const budget = budgets.get('share')
  const params = { share: 0.2, least: 3 }
  const memory = budget.remember(params)
  for (let i = 0; i < 10; i++) budget.begun(params, memory, 0)
  expect([1, 2, 3, 4].map(() => budget.spend(params, memory, 0))).toEqual([true, true, true, false])
  for (let i = 0; i < 15; i++) budget.begun(params, memory, 0)
  expect(
    [1, 2, 3].map(() => budget.spend(params, memory, 0)),
    '20 % of 25',
  ).toEqual([true, true, false])
  budget.tried(params, memory, true, -1)
  expect(budget.spend(params, memory, 0), 'one has ended').toBe(true)
  for (let i = 0; i < 25; i++) budget.ended(params, memory)
  for (let i = 0; i < 5; i++) budget.tried(params, memory, true, 1)
  expect([...memory]).toEqual([0, 0])
})

test("gRPC's tokens: failures take them, half must be left", () => {
  const budget = budgets.get('tokens')
  const params = { most: 10, ratio: 0.5 }
  const memory = budget.remember(params)
  for (let i = 0; i < 4; i++) budget.tried(params, memory, false, -1)
  expect(budget.spend(params, memory, 0), '6 are left').toBe(true)
  budget.tried(params, memory, true, -1)
  expect(budget.spend(params, memory, 0), '5 are left').toBe(false)
  budget.tried(params, memory, false, 0)
  expect(budget.spend(params, memory, 0), 'neither').toBe(false)
  budget.tried(params, memory, false, 1)
  expect(budget.spend(params, memory, 0), '5.5 are left').toBe(true)
  for (let i = 0; i < 100; i++) budget.tried(params, memory, false, 1)
  expect(memory[0]).toBe(10)
  for (let i = 0; i < 100; i++) budget.tried(params, memory, false, -1)
  expect(memory[0]).toBe(0)
})

test('a tenth of the requests, and the reserve, is the most in the long run', () => {
  const budget = budgets.get('ratio')
  const params = { share: 0.1, reserve: 5 }
  const memory = budget.remember(params)
  let further = 0
  for (let request = 0; request < 10_000; request++) {
    budget.begun(params, memory, 0)
    while (budget.spend(params, memory, 0)) further++
  }
  expect(further).toBe(1000 + 5 - 1) // what the first requests earn is lost: the bucket is full
})
