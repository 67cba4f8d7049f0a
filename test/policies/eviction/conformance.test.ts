/** What every eviction policy of the registry promises, in objects and in bytes, with parameters by default. */

import { describe, expect, test } from 'vitest'
import { findRow, NO_ROW } from '../../../src/base/keyed-rows.ts'
import { below, stream } from '../../../src/base/stream.ts'
import { bytesOf, copyTree, restoreTree } from '../../../src/engine/tree.ts'
import { ask, drop, put } from '../../../src/policies/eviction/cache.ts'
import { type Eviction, sizeOf } from '../../../src/policies/eviction/eviction.ts'
import { evictions } from '../../../src/policies/eviction/index.ts'
import type { Param } from '../../../src/policies/policy.ts'
import { type Driven, drive, gone, held, request } from './driver.ts'

const CAPACITY = 50
const KEYS = 150

/** A key's size in bytes: most small, some large, one larger than the cache. */
const sizeOfKey = (key: number) => (key === 149 ? 60_000 : key % 10 === 0 ? 9000 + key : 100 + 7 * key)

function start(eviction: Eviction, inBytes: boolean): Driven {
  return drive(eviction, inBytes ? 1000 * CAPACITY : CAPACITY, {}, inBytes)
}

/** What happens by chance: mostly a request for some popular key, sometimes a purge. */
function happen(d: Driven, chance: Float64Array): number {
  d.now += below(chance, 1e9)
  const key = Math.min(below(chance, KEYS), below(chance, KEYS))
  if (below(chance, 20) > 0) return request(d, key, sizeOfKey(key)) ? 1 : 0
  const slot = findRow(d.cache.shelf.table, key)
  if (slot !== NO_ROW) drop(d.eviction, d.cache, slot)
  return slot
}

const cases = evictions.all.flatMap((eviction) =>
  [false, true].map((inBytes) => ({
    name: eviction.name,
    unit: inBytes ? 'bytes' : 'objects',
    eviction,
    inBytes,
  })),
)

describe.each(cases)('$name in $unit', ({ eviction, inBytes }) => {
  test('is never over its capacity, and knows what it holds', () => {
    const d = start(eviction, inBytes)
    const chance = stream(1, eviction.name)
    const model = new Map<number, number>()
    let most = 0
    for (let n = 0; n < 5000; n++) {
      d.now += 1e6
      const key = Math.min(below(chance, KEYS), below(chance, KEYS))
      const slot = findRow(d.cache.shelf.table, key)
      expect(slot !== NO_ROW).toBe(model.has(key))
      if (below(chance, 20) === 0 && slot !== NO_ROW) {
        drop(d.eviction, d.cache, slot)
        model.delete(key)
      } else {
        const isHit = request(d, key, sizeOfKey(key))
        expect(isHit).toBe(model.has(key))
        for (const other of gone(d)) {
          expect(model.delete(other), `${other} left and was held`).toBe(true)
        }
        if (findRow(d.cache.shelf.table, key) !== NO_ROW) model.set(key, inBytes ? sizeOfKey(key) : 1)
      }
      const used = [...model.values()].reduce((a, b) => a + b, 0)
      expect(d.cache.shelf.used).toBe(used)
      expect(used).toBeLessThanOrEqual(d.cache.shelf.capacity)
      expect(d.cache.shelf.table.size).toBe(model.size)
      most = Math.max(most, used)
    }
    expect(held(d).toSorted((a, b) => a - b)).toEqual([...model.keys()].toSorted((a, b) => a - b))
    expect(most).toBeGreaterThan(0.95 * d.cache.shelf.capacity)
  })

  test('keeps everything until it is full', () => {
    const d = start(eviction, inBytes)
    for (let key = 0; key < CAPACITY; key++) request(d, key, 1000)
    for (let key = 0; key < CAPACITY; key++) expect(request(d, key, 1000)).toBe(true)
    expect(d.cache.shelf.used).toBe(d.cache.shelf.capacity)
  })

  test('empties to nothing and fills again', () => {
    const d = start(eviction, inBytes)
    const chance = stream(2, eviction.name)
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 500; n++) happen(d, chance)
      const keys = held(d)
      for (const key of keys) {
        const slot = findRow(d.cache.shelf.table, key)
        expect(sizeOf(d.cache.shelf, slot)).toBe(inBytes ? sizeOfKey(key) : 1)
        drop(d.eviction, d.cache, slot)
      }
      expect(d.cache.shelf.used).toBe(0)
      expect(held(d)).toEqual([])
    }
    for (let key = 0; key < CAPACITY; key++) request(d, key, 1000)
    expect(d.cache.shelf.table.size).toBeGreaterThan(0)
  })

  test('decides alike from a copy and after going back', () => {
    const d = start(eviction, inBytes)
    const chance = stream(3, eviction.name)
    for (let n = 0; n < 700; n++) happen(d, chance)
    const saved = copyTree({ cache: d.cache, random: d.random, chance })
    const { now } = d
    const goOn = () => Array.from({ length: 700 }, () => [happen(d, chance), ...gone(d)])
    const first = goOn()
    restoreTree({ cache: d.cache, random: d.random, chance }, saved)
    d.now = now
    expect(goOn()).toEqual(first)
  })

  test('explains every object in words, and changes nothing by it', () => {
    const d = start(eviction, inBytes)
    const chance = stream(4, eviction.name)
    for (let n = 0; n < 700; n++) happen(d, chance)
    const before = copyTree(d.cache)
    for (const key of held(d)) {
      const slot = findRow(d.cache.shelf.table, key)
      expect(eviction.explain(d.cache.shelf, d.cache.memory, slot, d.now)).not.toBe('')
    }
    expect(d.cache).toEqual(before)
  })
})

describe.each(evictions.all.map((eviction) => [eviction.name, eviction] as const))(
  '%s',
  (_name, eviction) => {
    test('works with a capacity of one', () => {
      const d = drive(eviction, 1)
      for (const key of [1, 1, 2, 2, 3, 2, 2, 2, 3]) request(d, key)
      expect(d.cache.shelf.table.size).toBe(1)
    })

    test('turns away what is larger than the cache, and gives nobody up for it', () => {
      const d = drive(eviction, 100, {}, true)
      put(d.eviction, d.cache, 1, 60, 0, d.random)
      expect(put(d.eviction, d.cache, 2, 101, 0, d.random)).toBe(NO_ROW)
      expect(gone(d)).toEqual([])
      expect(ask(d.eviction, d.cache, 1, 0)).not.toBe(NO_ROW)
    })

    test('holds ten thousand objects in less than a megabyte', () => {
      const d = drive(eviction, 10_000)
      const chance = stream(5, eviction.name)
      for (let n = 0; n < 100_000; n++) request(d, below(chance, 20_000))
      expect(d.cache.shelf.table.size).toBe(10_000)
      expect(bytesOf(d.cache)).toBeLessThan(1e6)
    })

    test('says in words what it is, where it is from and what can be set', () => {
      expect(eviction.name).toMatch(/^[a-z0-9][a-z0-9-]*$/)
      expect(eviction.title).toMatch(/^[A-Z0-9]/)
      expect(eviction.summary).toMatch(/^[A-Z].*\.$/)
      expect(eviction.source.length).toBeGreaterThan(5)
      for (const param of Object.values<Param>(eviction.params)) {
        expect(param.title).toMatch(/^[A-Z]/)
        expect(param.summary).toMatch(/^[A-Z].*\.$/)
        expect(param.default).toBeDefined()
      }
    })
  },
)
