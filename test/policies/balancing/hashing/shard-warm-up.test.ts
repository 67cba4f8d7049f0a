/** Varnish's shard director: the next backend is kept warm, and one that is well again gets its keys back bit by bit. */

import { expect, test } from 'vitest'
import { varnishShard } from '../../../../src/policies/balancing/varnish-shard.ts'
import type { Params } from '../../../../src/policies/policy.ts'
import { alike, type Driven, drive, onText, place, set } from './driver.ts'

const KEY = onText('a key')
const ROUNDS = 4000

/** The backend that has the key, and the one after it. */
function home(): readonly [number, number] {
  const d = drive(varnishShard, alike(4))
  const first = place(d, KEY)
  set(d, first, false)
  return [first, place(d, KEY)]
}

const [FIRST, NEXT] = home()

function shareOfNext(d: Driven): number {
  let n = 0
  for (let i = 0; i < ROUNDS; i++) {
    const picked = place(d, KEY)
    expect([FIRST, NEXT]).toContain(picked)
    if (picked === NEXT) n++
  }
  return n / ROUNDS
}

const director = (params: Params) => drive(varnishShard, alike(4), params)

test('a share of the requests keeps the next backend warm, while it is healthy', () => {
  const d = director({ warmUp: 0.2 })
  expect(Math.abs(shareOfNext(d) - 0.2)).toBeLessThan(0.03)
  set(d, NEXT, false)
  expect(place(d, KEY)).toBe(FIRST)
})

test('a backend that has become healthy gets its keys back in proportion to the time', () => {
  const d = director({ rampUp: 100 })
  d.pool.now = 1000
  set(d, FIRST, false)
  expect(place(d, KEY)).toBe(NEXT)
  d.pool.now = 2000
  set(d, FIRST, true)
  expect(shareOfNext(d)).toBe(1)
  d.pool.now = 2030
  expect(Math.abs(shareOfNext(d) - 0.7)).toBeLessThan(0.03)
  d.pool.now = 2100
  expect(shareOfNext(d)).toBe(0)
})

test('two that are both new leave the keys where they are, and so does an alternative', () => {
  const start = director({ rampUp: 100, warmUp: 0.5 })
  expect(shareOfNext(start)).toBe(0)
  const other = director({ warmUp: 1, alternative: 1 })
  expect(shareOfNext(other)).toBe(1)
})
