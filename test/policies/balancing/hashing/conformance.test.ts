/** What every hashing strategy promises, under keys, failures and changes of weight by chance. */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { copyTree, restoreTree } from '../../../../src/engine/tree.ts'
import type { Asked } from '../../../../src/policies/balancing/strategy.ts'
import { alike, type Driven, drive, explained, onKey, onText, place, reply, send, set } from './driver.ts'
import { cases } from './strategies.ts'

const weights = [3, 1, 2, 1, 5, 0.5, 1]
const servers = weights.map((weight, i) => ({ name: `10.0.0.${i}:80`, weight }))

function someone(chance: Float64Array): Asked {
  const key = below(chance, 1000)
  const text = below(chance, 2) === 0 ? `/item/${key}` : undefined
  return { key, text, address: below(chance, 2 ** 32) }
}

/** One thing that happens by chance: a request, a reply, a replica that goes or comes, a change of weight. */
function happen(d: Driven, chance: Float64Array): number | undefined {
  const { pool } = d
  const what = below(chance, 20)
  const i = below(chance, pool.size)
  const asked = someone(chance)
  if (what < 11) return send(d, asked)
  if (what < 16) {
    if (pool.inFlight[i]! > 0) reply(d, i)
  } else if (what < 19) set(d, i, pool.isReady[i] === 0)
  else set(d, i, pool.isReady[i] === 1, weights[below(chance, weights.length)])
  return undefined
}

describe.each(cases.map((one) => [one.title, one] as const))('%s', (_title, { strategy, params }) => {
  test('never picks a replica that is not ready, and always one when any is', () => {
    const d = drive(strategy, servers, params)
    const chance = stream(11, 'chance')
    for (let n = 0; n < 1_000; n++) {
      const { isReady, readyCount } = { isReady: d.pool.isReady.slice(), readyCount: d.pool.readyCount }
      const picked = happen(d, chance)
      if (picked === undefined) continue
      if (readyCount === 0) expect(picked).toBe(-1)
      else expect(isReady[picked]).toBe(1)
    }
  })

  test('goes on alike from a copy of its memory, and from one that is put back', () => {
    const live = drive(strategy, servers, params)
    const chance = stream(12, 'chance')
    for (let n = 0; n < 300; n++) happen(live, chance)
    const saved = copyTree({ pool: live.pool, memory: live.memory, random: live.random, chance })
    const goOn = (d: Driven, from: Float64Array) => Array.from({ length: 300 }, () => happen(d, from))
    const again = copyTree(saved)
    const picks = goOn(live, chance)
    expect(goOn({ strategy, ...again }, again.chance)).toEqual(picks)
    restoreTree(live, saved)
    expect(goOn(live, copyTree(saved.chance))).toEqual(picks)
  })

  test('gives the same key to the same replica, and picks whom explain puts first', () => {
    const d = drive(strategy, servers, params)
    const chance = stream(13, 'chance')
    for (let n = 0; n < 200; n++) {
      if (n % 10 === 0) set(d, (n / 10) % 7, false)
      if (n % 10 === 5) set(d, Math.floor(n / 10) % 7, true)
      const asked = someone(chance)
      const expected = explained(d, asked)
      expect(place(d, asked)).toBe(expected)
      expect(place(d, asked)).toBe(expected)
    }
  })

  test('explains every ready replica and no other, and changes nothing by it', () => {
    const d = drive(strategy, servers, params)
    const chance = stream(14, 'chance')
    for (let n = 0; n < 100; n++) {
      happen(d, chance)
      const before = copyTree(d.memory)
      const listed = strategy.explain(d.pool, someone(chance), d.memory).map(({ replica }) => replica)
      expect(listed.sort((a, b) => a - b)).toEqual([...d.pool.ready.subarray(0, d.pool.readyCount)])
      expect(d.memory).toEqual(before)
    }
  })

  test('works alike for one replica, for equal names and from a pool that is already in use', () => {
    const one = drive(strategy, alike(1), params)
    expect(place(one, onKey(5))).toBe(0)
    set(one, 0, false)
    expect(place(one, onKey(5))).toBe(-1)
    const twins = drive(strategy, [...alike(2), ...alike(2)], params)
    for (let key = 0; key < 50; key++) expect(place(twins, onKey(key))).toBeGreaterThanOrEqual(0)
    const used = drive(strategy, servers, params)
    used.pool.inFlight.set([1, 2, 0, 4, 1, 0, 3])
    set(used, 2, false)
    const { params: spec } = strategy
    const chosen = Object.fromEntries(Object.entries(spec).map(([name, param]) => [name, param.default]))
    used.memory = strategy.remember({ ...chosen, ...params }, used.pool)
    for (let key = 0; key < 50; key++) expect(send(used, onText(`/${key}`))).not.toBe(2)
  })

  test('places a thousand replicas, and most get something', () => {
    const d = drive(strategy, alike(1_000), params)
    const used = new Set<number>()
    const chance = stream(15, 'chance')
    for (let n = 0; n < 3_000; n++) used.add(place(d, { ...someone(chance), text: `/${n}` }))
    expect(used.size).toBeGreaterThan(550)
  })
})
