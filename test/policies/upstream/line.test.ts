import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copyTree } from '../../../src/engine/tree.ts'
import {
  choose,
  enter,
  hasRoom,
  LINE_FULL,
  NOBODY,
  replied,
  sent,
  WAIT,
  WAIT_FOR,
} from '../../../src/policies/upstream/choose.ts'
import { emptyLine, join, NIL, nextFor, quit } from '../../../src/policies/upstream/line.ts'
import { takeOut } from '../../../src/policies/upstream/membership.ts'
import { DOWN } from '../../../src/policies/upstream/standing.ts'
import { asked, open, picks } from './build.ts'

const ONE_EACH = [{ maxConnections: 1 }, { maxConnections: 1 }]

describe('a full tier', () => {
  test('turns away at once where nobody may wait, as nginx does', () => {
    expect(picks(open(ONE_EACH), 3)).toEqual([0, 1, NOBODY])
  })

  test('lets wait as many as may, and turns away the rest', () => {
    const u = open(ONE_EACH, { line: 2 })
    expect(picks(u, 2)).toEqual([0, 1])
    for (const ticket of [10, 11]) {
      expect(choose(u, asked, 0)).toBe(WAIT)
      enter(u, ticket, WAIT)
    }
    expect(choose(u, asked, 0)).toBe(LINE_FULL)
    replied(u, 1, 5, false, 5)
    expect(hasRoom(u, 1)).toBe(true)
    expect(hasRoom(u, 0)).toBe(false)
    expect(quit(u.line, nextFor(u.line, 1))).toBe(10)
    sent(u, 1)
    expect(hasRoom(u, 1)).toBe(false)
  })

  test('whoever sticks to a full replica waits for that one, and for no other', () => {
    const u = open(ONE_EACH, { line: 5 })
    picks(u, 2)
    const answer = choose(u, asked, 0, 1)
    expect(answer).toBe(WAIT_FOR - 1)
    enter(u, 20, answer)
    enter(u, 21, WAIT)
    expect(u.line.ticket[nextFor(u.line, 0)]).toBe(21)
    expect(u.line.ticket[nextFor(u.line, 1)]).toBe(20)
  })

  test('no line forms when nobody is usable', () => {
    const u = open(ONE_EACH, { line: 5 })
    takeOut(u, 0, DOWN)
    takeOut(u, 1, DOWN)
    expect(choose(u, asked, 0)).toBe(NOBODY)
  })
})

test('a line serves in order of joining, whoever quits in between; a copy lives its own life', () => {
  const act = fc.oneof(
    fc.record({ join: fc.nat({ max: 3 }) }),
    fc.record({ serve: fc.nat({ max: 2 }) }),
    fc.record({ quit: fc.nat() }),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
      const line = emptyLine(3)
      const plain: { ticket: number; which: number; place: number }[] = []
      let ticket = 0
      for (const one of acts) {
        if ('join' in one) {
          const place = join(line, ++ticket, one.join)
          plain.push({ ticket, which: one.join, place })
        } else if ('serve' in one) {
          const at = plain.findIndex(({ which }) => which === 0 || which === one.serve + 1)
          const place = nextFor(line, one.serve)
          expect(place === NIL).toBe(at < 0)
          if (at >= 0) expect(quit(line, place)).toBe(plain.splice(at, 1)[0]!.ticket)
        } else if (plain.length > 0) {
          const gone = plain.splice(one.quit % plain.length, 1)[0]!
          expect(quit(line, gone.place)).toBe(gone.ticket)
        }
        expect(line.waiting).toBe(plain.length)
      }
      const before = copyTree(line)
      join(line, 999, 0)
      expect(before.waiting).toBe(plain.length)
    }),
  )
})
