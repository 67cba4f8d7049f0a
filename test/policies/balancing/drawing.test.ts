/** Strategies that draw: their probabilities, by chi-square at 0.1 % with fixed seeds. */

import { describe, expect, test } from 'vitest'
import { random } from '../../../src/policies/balancing/random.ts'
import { twoChoices } from '../../../src/policies/balancing/two-choices.ts'
import { chiSquareOverLimit } from '../statistics.ts'
import { drive, reply, send, set } from './load/driver.ts'

const DRAWS = 20_000

/** How often each replica is picked while the loads stay as they are. */
function picks(d: ReturnType<typeof drive>): number[] {
  const counts = Array.from(d.pool.inFlight, () => 0)
  for (let n = 0; n < DRAWS; n++) {
    const picked = send(d)
    counts[picked]!++
    reply(d, picked)
  }
  return counts
}

function expectShares(counts: readonly number[], shares: readonly number[]): void {
  const possible = shares.map((share, i) => ({ share, count: counts[i]! }))
  for (const { share, count } of possible) if (share === 0) expect(count).toBe(0)
  const likely = possible.filter(({ share }) => share > 0)
  if (likely.length < 2) return
  const excess = chiSquareOverLimit(
    likely.map(({ count }) => count),
    likely.map(({ share }) => share * DRAWS),
    likely.length - 1,
  )
  expect(excess).toBeLessThan(1)
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 0; i < k; i++) ways *= (n - i) / (i + 1)
  return k > n ? 0 : ways
}

describe('random', () => {
  test.each([[[1, 1, 1, 1, 1]], [[5, 1, 1]], [[0.5, 2.5, 7, 1]]])('follows the weights %j', (weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    expectShares(
      picks(drive(random, weights)),
      weights.map((weight) => weight / total),
    )
  })

  test('leaves out who is not ready, and keeps the proportions of the others', () => {
    const d = drive(random, [4, 2, 1, 1])
    set(d, 0, false)
    expectShares(picks(d), [0, 1 / 2, 1 / 4, 1 / 4])
  })
})

describe('two choices', () => {
  // every load in another place, so that no order is favoured
  const loads = [3, 0, 7, 1, 5]
  const byLoad = loads.map((load) => loads.filter((other) => other < load).length)
  const n = loads.length

  function loaded(params: { choices: number; replacement: boolean }, of: readonly number[] = loads) {
    const d = drive(
      twoChoices,
      of.map(() => 1),
      params,
    )
    d.pool.inFlight.set(of)
    return d
  }

  test.each([1, 2, 3, 5])('without replacement, %d of 5: the least loaded of a set', (choices) => {
    // picked when it is among those drawn and everybody else drawn has more
    const shares = byLoad.map((fewer) => choose(n - 1 - fewer, choices - 1) / choose(n, choices))
    expectShares(picks(loaded({ choices, replacement: false })), shares)
  })

  test.each([1, 2, 3])('with replacement, %d of 5: the least loaded of a tuple', (choices) => {
    const atLeast = (fewer: number) => ((n - fewer) / n) ** choices
    const shares = byLoad.map((fewer) => atLeast(fewer) - atLeast(fewer + 1))
    expectShares(picks(loaded({ choices, replacement: true })), shares)
  })

  test.each([true, false])('takes equals evenly (with replacement: %s)', (replacement) => {
    expectShares(picks(loaded({ choices: 2, replacement }, [2, 2, 2, 2])), [0.25, 0.25, 0.25, 0.25])
  })

  test.each([3, 4, 9])('takes equals evenly when %d are compared', (choices) => {
    expectShares(picks(loaded({ choices, replacement: false }, [2, 2, 2, 2])), [0.25, 0.25, 0.25, 0.25])
    expectShares(picks(loaded({ choices, replacement: false }, [2, 2, 5, 7])), [0.5, 0.5, 0, 0])
  })

  test('never takes the more loaded of two, whatever the order', () => {
    for (const pair of [
      [5, 3],
      [3, 5],
    ]) {
      const d = loaded({ choices: 2, replacement: false }, pair)
      expect(picks(d)[pair.indexOf(3)]).toBe(DRAWS)
    }
  })

  test('counts load by weight', () => {
    const d = drive(twoChoices, [1, 4], { choices: 2, replacement: false })
    d.pool.inFlight.set([2, 6])
    expect(picks(d)).toEqual([0, DRAWS])
    d.pool.inFlight.set([1, 6])
    expect(picks(d)).toEqual([DRAWS, 0])
  })

  test('draws only among the ready', () => {
    const d = loaded({ choices: 2, replacement: false })
    set(d, 1, false)
    set(d, 4, false)
    // loads 3, 7 and 1 are left
    expectShares(picks(d), [1 / 3, 0, 0, 2 / 3, 0])
  })
})
