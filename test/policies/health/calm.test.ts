import { describe, expect, test } from 'vitest'
import { stream, uniform } from '../../../src/base/stream.ts'
import { SECOND } from '../../../src/base/time.ts'
import { watches } from '../../../src/policies/health/passive/index.ts'
import { type Ending, GOOD, type Watch } from '../../../src/policies/health/passive/watch.ts'

const calm = watches.all.filter(({ isCalm }) => isCalm !== undefined)

test('some rules can be calm', () => expect(calm.map(({ name }) => name)).toContain('nginx'))

describe.each(calm)('$name', (rule: Watch) => {
  test.each([1, 2, 3])('says the same when it is not told of what it is calm about: seed %i', (seed) => {
    const standard = Object.entries(rule.params).map(([name, param]) => [name, param.default])
    const params = { ...Object.fromEntries(standard), maxFails: seed }
    const replicas = 3
    const told = rule.remember(params, replicas)
    const spared = rule.remember(params, replicas)
    const random = stream(seed, 'calm')
    let now = 0
    let skipped = 0
    let outs = 0
    for (let step = 0; step < 20_000; step++) {
      now += Math.round(uniform(random) * 2 * SECOND)
      const replica = Math.floor(uniform(random) * replicas)
      const isCalm = rule.isCalm!(spared, replica)
      if (uniform(random) < 0.5) {
        rule.sent?.(told, replica, now)
        if (isCalm) skipped++
        else rule.sent?.(spared, replica, now)
      } else {
        const ending = (uniform(random) < 0.7 ? GOOD : Math.floor(uniform(random) * 7)) as Ending
        const taken = rule.ended(told, replica, ending, 1, now)
        if (ending === GOOD && isCalm) {
          skipped++
          expect(taken).toBe(0)
        } else expect(rule.ended(spared, replica, ending, 1, now)).toBe(taken)
      }
      for (let one = 0; one < replicas; one++) {
        const isOut = rule.isOut(told, one, now)
        if (isOut) outs++
        expect(rule.isOut(spared, one, now)).toBe(isOut)
        if (isOut) expect(rule.again(spared, one, now)).toBe(rule.again(told, one, now))
        expect(rule.isOnTrial?.(spared, one, now)).toBe(rule.isOnTrial?.(told, one, now))
      }
    }
    expect(skipped).toBeGreaterThan(100)
    expect(outs).toBeGreaterThan(100)
  })
})
