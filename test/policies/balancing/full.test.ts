/** What becomes of full replicas under HAProxy's strategies, through the upstream that calls them. */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../src/base/stream.ts'
import { staticRr } from '../../../src/policies/balancing/static-rr.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { choose, NOBODY, replied, sent, WAIT, WAIT_FOR } from '../../../src/policies/upstream/choose.ts'
import { takeOut } from '../../../src/policies/upstream/membership.ts'
import { DOWN } from '../../../src/policies/upstream/standing.ts'
import type { Upstream } from '../../../src/policies/upstream/upstream.ts'
import { open } from '../../../src/run/verify/proxies/driven.ts'
import { open as openWith } from '../upstream/build.ts'
import { drive, send } from './load/driver.ts'

/** Three replicas of weight 1, with room for so many requests each; who finds none waits. */
function tier(strategy: string, params: Params, room: readonly number[]): Upstream {
  const members = room.map((maxConnections, i) => ({
    name: `s${i + 1}`,
    weight: 1,
    priority: 0,
    maxConnections,
  }))
  return open({ choice: { strategy, params }, members, levels: 'strict', waits: true })
}

const ask = (u: Upstream, key: number) => choose(u, { key, text: undefined, address: 256 * key }, 0)

describe.each([
  ['hash', { rule: 'haproxy' }],
  ['hash', { rule: 'haproxy', on: 'address' }],
  ['haproxy-consistent', {}],
  ['bounded-load', { factor: 65_535 }],
])('%s %j', (strategy, params) => {
  test('lets a request wait for its own replica when that is full, and moves no other key', () => {
    const keys = Array.from({ length: 200 }, (_, key) => key)
    const u = tier(strategy, params, [1, 1, 1])
    const before = keys.map((key) => ask(u, key))
    expect(new Set(before)).toEqual(new Set([0, 1, 2]))
    sent(u, 1)
    const after = keys.map((key) => ask(u, key))
    expect(after).toEqual(before.map((replica) => (replica === 1 ? WAIT_FOR - 1 : replica)))
    replied(u, 1, 1e6, false, 0)
    expect(keys.map((key) => ask(u, key))).toEqual(before)
  })
})

test.each(['haproxy-round-robin', 'static-rr', 'first', 'haproxy-leastconn'])(
  '%s gives each request a free place as long as there is one, then lets it wait for any',
  (strategy) => {
    const random = stream(6, strategy)
    const room = [3, 1, 2]
    const u = tier(strategy, {}, room)
    const held = [0, 0, 0]
    for (let n = 0; n < 2000; n++) {
      const full = held.every((count, i) => count === room[i])
      if (below(random, 2) === 0) {
        const chosen = ask(u, n)
        if (full) expect(chosen).toBe(WAIT)
        else {
          expect(held[chosen]).toBeLessThan(room[chosen]!)
          sent(u, chosen)
          held[chosen]!++
        }
      } else {
        const i = below(random, 3)
        if (held[i] === 0) continue
        replied(u, i, 1e6, false, 0)
        held[i]!--
      }
    }
  },
)

test('a nginx hash goes past a full replica, and back', () => {
  const u = tier('hash', { rule: 'nginx' }, [1, 1, 1])
  const keys = Array.from({ length: 100 }, (_, key) => key)
  const before = keys.map((key) => ask(u, key))
  sent(u, 2)
  const after = keys.map((key) => ask(u, key))
  for (const [key, replica] of after.entries()) {
    if (before[key] === 2) expect([0, 1]).toContain(replica)
    else expect(replica).toBe(before[key])
  }
  replied(u, 2, 1e6, false, 0)
  expect(keys.map((key) => ask(u, key))).toEqual(before)
})

test('random(2) lets a request wait when the better of those drawn is full, though others are free', () => {
  const u = tier('two-choices', { rule: 'haproxy', choices: 1 }, [1, 0, 0])
  sent(u, 0)
  const chosen = Array.from({ length: 300 }, (_, n) => ask(u, n))
  expect(new Set(chosen)).toEqual(new Set([1, 2, WAIT]))
})

test.each([
  [0.5, WAIT],
  [0, NOBODY],
])('with panic below %d, replicas that are down and full give %d', (panic, expected) => {
  const strategy = { policy: 'static-rr', params: {} }
  const u = openWith([{ maxConnections: 1 }, { maxConnections: 1 }], { strategy, panic, line: 10 })
  for (const replica of [0, 1]) {
    sent(u, replica)
    takeOut(u, replica, DOWN)
  }
  expect(ask(u, 1)).toBe(expected)
})

test('static round robin keeps its place while it passes over full replicas', () => {
  const random = stream(7, 'static')
  for (let n = 0; n < 50; n++) {
    const weights = Array.from({ length: 1 + below(random, 6) }, () => 1 + below(random, 4))
    const d = drive(staticRr, weights)
    const map: Int32Array = d.memory.map
    let place = 0
    for (let k = 0; k < 100; k++) {
      d.pool.isFull[below(random, weights.length)] = below(random, 2)
      let expected = -1
      for (let steps = 0; steps < map.length && expected < 0; steps++) {
        const at = (place + steps) % map.length
        if (d.pool.isFull[map[at]!] === 1) continue
        expected = map[at]!
        place = at + 1
      }
      expect(send(d)).toBe(expected)
    }
  }
})
