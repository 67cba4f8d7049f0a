/** What the event log and the pages say in words, and which stretch of time they are about. */
import { describe, expect, test } from 'vitest'
import { filterOf, NO_FILTER } from '../../../src/app/lab/events/event-filters.tsx'
import { EVENT_GROUPS, eventOf } from '../../../src/app/lab/events/event-words.ts'
import { logSlotAt, rowAt } from '../../../src/app/lab/events/slot.ts'
import { nextChange } from '../../../src/app/lab/jumps.ts'
import { historyOf, outAt, truthAt } from '../../../src/app/lab/node/history.ts'
import { matching } from '../../../src/app/lab/palette/commands.ts'
import { placesOf } from '../../../src/app/lab/places.ts'
import { extentOf, percentAt, ticksOf } from '../../../src/app/lab/story/look.ts'
import { FACT_NAMES } from '../../../src/model/facts.ts'
import { explainRequest } from '../../../src/run/explain/explain.ts'
import { factsBetween } from '../../../src/run/explain/window.ts'
import { openSession, replayOf, work } from '../../../src/run/session.ts'
import { shipped } from '../../shipped.ts'

const S = 1e9
const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!
const session = openSession({
  ...crash,
  duration: 8 * S,
  warmUp: 0,
  faults: [{ at: 1 * S, kind: 'crash', tier: 0, replica: 1, amount: 0 }],
})
while (!work(session, 1000));
const replay = replayOf(session, { consume: () => undefined })
const places = placesOf(crash)
const facts = factsBetween(session, replay, 0, 8 * S, {}, 100_000)
const rows = Array.from({ length: facts.count }, (_, row) => eventOf(facts, row, places))

describe('events in words', () => {
  test('every fact has a sentence, names what it is about, and knows whether it is a failure', () => {
    for (const { text } of rows) expect(text).not.toMatch(/\?|undefined|NaN/)
    expect(rows.find(({ kind }) => kind === 'truth')).toMatchObject({
      text: 'web/2 crashes',
      node: 1,
      isFailure: true,
    })
    expect(rows.find(({ kind }) => kind === 'believed')!.text).toBe('the balancer takes web/2 out')
    const refused = rows.find(({ text }) => text === 'web/2 answers: refused')!
    expect(refused.isFailure).toBe(true)
    expect(refused.request).toBeGreaterThan(0)
    const asked = factsBetween(session, replay, 0, 8 * S, { failures: true }, 100_000)
    expect(rows.filter(({ isFailure }) => isFailure)).toHaveLength(asked.count)
  })

  test('every kind of fact can be chosen, or is part of everything', () => {
    const known = new Set<string>(Object.values(FACT_NAMES))
    for (const { kinds } of EVENT_GROUPS) for (const kind of kinds ?? []) expect(known).toContain(kind)
  })

  test('filters are what the engine takes', () => {
    const nodesOf = () => [0, 3] as const
    expect(filterOf(NO_FILTER, nodesOf, places.names)).toEqual({})
    const some = { group: 'checks', place: 'web', request: '12', failures: true }
    expect(filterOf(some, nodesOf, places.names)).toMatchObject({
      nodes: [0, 3],
      request: 12,
      failures: true,
    })
    expect(filterOf({ ...NO_FILTER, place: 'web/3' }, nodesOf, places.names)).toEqual({ nodes: [2, 2] })
  })
})

test('stretches of time lie side by side, and cover the run', () => {
  const first = logSlotAt(0, 1, 7 * S)
  expect(first).toEqual({ from: 0, to: 2 * S - 1 })
  expect(logSlotAt(first.to + 1, 1, 7 * S).from).toBe(first.to + 1)
  expect(logSlotAt(7 * S, 1, 7 * S)).toEqual({ from: 6 * S, to: 7 * S })
  expect(logSlotAt(0, 10, 700 * S).to).toBe(32 * S - 1)
  expect([0, 5, 6, 10, 11].map((at) => rowAt(Float64Array.of(5, 5, 10), at))).toEqual([-1, 1, 1, 2, 2])
})

test('a replica’s past: what was true, what was believed, and what of it holds at an instant', () => {
  const changes = session.run.recording.changes
  const states = historyOf(changes, 1, 1)
  expect(states.map(({ text }) => text)).toEqual(['crashed', 'believed out'])
  expect(truthAt(states, 0.5 * S)).toBeUndefined()
  expect(truthAt(states, 2 * S)).toMatchObject({ text: 'crashed', isGood: false })
  expect(outAt(states, 2 * S)).toEqual([])
  expect(outAt(states, 8 * S)).toEqual([0])
})

test('the waterfall’s axis begins with the birth and ends with the last leg, in round steps', () => {
  const story = explainRequest(session, replay, 200)!
  const extent = extentOf(story)
  expect(extent.from).toBe(story.born)
  expect(percentAt(extent, extent.to)).toBe(100)
  const ticks = ticksOf({ from: 0, to: 43.7e6 })
  expect(ticks).toEqual([0, 20e6, 40e6])
  expect(ticksOf({ from: 5, to: 5 + 1e9 }).length).toBeGreaterThanOrEqual(3)
})

test('from change to change: faults, states and beliefs, in both directions', () => {
  const { changes } = session.run.recording
  const { faults } = session.run.scenario
  const noticed = changes.find(({ kind }) => kind === 'belief')!.at
  expect(nextChange(changes, faults, 0, 1)).toBe(1 * S)
  expect(nextChange(changes, faults, 1 * S, 1)).toBe(noticed)
  expect(nextChange(changes, faults, noticed, -1)).toBe(1 * S)
  expect(nextChange(changes, faults, 1 * S, -1)).toBeUndefined()
  expect(nextChange(changes, faults, 8 * S, 1)).toBeUndefined()
})

test('the palette finds commands by any of their words, those that begin with the first one first', () => {
  const commands = ['Theme: dark', 'Time: to the end', 'Show: the time'].map((title) => ({
    title,
    run: () => {},
  }))
  const titles = (typed: string) => matching(commands, typed).map(({ title }) => title)
  expect(titles('')).toHaveLength(3)
  expect(titles('time')).toEqual(['Time: to the end', 'Show: the time'])
  expect(titles('THE end')).toEqual(['Time: to the end'])
  expect(titles('nowhere')).toEqual([])
})
