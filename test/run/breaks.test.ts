/** When expectations break: the report of what has happened so far, after every step. */
import { expect, test } from 'vitest'
import { judgeOf, lookForBreak } from '../../src/run/breaks.ts'
import { figureOf, holds } from '../../src/run/expectations.ts'
import { openSession, type Session, work } from '../../src/run/session.ts'
import { simulate } from '../../src/run/simulate.ts'
import { whileRunning } from '../../src/scenario/judged.ts'
import type { Expectation, Scenario } from '../../src/scenario/scenario.ts'
import { shipped } from '../shipped.ts'

const S = 1e9
const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!
const wanted = (text: string): Expectation => {
  const [figure = '', operator, value] = text.split(' ')
  return { text, figure, operator: operator as Expectation['operator'], value: Number(value) }
}
const scenario = (...expect: string[]): Scenario => ({
  ...crash,
  duration: 6 * S,
  warmUp: 1 * S,
  variants: [],
  expect: expect.map(wanted),
  faults: [{ at: 2 * S, kind: 'crash', tier: 0, replica: 1, amount: 0 }],
})

function computed(of: Scenario): Session {
  const session = openSession(of)
  while (!work(session, 50)) {}
  return session
}

/** All breaks of a session, each looked for from the one before on. */
function breaks(session: Session, stretch = 6 * S) {
  const judge = judgeOf(session)
  const found: { at: number; text: string; measured: number }[] = []
  for (let from = 0; from < 6 * S; ) {
    const to = Math.min(6 * S, from + stretch)
    const one = lookForBreak(judge, from, to, Infinity)
    if (typeof one === 'object') found.push(one)
    from = typeof one === 'object' ? one.at : to
  }
  return found
}

const ALL = [
  'availability > 0.999',
  'latency.p99 < 100',
  'latency.mean < 30',
  'meanInSystem < 2',
  'tiers.web.imbalance < 1.05',
  'tiers.web.replicas.web/1.utilisation < 0.1',
  'requests.failed <= 3',
  'throughputPerSecond > 55',
]

test.each(ALL)('%s: the figure is that of a run that ends after the step', (text) => {
  const found = breaks(computed(scenario(text)))
  expect(found.length).toBeGreaterThan(0)
  for (const { at, measured } of found.slice(0, 4)) {
    const short = simulate({ ...scenario(text), duration: at })
    expect(measured).toBe(figureOf(short, wanted(text).figure))
    expect(holds(measured, wanted(text))).toBe(false)
  }
})

test('what is found does not depend on where it was looked before, nor in what stretches', () => {
  const session = computed(scenario(...ALL))
  const whole = breaks(session)
  expect(breaks(session, 0.7 * S)).toEqual(whole)
  const last = whole.at(-1)!
  const judge = judgeOf(session)
  lookForBreak(judge, 5 * S, 6 * S, Infinity)
  expect(lookForBreak(judge, last.at - 1, 6 * S, Infinity)).toEqual(last)
  expect(lookForBreak(judge, 0, 6 * S, 0)).toBe('more')
})

test('a count that shall be large can only be judged at the end; one that shall be small or nothing, at once', () => {
  expect(whileRunning(wanted('requests.timedOut > 9'))).toBeUndefined()
  expect(whileRunning(wanted('requests.timedOut < 9'))).toEqual({ operator: '<', value: 9 })
  expect(whileRunning(wanted('tiers.web.sessions.broken = 2'))).toEqual({ operator: '<=', value: 2 })
  expect(whileRunning(wanted('latency.min < 9'))).toBeUndefined()
  expect(whileRunning(wanted('latency.max > 9'))).toBeUndefined()
  expect(whileRunning(wanted('requests.unfinished < 9'))).toBeUndefined()
  expect(whileRunning(wanted('clients.users.limitedShare > 0.1'))).toEqual({ operator: '>', value: 0.1 })
  expect(whileRunning(wanted('availability > 0.9'))).toEqual({ operator: '>', value: 0.9 })
  expect(breaks(computed(scenario('requests.failed > 0')))).toEqual([])
})
