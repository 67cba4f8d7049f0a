import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../src/base/stream.ts'
import { roundRobin } from '../../../src/policies/balancing/round-robin.ts'
import { drive, send, set } from './load/driver.ts'
import { recording, serversOf } from './load/recordings.ts'

describe('nginx_wrr_sequences', () => {
  const { config, input, observed } = recording('nginx_wrr_sequences')
  test.each(input.map((recorded, k) => [recorded.upstream!, k] as const))('%s is picked alike', (name, k) => {
    const servers = serversOf(config, name)
    const d = drive(
      roundRobin,
      servers.map(({ weight }) => weight),
    )
    expect(Array.from({ length: input[k]!.requests! }, () => servers[send(d)]!.name)).toEqual(observed[k])
  })
})

test('a server that is down from the start is passed over as nginx does', () => {
  const { config, input, observed } = recording('nginx_wrr_down_backup')
  const servers = serversOf(config, input[0]!.upstream!)
  const d = drive(
    roundRobin,
    servers.map(({ weight }) => weight),
  )
  set(d, 1, false)
  const tried = (observed[0] as { tried: string[] }[]).map((request) => request.tried[0])
  expect(tried.map(() => servers[send(d)]!.name)).toEqual(tried)
})

/** The algorithm in nginx's own words: everybody gains, the first with the most wins and pays for all. */
class Plain {
  readonly weights: readonly number[]
  readonly current: number[]
  constructor(weights: readonly number[]) {
    this.weights = weights
    this.current = weights.map(() => 0)
  }
  pick(isReady: ArrayLike<number>): number {
    let best = -1
    let total = 0
    for (const [i, weight] of this.weights.entries()) {
      if (isReady[i] !== 1) continue
      this.current[i]! += weight
      total += weight
      if (best < 0 || this.current[i]! > this.current[best]!) best = i
    }
    this.current[best]! -= total
    return best
  }
}

test('picks as the plain algorithm does, step by step, while replicas come and go', () => {
  const random = stream(1, 'round-robin')
  for (let n = 0; n < 200; n++) {
    const size = 1 + below(random, 12)
    const weights = Array.from({ length: size }, () => 1 + below(random, 1 + (n % 10)))
    const d = drive(roundRobin, weights)
    const plain = new Plain(weights)
    for (let k = 0; k < 400; k++) {
      const i = below(random, size)
      if (below(random, 12) === 0 && (d.pool.isReady[i] === 0 || d.pool.readyCount > 1)) {
        set(d, i, d.pool.isReady[i] === 0)
      }
      const expected = plain.pick(d.pool.isReady)
      const picked = send(d)
      if (picked !== expected) expect.fail(`weights ${weights}, pick ${k}: ${picked}, not ${expected}`)
    }
  }
})

test('over as many turns as the weights sum up to, each replica gets exactly its weight', () => {
  const weights = [7, 1, 4, 4, 2]
  const d = drive(roundRobin, weights)
  for (let round = 0; round < 5; round++) {
    const counts = weights.map(() => 0)
    for (let turn = 0; turn < 18; turn++) counts[send(d)]!++
    expect(counts).toEqual(weights)
  }
})

test('at every moment each replica is less than one turn per rival from its share', () => {
  const random = stream(2, 'round-robin')
  for (let n = 0; n < 100; n++) {
    const weights = Array.from({ length: 2 + below(random, 8) }, () => 1 + below(random, 20))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const d = drive(roundRobin, weights)
    const counts = weights.map(() => 0)
    let most = 0
    for (let turn = 1; turn <= 300; turn++) {
      counts[send(d)]!++
      const excess = counts.map((count, i) => Math.abs(count - (turn * weights[i]!) / total))
      most = Math.max(most, ...excess.map((turns) => turns / (weights.length - 1)))
    }
    expect(most).toBeLessThan(1)
  }
})

test('a new weight counts from then on', () => {
  const d = drive(roundRobin, [1, 1])
  for (let turn = 0; turn < 10; turn++) send(d)
  set(d, 0, true, 3)
  const counts = [0, 0]
  for (let turn = 0; turn < 40; turn++) counts[send(d)]!++
  expect(Math.abs(counts[0]! - 30)).toBeLessThanOrEqual(1)
})
