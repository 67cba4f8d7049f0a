/**
 * What every strategy of the registry promises with the parameters that a scenario gets by default: a new one
 * is held to it without a line here. What only some promise is tested beside them.
 */

import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../src/base/stream.ts'
import { copyTree, restoreTree } from '../../../src/engine/tree.ts'
import { strategies } from '../../../src/policies/balancing/index.ts'
import { NONE } from '../../../src/policies/balancing/strategy.ts'
import type { Params } from '../../../src/policies/policy.ts'
import { type Driven, drive, reply, send, set } from './load/driver.ts'

/** A test that there is only where it applies: what does not apply is not skipped. */
function applies(does: boolean | undefined, name: string, holds: () => void): void {
  if (does) test(name, holds)
}

const WEIGHTS = [3, 1, 2, 1, 5, 1]

/** One thing that happens by chance; gives whom a request went to. */
function happen(d: Driven, chance: Float64Array): number | undefined {
  const { pool } = d
  pool.now += 1 + below(chance, 5e6)
  d.asked.key = below(chance, 1000)
  d.asked.address = below(chance, 2 ** 32)
  const what = below(chance, 10)
  const i = below(chance, pool.size)
  if (what < 5) return pool.readyCount > 0 ? send(d) : undefined
  if (what < 8) {
    if (pool.inFlight[i]! > 0) reply(d, i, 1 + below(chance, 5e7), what === 7)
  } else set(d, i, pool.isReady[i] === 0)
  return undefined
}

function lived(strategy: (typeof strategies.all)[number], events: number): [Driven, Float64Array] {
  const d = drive(strategy, WEIGHTS)
  const chance = stream(1, `chance/${strategy.name}`)
  for (let n = 0; n < events; n++) happen(d, chance)
  return [d, chance]
}

function defaults({ params }: (typeof strategies.all)[number]): Params {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]))
}

/** All orders of a list. */
function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]]
  return list.flatMap((one, i) => orders(list.toSpliced(i, 1)).map((rest) => [one, ...rest]))
}

