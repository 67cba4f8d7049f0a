/** Draws as nginx and HAProxy make them: the recorded counts by chi-square at 0.1 %, with fixed seeds. */

import { describe, expect, test } from 'vitest'
import { random } from '../../../src/policies/balancing/random.ts'
import type { Strategy } from '../../../src/policies/balancing/strategy.ts'
import { twoChoices } from '../../../src/policies/balancing/two-choices.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { chiSquareOverLimit } from '../statistics.ts'
import { type Driven, drive, reply, send, set } from './load/driver.ts'
import { recording } from './load/recordings.ts'

interface Case {
  readonly name: string
  readonly weights: readonly number[]
  readonly words: string
  readonly idle: readonly number[]
  readonly rounds: readonly number[]
  readonly perRound: number
  readonly sequential: number
}

function casesOf(file: string): Case[] {
  const { input, observed } = recording(file) as any
  return input.map((one: any, k: number) => ({
    name: `${file} ${one.upstream ?? one.listen}`,
    weights: one.weights,
    words: one.method ?? one.balance,
    idle: Object.values(observed[k].idle_counts),
    rounds: observed[k].max_open_on_one_server_per_round,
    perRound: observed[k].held_per_round,
    sequential: one.sequential_requests,
  }))
}

/** What the configuration's words mean. */
function meant(file: string, words: string): [Strategy<any>, Params] {
  if (file === 'nginx_random') return [/two/.test(words) ? twoChoices : random, { rule: 'nginx' }]
  const choices = Number(/\((\d+)\)/.exec(words)?.[1] ?? 2)
  return choices === 1
    ? [random, { rule: 'haproxy' }]
    : [twoChoices, { rule: 'haproxy', choices, replacement: false }]
}

function idleShares(d: Driven, draws: number): number[] {
  const counts = Array.from(d.pool.weight, () => 0)
  for (let n = 0; n < draws; n++) {
    const picked = send(d)
    counts[picked]!++
    reply(d, picked)
  }
  return counts.map((count) => count / draws)
}

/** The most requests at one replica, when so many are sent and held. */
function mostHeld(d: Driven, requests: number): number {
  const picked = Array.from({ length: requests }, () => send(d))
  const most = Math.max(...d.pool.inFlight)
  for (const replica of picked) reply(d, replica)
  return most
}

describe.each(['nginx_random', 'haproxy_random'])('%s', (file) => {
  const cases = casesOf(file)

  test.each(cases)('$name, $words: idle servers are picked as often', (recorded) => {
    const [strategy, params] = meant(file, recorded.words)
    const shares = idleShares(drive(strategy, recorded.weights, params), 200_000)
    const expected = shares.map((share) => share * recorded.sequential)
    expect(chiSquareOverLimit(recorded.idle, expected, recorded.weights.length - 1)).toBeLessThan(1)
  })

  test.each(cases)('$name, $words: held requests pile up as high', (recorded) => {
    const [strategy, params] = meant(file, recorded.words)
    const d = drive(strategy, recorded.weights, params)
    const ours = Array.from({ length: 4000 }, () => mostHeld(d, recorded.perRound))
    const mean = ours.reduce((sum, most) => sum + most, 0) / ours.length
    const variance = ours.reduce((sum, most) => sum + (most - mean) ** 2, 0) / ours.length
    const theirs = recorded.rounds.reduce((sum, most) => sum + most, 0) / recorded.rounds.length
    expect(Math.abs(theirs - mean)).toBeLessThan(3.3 * Math.sqrt(variance / recorded.rounds.length))
  })
})

test('the recordings tell the rules apart: none fits the other', () => {
  for (const [file, rule] of [
    ['nginx_random', 'haproxy'],
    ['haproxy_random', 'nginx'],
  ] as const) {
    const excess = casesOf(file).map((recorded) => {
      const choices = /two|\(2\)|random;?$/.test(recorded.words) ? 2 : 3
      const single = /^random;$|\(1\)/.test(recorded.words)
      const shares = idleShares(
        drive(single ? random : twoChoices, recorded.weights, { rule, choices, replacement: false }),
        50_000,
      )
      const expected = shares.map((share) => share * recorded.sequential)
      return chiSquareOverLimit(recorded.idle, expected, recorded.weights.length - 1)
    })
    expect(Math.max(...excess)).toBeGreaterThan(3)
  }
})

test('of two servers drawn by nginx the second wins when they are level', () => {
  const weights = [3, 1, 1]
  const chance = weights.map((weight) => weight / 5)
  const exact = chance.map((mine, i) =>
    chance.reduce((sum, other, j) => (j === i ? sum : sum + (other * mine) / (1 - other)), 0),
  )
  const draws = 100_000
  const shares = idleShares(drive(twoChoices, weights, { rule: 'nginx' }), draws)
  expect(
    chiSquareOverLimit(
      shares.map((share) => share * draws),
      exact.map((share) => share * draws),
      2,
    ),
  ).toBeLessThan(1)
})

test.each([random, twoChoices])('$name by the rule of nginx takes turns after 20 vain draws', (strategy) => {
  const d = drive(strategy, [1e9, 1, 1, 1], { rule: 'nginx' })
  set(d, 0, false)
  expect(Array.from({ length: 6 }, () => send(d))).toEqual([1, 2, 3, 1, 2, 3])
})

test.each([
  [random, 'nginx'],
  [random, 'haproxy'],
  [twoChoices, 'nginx'],
  [twoChoices, 'haproxy'],
] as const)('$0.name by the rule of %s draws only among the ready', (strategy, rule) => {
  const d = drive(strategy, [2, 1, 3, 1], { rule, choices: 2 })
  set(d, 2, false)
  const shares = idleShares(d, 2000)
  expect(shares[2]).toBe(0)
  expect(Math.min(shares[0]!, shares[1]!, shares[3]!)).toBeGreaterThan(0.05)
  for (let i = 0; i < 4; i++) set(d, i, false)
  expect(send(d)).toBe(-1)
  set(d, 2, true)
  expect(send(d)).toBe(2)
})
