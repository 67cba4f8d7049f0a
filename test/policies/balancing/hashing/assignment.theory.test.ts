import { describe, expect, test } from 'vitest'
import { jump, jumpTo } from '../../../../src/policies/balancing/jump.ts'
import { maglev } from '../../../../src/policies/balancing/maglev.ts'
import { rendezvous } from '../../../../src/policies/balancing/rendezvous.ts'
import { sharesMoved } from '../../../../src/policies/hashing/moved.ts'
import { alike, drive, onText, place, set } from './driver.ts'
import { expectRow, mean, rowsLike } from './theory.ts'

describe('Maglev’s table', () => {
  test.each(rowsLike(/^maglev-N/))('%s', (_id, row) => {
    const { backends, table_size: tableSize } = row.parameters
    const counts = new Float64Array(backends)
    for (const replica of drive(maglev, alike(backends), { tableSize }).memory.table.places)
      counts[replica]!++
    if (/-max/.test(row.id)) expect(Math.max(...counts)).toBe(row.value)
    else if (/-min/.test(row.id)) expect(Math.min(...counts)).toBe(row.value)
    else expect(Math.max(...counts) / mean(counts)).toBeCloseTo(row.value, 8)
  })

  const known = new Map<string, { moved: number; needlessly: number }[]>()

  /** Tables before and after replicas go, for independent names. */
  function removals(backends: number, tableSize: number, removed: number) {
    const id = `${backends} ${removed}`
    const found =
      known.get(id) ??
      Array.from({ length: backends <= 10 ? 40 : 8 }, (_, salt) => {
        const d = drive(maglev, alike(backends, `maglev${salt}-`), { tableSize })
        const before = d.memory.table.places
        for (let i = 0; i < removed; i++) set(d, (salt * 31 + i * 7) % backends, false)
        place(d, onText('anything'))
        return sharesMoved(before, d.memory.table.places)
      })
    known.set(id, found)
    return found
  }

  test.each(rowsLike(/^maglev-(disrupt|total)-.*M65537-/))('%s', (_id, row) => {
    const { backends, table_size: tableSize, backends_removed: removed } = row.parameters
    const found = removals(backends, tableSize, removed)
    const measured = mean(found.map(({ moved, needlessly }) => (/disrupt/.test(row.id) ? needlessly : moved)))
    // 1 % of the value, which was simulated too, comes on top.
    const sigma = row.tolerance_hint.sigma_per_sqrt_n! + 0.0025 * row.value * Math.sqrt(found.length)
    expectRow(
      { ...row, tolerance_hint: { type: 'statistical', sigma_per_sqrt_n: sigma } },
      measured,
      found.length,
    )
  })

  test('has places by weight', () => {
    const servers = [3, 2, 1].map((weight, i) => ({ name: `s${i}`, weight }))
    const counts = [0, 0, 0]
    for (const replica of drive(maglev, servers).memory.table.places) counts[replica]!++
    expect(counts.map((count) => Math.round((6 * count) / 65_537))).toEqual([3, 2, 1])
  })
})

describe('jump hash', () => {
  const bucket = (key: string, buckets: number) =>
    jumpTo(Uint32Array.of(Number(BigInt(key) >> 32n), Number(BigInt(key) & 0xffffffffn)), buckets)

  test.each(rowsLike(/^jump-kat-\d/))('%s', (_id, { parameters, value }) => {
    expect(bucket(parameters.key_uint64, parameters.buckets)).toBe(value)
  })
  test.each(rowsLike(/^jump-kat-seq/))('%s', (_id, { parameters, value }) => {
    expect(parameters.keys_uint64.map((key: string) => bucket(key, parameters.buckets))).toEqual(value)
  })
  test('takes a key that is a number as it is', () => {
    const d = drive(jump, alike(57))
    expect(place(d, { key: 42, text: undefined, address: 0 })).toBe(43)
    expect(place(d, { key: 2 ** 40 + 7, text: undefined, address: 0 })).toBe(bucket(String(2 ** 40 + 7), 57))
  })
})

describe('the fullest of independent choices', () => {
  test.each(rowsLike(/^multinomial-max.*-m(1000|10000|65537|100000)$/))('%s', (_id, row) => {
    const { nodes, keys } = row.parameters
    const count = Math.max(2, Math.min(100, Math.floor(300_000 / keys)))
    for (const strategy of [jump, rendezvous]) {
      const d = drive(strategy, alike(nodes))
      const peaks = Array.from({ length: count }, (_, salt) => {
        const counts = new Float64Array(nodes)
        for (let key = 0; key < keys; key++) counts[place(d, onText(`${salt}/${key}`))]!++
        return Math.max(...counts) / mean(counts)
      })
      expectRow(row, mean(peaks), count)
    }
  })
})

describe('rendezvous', () => {
  test('shares keys by weight', () => {
    const servers = [5, 3, 1, 1].map((weight, i) => ({ name: `w${i}`, weight }))
    const d = drive(rendezvous, servers)
    const counts = [0, 0, 0, 0]
    for (let key = 0; key < 40_000; key++) counts[place(d, onText(`/${key}`))]!++
    const errors = counts.map((count, i) => Math.abs(count / 40_000 - servers[i]!.weight / 10))
    expect(Math.max(...errors)).toBeLessThan(0.01)
  })

  test('shares keys by weight among many, and only the keys of a lost one move', () => {
    const servers = alike(200).map(({ name }, i) => ({ name, weight: 1 + (i % 4) }))
    const d = drive(rendezvous, servers)
    const keys = Array.from({ length: 40_000 }, (_, key) => onText(`/${key}`))
    const before = keys.map((asked) => place(d, asked))
    const counts = [0, 0, 0, 0]
    for (const replica of before) counts[replica % 4]!++
    const errors = counts.map((count, i) => Math.abs(count / 40_000 - (i + 1) / 10))
    expect(Math.max(...errors)).toBeLessThan(0.01)
    for (let i = 0; i < 200; i += 3) set(d, i, false)
    const without = keys.map((asked) => place(d, asked))
    expect(sharesMoved(before, without).needlessly).toBe(0)
    for (let i = 0; i < 200; i += 3) set(d, i, true)
    expect(keys.map((asked) => place(d, asked))).toEqual(before)
    set(d, 7, true, 2)
    const lighter = keys.map((asked) => place(d, asked))
    expect(lighter.every((replica, key) => replica === before[key] || before[key] === 7)).toBe(true)
    for (let i = 0; i < 200; i++) set(d, i, i === 150)
    expect(new Set(keys.slice(0, 500).map((asked) => place(d, asked)))).toEqual(new Set([150]))
  })
})
