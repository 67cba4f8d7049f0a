import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/base/time.ts'
import { chooseFor, isNews } from '../../../src/policies/upstream/affinity.ts'
import { NOBODY, replied, sent } from '../../../src/policies/upstream/choose.ts'
import { NIL } from '../../../src/policies/upstream/line.ts'
import { letIn, takeOut } from '../../../src/policies/upstream/membership.ts'
import { DOWN, DRAINING, MAINTENANCE } from '../../../src/policies/upstream/standing.ts'
import { findStuck, stick, stickTable } from '../../../src/policies/upstream/stick-table.ts'
import type { Upstream } from '../../../src/policies/upstream/upstream.ts'
import { asked, open } from './build.ts'

const haproxy = { onFailure: 'rebalance', afterRecovery: 'stay' } as const

/** Clients by name, each with the cookie it was last given; `s1` is replica 0. */
function browsers(u: Upstream, rules: Parameters<typeof isNews>[0] = haproxy) {
  const jar = new Map<string, number>()
  /** Which replica answers, with a `*` when it sets a cookie; `503` when nobody does. */
  return (client: string, carries = jar.get(client) ?? NIL): string => {
    const replica = chooseFor(rules, u, asked, 0, carries)
    if (replica < 0) return '503'
    sent(u, replica)
    replied(u, replica, 0, false, 0)
    if (!isNews(rules, carries, replica)) return `s${replica + 1}`
    jar.set(client, replica)
    return `s${replica + 1}*`
  }
}

describe('an inserted cookie', () => {
  test('is set once, and honoured ever after', () => {
    const ask = browsers(open([{}, {}, {}]))
    expect(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'd', 'a', 'd'].map((name) => ask(name))).toEqual([
      's1*',
      's2*',
      's3*',
      's1',
      's2',
      's3',
      's1',
      's1*',
      's1',
      's1',
    ])
  })

  test('is honoured while its replica drains, and gets a new one in maintenance', () => {
    const u = open([{}, {}, {}])
    const ask = browsers(u)
    for (const name of ['a', 'b', 'c']) ask(name)
    takeOut(u, 0, DRAINING)
    expect(['a', 'a', 'n1', 'n2', 'n3'].map((name) => ask(name))).toEqual(['s1', 's1', 's2*', 's3*', 's2*'])
    takeOut(u, 0, MAINTENANCE)
    expect(['a', 'a'].map((name) => ask(name))).toEqual(['s3*', 's3'])
    letIn(u, 0, MAINTENANCE | DRAINING, 0)
    expect(ask('a'), 'it stays where it went').toBe('s3')
  })

  test('that names nobody is as none', () => {
    const ask = browsers(open([{}, {}]))
    expect([ask('x', NIL), ask('x', 1), ask('x', 1), ask('x', 0), ask('x', NIL)]).toEqual([
      's1*',
      's2',
      's2',
      's1',
      's2*',
    ])
  })

  test('of a backup is honoured while the primaries are up', () => {
    const u = open([{}, {}, { priority: 1 }])
    const ask = browsers(u)
    expect([ask('a', 2), ask('a', 2), ask('b'), ask('c')]).toEqual(['s3', 's3', 's1*', 's2*'])
    takeOut(u, 0, DOWN)
    takeOut(u, 1, DOWN)
    expect([ask('b'), ask('c')]).toEqual(['s3*', 's3*'])
    letIn(u, 0, DOWN, 0)
    letIn(u, 1, DOWN, 0)
    expect([ask('b'), ask('c'), ask('d')]).toEqual(['s3', 's3', 's1*'])
  })

  test('can lead back after recovery, or fail meanwhile', () => {
    const u = open([{}, {}])
    const returning = browsers(u, { onFailure: 'rebalance', afterRecovery: 'return' })
    expect([returning('a'), returning('b')]).toEqual(['s1*', 's2*'])
    const breaking = { onFailure: 'break', afterRecovery: 'stay' } as const
    takeOut(u, 0, DOWN)
    expect(chooseFor(breaking, u, asked, 0, 0)).toBe(NOBODY)
    expect(chooseFor(breaking, u, asked, 0, NIL)).toBe(1)
    expect(returning('a')).toBe('s2')
    letIn(u, 0, DOWN, 0)
    expect(returning('a')).toBe('s1')
    expect(chooseFor(breaking, u, asked, 0, 0)).toBe(0)
  })

  test('holds to a full replica: its client waits for it', () => {
    const u = open([{ maxConnections: 1 }, { maxConnections: 1 }], { line: 5 })
    sent(u, 0)
    expect(chooseFor(haproxy, u, asked, 0, 0)).toBeLessThan(NOBODY)
    expect(chooseFor(haproxy, u, asked, 0, NIL)).toBe(1)
  })
})

describe('a stick table', () => {
  /** One request of a key at a time. */
  function sticking(u: Upstream, expiry: number, size = 0) {
    const table = stickTable({ expiry, size })
    return (key: number, now: number) => {
      const known = findStuck(table, key, now)
      const replica = chooseFor(haproxy, u, asked, now, known)
      sent(u, replica)
      replied(u, replica, 0, false, now)
      if (isNews(haproxy, known, replica)) stick(table, key, replica, now)
      return replica + 1
    }
  }

  test('forgets an entry some time after its last use', () => {
    const ask = sticking(open([{}, {}, {}]), 2 * SECOND)
    const [a, b, c, d] = [1, 2, 3, 4] as const
    expect([a, b, c, a, b, c, d, a].map((key) => ask(key, 0))).toEqual([1, 2, 3, 1, 2, 3, 1, 1])
    expect(ask(a, 1.2 * SECOND)).toBe(1)
    expect([a, b].map((key) => ask(key, 2.4 * SECOND))).toEqual([1, 2])
    expect([a, b].map((key) => ask(key, 4.8 * SECOND))).toEqual([3, 1])
  })

  test('moves the clients of a replica in maintenance, and leaves them there', () => {
    const u = open([{}, {}, {}])
    const ask = sticking(u, 60 * SECOND)
    expect([1, 2, 3].map((key) => ask(key, 0))).toEqual([1, 2, 3])
    takeOut(u, 0, MAINTENANCE)
    expect([1, 1, 2, 3].map((key) => ask(key, 1))).toEqual([2, 2, 2, 3])
    letIn(u, 0, MAINTENANCE, 2)
    expect([1, 1, 2, 3, 4].map((key) => ask(key, 2))).toEqual([2, 2, 2, 3, 3])
  })

  test('drops whoever was unused for longest when it is full', () => {
    const table = stickTable({ expiry: 0, size: 2 })
    stick(table, 1, 0, 0)
    stick(table, 2, 1, 1)
    expect(findStuck(table, 1, 2)).toBe(0)
    stick(table, 3, 2, 3)
    expect([1, 2, 3].map((key) => findStuck(table, key, 4))).toEqual([0, NIL, 2])
    expect(table.rows.size).toBe(2)
  })

  test('keeps millions of uses in as many rows as there are keys', () => {
    const table = stickTable({ expiry: 10, size: 0 })
    for (let i = 0; i < 100_000; i++) stick(table, i, i & 3, i)
    expect(table.rows.size).toBe(10)
    expect(table.rows.used).toBeLessThan(20)
  })
})
