import { describe, expect, test } from 'vitest'
import { hash } from '../../../../src/policies/balancing/hash.ts'
import { ipHash } from '../../../../src/policies/balancing/ip-hash.ts'
import { ketama } from '../../../../src/policies/balancing/ketama.ts'
import { type Driven, drive, onAddress, onText, pick, set } from './driver.ts'
import { keysOf, recording, upstream } from './recordings.ts'

describe.each(['nginx_ip_hash', 'nginx_hash_uri', 'nginx_hash_consistent'])('%s', (name) => {
  const { config, input, observed } = recording(name)
  const field = input[0].keys ? 'keys' : 'client_ips'

  test.each(input.map((recorded, i) => [recorded.upstream, i] as const))('%s is reproduced', (called, i) => {
    const d = upstream(config, called)
    const asked = field === 'keys' ? onText : onAddress
    const picks = keysOf(name, i, field).map((key) => nginxNumber(d, pick(d, asked(key))))
    expect(picks).toEqual(observed[i])
  })
})

/** Cases call 127.0.0.1:19004 number 4, also where number 3 has been left out. */
function nginxNumber(d: Driven, replica: number): number {
  return Number(/:19(\d+)$/.exec(d.pool.names[replica]!)![1])
}

describe('nginx_hash_failover', () => {
  const { config, input, observed } = recording('nginx_hash_failover')

  test.each(input.map((recorded, i) => [recorded.method, i] as const))(
    '%s: the replica that takes over is reproduced',
    (_method, i) => {
      const d = upstream(config, input[i].upstream)
      const refuses = input[i].refuses - 1
      const picks = input[i].keys.map((key: string) => {
        const asked = d.strategy === ipHash ? onAddress(key) : onText(key)
        const owner = pick(d, asked)
        if (owner !== refuses) return [owner + 1]
        set(d, refuses, false)
        const heir = pick(d, asked)
        set(d, refuses, true)
        return [owner + 1, heir + 1]
      })
      expect(picks).toEqual(observed[i])
    },
  )
})

test.each([hash, ketama])('$name takes turns for requests without a key', (strategy) => {
  const d = drive(strategy, [
    { name: 'a:1', weight: 5 },
    { name: 'b:1', weight: 1 },
    { name: 'c:1', weight: 1 },
  ])
  expect(Array.from({ length: 7 }, () => pick(d, onText('')))).toEqual([0, 0, 1, 0, 2, 0, 0])
})

test.each([ipHash, hash, ketama])('$name takes turns when twenty more hashes find none ready', (strategy) => {
  const d = drive(
    strategy,
    [
      { name: 'a:1', weight: 1 },
      { name: 'b:1', weight: 1e6 },
      { name: 'c:1', weight: 1 },
    ].map((server) => (strategy === ketama ? { ...server, weight: Math.min(server.weight, 2000) } : server)),
  )
  set(d, 1, false)
  expect([1, 2, 3, 4].map(() => pick(d, onText('/some')))).toEqual([0, 2, 0, 2])
})
