/** What a file can say of caches, and what it is told when that does not go together. */

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/scenario/index.ts'

function read(cache: string, users = 'rate: 1/s') {
  const text = `clients: { users: { ${users} } }\ntiers:\n  cache: { cache: ${cache} }\n  web: {}\n`
  const { scenario, problems } = parse(text, 'a.yaml')
  return {
    tier: scenario?.tiers[0],
    client: scenario?.clients[0],
    problems: problems.map((one) => one.message),
  }
}

describe('a cache of a tier', () => {
  test('is as short as its settings', () => {
    const { tier } = read(
      '{ capacity: 9, keep: 1m, notModified: 10%, writes: update, bypass: 5%, admission: 50% }',
    )
    expect(tier?.cache).toMatchObject({
      ...{ keep: 60e9, notModified: 0.1, writes: { effect: 'update' }, bypass: 0.05, admission: 0.5 },
    })
    expect(Object.keys(read('{ capacity: 9 }').tier!.cache!)).not.toContain('keep')
    const told = read('{ capacity: 9, writes: { delay: 2s } }').tier!.cache!.writes
    expect(told).toEqual({ effect: 'invalidate', delay: { policy: 'constant', params: { value: 2e9 } } })
  })

  test('can be switched off', () => {
    const { tier, problems } = read('none')
    expect([tier?.cache, problems]).toEqual([undefined, []])
  })

  test('leaves hit-for-miss out for hit-for-pass', () => {
    expect(read('{ capacity: 9, rule: varnish }').tier!.cache).toMatchObject({ hitForMiss: 120e9 })
    const { cache } = read('{ capacity: 9, rule: varnish, hitForPass: 10s }').tier!
    expect(cache).toMatchObject({ hitForMiss: 0, hitForPass: 10e9 })
  })

  test('says all that does not go together at once', () => {
    const { problems } = read(
      '{ capacity: 9, at: sidecar, coalesce: true, grace: 1s, keep: 1s, hitForMiss: 1s, hitForPass: 1s }',
    )
    expect(problems.length).toBe(2)
    for (const name of ['keep', 'hitForPass']) {
      expect(problems.some((message) => message.startsWith(`"${name}"`))).toBe(true)
    }
    expect(read('sometimes').problems[0]).toContain('none')
  })
})

test('a cache of clients has a size and a life, or is off', () => {
  const of = (cache: string) => read('none', `rate: 1/s, cache: ${cache}`)
  expect(of('{ capacity: 64KiB }').client!.cache).toEqual({
    ...{ capacity: 65536, hasSizes: true, ttl: 60e9, latency: 1e6, uncacheable: 0 },
  })
  expect(of('none').client!.cache).toBeUndefined()
  expect(of('{ ttl: 1m }').problems[0]).toContain('capacity')
})
