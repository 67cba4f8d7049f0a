import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  beforeOf,
  empty,
  firstOf,
  lastOf,
  lists,
  makeRoom,
  NOBODY,
  putFirst,
  putLast,
  takeOut,
} from '../../src/base/lists.ts'

test('are what arrays are, whatever is put in and taken out', () => {
  const step = fc.record({ member: fc.nat(30), list: fc.nat(2), atEnd: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const all = lists(3)
      const arrays: number[][] = [[], [], []]
      for (const { member, list, atEnd } of steps) {
        const old = arrays.find((array) => array.includes(member))
        if (old) {
          old.splice(old.indexOf(member), 1)
          takeOut(all, member)
          continue
        }
        makeRoom(all, member)
        ;(atEnd ? putLast : putFirst)(all, list, member)
        arrays[list]![atEnd ? 'push' : 'unshift'](member)
      }
      for (const [list, array] of arrays.entries()) {
        expect(firstOf(all, list)).toBe(array[0] ?? NOBODY)
        expect(lastOf(all, list)).toBe(array.at(-1) ?? NOBODY)
        const backwards: number[] = []
        for (let at = lastOf(all, list); at !== NOBODY; at = beforeOf(all, at)) backwards.push(at)
        expect(backwards).toEqual(array.toReversed())
        empty(all, list)
        expect(firstOf(all, list)).toBe(NOBODY)
      }
    }),
  )
})

test('grow to exactly as many members as they may have', () => {
  const all = lists(2)
  for (let member = 0; member < 1000; member++) makeRoom(all, member, 1000)
  expect(all.links.length).toBe(2 * 1002)
})
