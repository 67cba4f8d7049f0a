import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addRow,
  findRow,
  type KeyedRows,
  keyedRows,
  NO_ROW,
  ownRows,
  removeRow,
} from '../../src/base/keyed-rows.ts'
import { copyTree, restoreTree } from '../../src/engine/tree.ts'

/** Does what the numbers say to a table and to a Map of key to value; both have to agree. */
function together(rows: KeyedRows, steps: readonly (readonly [number, boolean])[]): Map<number, number> {
  const map = new Map<number, number>()
  for (const [i, [key, isRemoval]] of steps.entries()) {
    const row = findRow(rows, key)
    expect(row !== NO_ROW).toBe(map.has(key))
    if (row !== NO_ROW) expect(rows.values[row * rows.width + 1]).toBe(map.get(key))
    if (isRemoval) {
      if (row !== NO_ROW) removeRow(rows, row)
      map.delete(key)
    } else {
      const at = (row === NO_ROW ? addRow(rows, key) : row) * rows.width
      if (row === NO_ROW) expect([...rows.values.subarray(at, at + rows.width)]).toEqual([0, 0])
      rows.values[at + 1] = i + 1
      map.set(key, i + 1)
    }
    expect(rows.size).toBe(map.size)
  }
  return map
}

const keys = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 40 }).map((i) => i * 2 ** 32),
  fc.maxSafeNat(),
  fc.constantFrom(-1, -0, 0.5, 1.5, 2 ** 60, -(2 ** 31)),
)

describe('keyed rows', () => {
  test('hold what a map holds, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 400 }), (steps) => {
        const rows = keyedRows(2)
        const map = together(rows, steps)
        for (const [key, value] of map) expect(rows.values[findRow(rows, key) * 2 + 1]).toBe(value)
      }),
    )
  })

  test.each([
    ['a place', () => keyedRows(2, undefined, 40)],
    ['a row', () => ownRows(2, 40)],
  ])('do the same with %s for each of so many whole numbers', (what, make) => {
    const below40 = fc.tuple(fc.integer({ min: 0, max: 39 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(below40, { maxLength: 400 }), (steps) => {
        const rows = make()
        const map = together(rows, steps)
        for (let key = 0; key < 40; key++) expect(findRow(rows, key) !== NO_ROW).toBe(map.has(key))
        expect(rows.places.length).toBe(what === 'a row' ? 2 : 40)
        if (what === 'a row') for (const key of map.keys()) expect(findRow(rows, key)).toBe(key)
      }),
    )
  })

  test('give the numbers of removed rows out again and do not grow by coming and going', () => {
    const rows = keyedRows(1)
    for (let key = 0; key < 100_000; key++) {
      addRow(rows, key)
      if (key >= 10) removeRow(rows, findRow(rows, key - 10))
    }
    expect(rows.size).toBe(10)
    expect(rows.used).toBe(11)
    expect(rows.keys.length).toBe(16)
    expect(rows.places.length).toBe(16)
  })

  test('have room for exactly as many as they may hold', () => {
    const rows = keyedRows(0, 1000)
    for (let key = 0; key < 1000; key++) addRow(rows, key)
    expect(rows.keys.length).toBe(1000)
    expect(() => addRow(rows, 1000)).toThrow('at most 1000')
    removeRow(rows, findRow(rows, 500))
    expect(addRow(rows, 1000)).toBe(500)
  })

  test.each([
    ['in a row', (i: number) => i],
    ['by a stride of a power of two', (i: number) => i * 4096],
    ['beyond 32 bits', (i: number) => i * 2 ** 32],
    ['at random', (i: number) => Math.imul(i, 0x9e3779b1) >>> 0],
  ])('spread keys %s over the places', (_, key) => {
    const rows = keyedRows(0)
    for (let i = 0; i < 50_000; i++) addRow(rows, key(i))
    let longest = 0
    let run = 0
    for (const place of rows.places) {
      run = place === 0 ? 0 : run + 1
      longest = Math.max(longest, run)
    }
    expect(longest).toBeLessThan(150)
  })

  test('can be copied and gone back to', () => {
    const rows = keyedRows(2)
    together(rows, [
      [1, false],
      [2, false],
      [3, false],
      [2, true],
    ])
    const saved = copyTree(rows)
    together(keyedRows(2), [[1, false]])
    for (let key = 10; key < 100; key++) addRow(rows, key)
    restoreTree(rows, saved)
    expect(rows).toEqual(saved)
  })
})
