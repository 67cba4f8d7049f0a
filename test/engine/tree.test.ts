import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, copyTree, restoreTree } from '../../src/engine/tree.ts'

const leaf = fc.oneof(
  fc.constantFrom(undefined, null, true, 0, -0, NaN, Infinity, 2 ** 53, 'text', ''),
  fc.double(),
)
const doubles = fc.array(fc.double(), { maxLength: 5 }).map((values) => Float64Array.from(values))
const bytes = fc.array(fc.nat({ max: 255 }), { maxLength: 5 }).map((values) => Uint8Array.from(values))

/** Trees with the same keys everywhere, as state is; their arrays and typed arrays vary in length. */
function shape(depth: number): Arbitrary<object> {
  if (depth === 0) return fc.record({ value: leaf, doubles, bytes })
  const below = shape(depth - 1)
  const list = fc.array(fc.oneof(leaf, below), { maxLength: 3 })
  return fc.record({ value: leaf, doubles, bytes, child: below, list })
}
const tree = shape(2)

describe('a copy', () => {
  test('equals the original, and changes of one do not show in the other', () => {
    const property = fc.property(tree, (live) => {
      const before = JSON.stringify(live, plain)
      const copy = copyTree(live)
      expect(copy).toEqual(live)
      scribble(copy)
      expect(JSON.stringify(live, plain)).toBe(before)
    })
    fc.assert(property, { seed: 1, numRuns: 200 })
  })

  test('shares what is frozen and nothing else', () => {
    const fixed = Object.freeze({ deep: { inside: 1 } })
    const live = { fixed, list: [fixed], own: { deep: 1 }, table: Float64Array.of(1) }
    const copy = copyTree(live)
    expect(copy.fixed).toBe(fixed)
    expect(copy.list[0]).toBe(fixed)
    expect(copy.own).not.toBe(live.own)
    expect(copy.list).not.toBe(live.list)
    expect(copy.table).not.toBe(live.table)
  })

  test('keeps each kind of typed array, and empty ones', () => {
    const live = {
      a: new Float64Array(3),
      b: new Float32Array(2),
      c: new Int32Array(0),
      d: Uint32Array.of(7),
      e: Uint16Array.of(7),
      f: Int16Array.of(-7),
      g: Int8Array.of(-7),
      h: Uint8Array.of(7),
    }
    const copy = copyTree(live)
    for (const key of Object.keys(live) as (keyof typeof live)[]) {
      expect(copy[key].constructor).toBe(live[key].constructor)
      expect(copy[key]).toEqual(live[key])
    }
  })

  test('keeps undefined in its place', () => {
    const copy = copyTree({ list: [undefined, 1, undefined], nothing: undefined })
    expect(copy.list).toHaveLength(3)
    expect(Object.keys(copy)).toEqual(['list', 'nothing'])
  })
})

describe('restoring', () => {
  test('makes any tree equal to any other of its shape, and leaves that one alone', () => {
    const property = fc.property(tree, tree, (live, other) => {
      const saved = copyTree(other)
      restoreTree(live, saved)
      expect(live).toEqual(other)
      scribble(live)
      expect(saved).toEqual(other)
    })
    fc.assert(property, { seed: 2, numRuns: 300 })
  })

  test('is seen by everyone who holds the tree, a branch or a table of the same length', () => {
    const live = { branch: { table: Float64Array.of(1, 2) } }
    const { branch } = live
    const { table } = branch
    const saved = copyTree(live)
    table[0] = 9
    restoreTree(live, saved)
    expect(live.branch).toBe(branch)
    expect(branch.table).toBe(table)
    expect(table[0]).toBe(1)
  })

  test('takes tables back that have grown since, and brings back longer ones', () => {
    const live = { table: new Float64Array(4).fill(1), list: [1, 2] }
    const small = copyTree(live)
    live.table = new Float64Array(8).fill(2)
    live.list.push(3, 4)
    const large = copyTree(live)
    restoreTree(live, small)
    expect(live).toEqual({ table: new Float64Array(4).fill(1), list: [1, 2] })
    restoreTree(live, large)
    expect(live).toEqual({ table: new Float64Array(8).fill(2), list: [1, 2, 3, 4] })
    live.table[0] = 7
    expect(large.table[0]).toBe(2)
  })

  test('turns something into nothing and nothing into something', () => {
    const live: { stream: Float64Array | undefined; list: (Float64Array | undefined)[] } = {
      stream: undefined,
      list: [undefined, undefined],
    }
    const empty = copyTree(live)
    live.stream = Float64Array.of(1)
    live.list[1] = Float64Array.of(2)
    const full = copyTree(live)
    restoreTree(live, empty)
    expect(live).toEqual({ stream: undefined, list: [undefined, undefined] })
    restoreTree(live, full)
    expect(live.list[1]).toEqual(Float64Array.of(2))
    live.list[1]![0] = 5
    expect(full.list[1]![0]).toBe(2)
  })

  test('shares what is frozen', () => {
    const before = Object.freeze({ name: 'before' })
    const after = Object.freeze({ name: 'after' })
    const live = { fixed: before }
    restoreTree(live, { fixed: after })
    expect(live.fixed).toBe(after)
    expect(before.name).toBe('before')
  })
})

describe('two tables of one object that show the same memory', () => {
  const rows = (...instants: readonly number[]) => {
    const at = Float64Array.from(instants)
    return { at, int: new Int32Array(at.buffer) }
  }

  test('still do so in a copy, which has memory of its own and costs once', () => {
    const live = { deep: rows(1, 2) }
    const copy = copyTree(live)
    copy.deep.int.fill(0)
    expect([...copy.deep.at, ...live.deep.at]).toEqual([0, 0, 1, 2])
    expect(bytesOf(live)).toBe(16)
  })

  test('still do so after a restore, also to another length', () => {
    for (const length of [2, 3]) {
      const live = rows(...Array.from({ length }, () => 9))
      restoreTree(live, rows(1, 2))
      live.int.fill(0, 0, 2)
      expect([...live.at]).toEqual([0, 2])
      expect(live.int).toHaveLength(4)
    }
  })
})

test('the cost of a copy is what is in typed arrays that are not shared', () => {
  const table = new Float64Array(10)
  expect(bytesOf({ table, more: [new Int32Array(5), { bytes: new Uint8Array(3) }] })).toBe(80 + 20 + 3)
  expect(bytesOf(Object.freeze({ table }))).toBe(0)
  expect(bytesOf({ number: 1, nothing: undefined })).toBe(0)
})

/** Changes every number in a tree. */
function scribble(branch: object): void {
  for (const [key, value] of Object.entries(branch)) {
    if (ArrayBuffer.isView(value)) (value as Float64Array).fill(99)
    else if (typeof value === 'object' && value !== null) scribble(value)
    else (branch as Record<string, unknown>)[key] = 'scribbled'
  }
}

/** For JSON: typed arrays by content, and the numbers that JSON does not know. */
function plain(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Float64Array)].map(String)
  return typeof value === 'number' ? String(value) : value === undefined ? 'undefined' : value
}