describe.each(strategies.all.map((strategy) => [strategy.name, strategy] as const))(
  '%s',
  (_name, strategy) => {
    test('never picks a replica that is not ready, and always one when any is', () => {
      const d = drive(strategy, WEIGHTS)
      const chance = stream(2, 'chance')
      for (let n = 0; n < 800; n++) {
        const isReady = d.pool.isReady.slice()
        const picked = happen(d, chance)
        if (picked !== undefined) expect(isReady[picked]).toBe(1)
      }
    })

    test('picks nobody when nobody is ready, and the only one when there is one', () => {
      const [d] = lived(strategy, 300)
      for (let i = 0; i < d.pool.size; i++) set(d, i, false)
      expect(strategy.pick(d.pool, d.asked, d.memory, d.random)).toBe(NONE)
      for (let i = 0; i < d.pool.size; i++) {
        set(d, i, true)
        expect(send(d)).toBe(i)
        set(d, i, false)
      }
    })

    test('with the same memory and stream picks the same, from a copy and after going back', () => {
      const [d, chance] = lived(strategy, 300)
      const state = { pool: d.pool, memory: d.memory, random: d.random, asked: d.asked, chance }
      const saved = copyTree(state)
      const goOn = () => Array.from({ length: 300 }, () => happen(d, chance))
      const first = goOn()
      restoreTree(state, saved)
      expect(goOn()).toEqual(first)
      const copy = copyTree(saved)
      const twin: Driven = { ...copy, strategy }
      expect(Array.from({ length: 300 }, () => happen(twin, copy.chance))).toEqual(first)
    })

    test('copes with loads in any order', () => {
      for (const loads of orders([0, 1, 4, 9, 2])) {
        const d = drive(
          strategy,
          loads.map(() => 1),
        )
        for (const [i, load] of loads.entries()) {
          for (let n = 0; n < load; n++) {
            d.pool.inFlight[i]!++
            d.pool.inSystem[i]!++
            strategy.sent?.(d.pool, d.memory, i)
          }
        }
        const picked = send(d)
        expect(picked).toBeGreaterThanOrEqual(0)
        expect(picked).toBeLessThan(loads.length)
      }
    })

    test('does not change the pool by picking or explaining', () => {
      const [d] = lived(strategy, 200)
      set(d, 0, true)
      const before = copyTree(d.pool)
      strategy.explain(d.pool, d.asked, d.memory)
      strategy.pick(d.pool, d.asked, d.memory, d.random)
      expect(d.pool).toEqual(before)
    })

    test('explains by figures that are numbers, each with words, and changes nothing by it', () => {
      const [d] = lived(strategy, 200)
      set(d, 2, true)
      const before = copyTree({ memory: d.memory, random: d.random })
      const scores = strategy.explain(d.pool, d.asked, d.memory)
      expect({ memory: d.memory, random: d.random }).toEqual(before)
      expect(scores.length).toBeGreaterThan(0)
      for (const { replica, score, note } of scores) {
        expect(d.pool.isReady[replica]).toBe(1)
        expect(score).not.toBeNaN()
        expect(note).not.toBe('')
      }
    })

    test('picks whom it explains first, if it does not draw', () => {
      const [d, chance] = lived(strategy, 50)
      for (let n = 0; n < 300; n++) {
        happen(d, chance)
        if (d.pool.readyCount === 0) continue
        const scores = strategy.explain(d.pool, d.asked, d.memory)
        const best = scores.reduce((least, one) => (one.score < least.score ? one : least))
        const draws = d.random.slice()
        const picked = send(d)
        const hasDrawn = draws.some((number, i) => number !== d.random[i])
        if (hasDrawn) continue
        expect(picked).toBe(best.replica)
      }
    })

    applies(strategy.bearsOldCounts, 'keeps right when it is told of counts only now and then', () => {
      const old = drive(strategy, WEIGHTS)
      const chance = stream(3, 'chance')
      for (let n = 0; n < 200; n++) {
        // a refresh: some counts are others than they were
        for (let i = 0; i < old.pool.size; i++) {
          if (below(chance, 3) === 0) continue
          old.pool.inFlight[i] = below(chance, 12)
          strategy.changed?.(old.pool, old.memory, i)
        }
        const best = strategy.explain(old.pool, old.asked, old.memory)
        const draws = old.random.slice()
        const picked = strategy.pick(old.pool, old.asked, old.memory, old.random)
        if (draws.some((number, i) => number !== old.random[i])) continue
        const scoreOf = (replica: number) => best.find((one) => one.replica === replica)!.score
        expect(scoreOf(picked)).toBe(Math.min(...best.map(({ score }) => score)))
      }
    })

    applies(strategy.bearsOldCounts, 'with old counts picks as a new balancer that sees the same', () => {
      const chance = stream(4, 'chance')
      for (let n = 0; n < 100; n++) {
        const old = drive(strategy, [2, 2, 2, 2, 2, 2])
        for (let i = 0; i < old.pool.size; i++) {
          old.pool.inFlight[i] = below(chance, 12)
          strategy.changed?.(old.pool, old.memory, i)
        }
        const anew = { ...old, random: old.random.slice(), pool: copyTree(old.pool) }
        anew.memory = strategy.remember(defaults(strategy), anew.pool)
        expect(strategy.pick(old.pool, old.asked, old.memory, old.random)).toBe(
          strategy.pick(anew.pool, anew.asked, anew.memory, anew.random),
        )
      }
    })

    applies(strategy.isKeyed, 'sends the same key and address to the same replica', () => {
      const d = drive(strategy, WEIGHTS)
      for (let n = 0; n < 50; n++) {
        d.asked.key = n
        d.asked.address = 7919 * 256 * n
        const first = strategy.pick(d.pool, d.asked, d.memory, d.random)
        expect(strategy.pick(d.pool, d.asked, d.memory, d.random)).toBe(first)
      }
    })

    applies(!strategy.isKeyed, 'does not look at key and address', () => {
      const [one, chance] = lived(strategy, 200)
      const other: Driven = { ...copyTree({ ...one, strategy: undefined }), strategy }
      for (let n = 0; n < 50; n++) {
        one.asked.key = below(chance, 1000)
        one.asked.address = below(chance, 2 ** 32)
        expect(send(one)).toBe(send(other))
      }
    })

    test('says where it comes from', () => {
      expect(strategy.title).not.toBe('')
      expect(strategy.summary).toMatch(/\.$/)
      expect(strategy.source.length).toBeGreaterThan(5)
    })
  },
)
