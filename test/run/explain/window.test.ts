/** The event log of a window holds what happened in it, no more and no less. */
import { expect, test } from 'vitest'
import { CODE, SUBJECT } from '../../../src/base/fact-rows.ts'
import type { Probe } from '../../../src/engine/fact-log.ts'
import { FACT_NAMES, OK, REPLIED, SENT, SETTLED } from '../../../src/model/facts.ts'
import { type FactFilter, factsBetween } from '../../../src/run/explain/window.ts'
import { openSession, replayOf, work } from '../../../src/run/session.ts'
import { shipped } from '../../shipped.ts'

const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!
const all: { at: number; kind: number; subject: number; detail: number }[] = []
const witness: Probe = {
  consume({ num, int }, count) {
    for (let row = 0; row < count; row++) {
      const code = int[(row << 3) + CODE]!
      all.push({
        at: num[row << 2]!,
        kind: code & 255,
        subject: num[(row << 2) + SUBJECT]!,
        detail: code >> 8,
      })
    }
  },
}
const session = openSession(
  {
    ...crash,
    duration: 8e9,
    warmUp: 0,
    faults: [{ at: 3e9, kind: 'crash', tier: 0, replica: 1, amount: 0 }],
  },
  { probes: [witness] },
)
while (!work(session, 1000));
const replay = replayOf(session, witness)
const look = (from: number, to: number, filter: FactFilter = {}, most = 100_000) =>
  factsBetween(session, replay, from, to, filter, most)

test('a window has all facts of its time, in order', () => {
  const seen = look(2.5e9, 3.5e9)
  const really = all.filter(({ at }) => at >= 2.5e9 && at <= 3.5e9)
  expect(seen.count).toBe(really.length)
  expect([...seen.at]).toEqual(really.map(({ at }) => at))
  expect(seen.kind).toEqual(really.map(({ kind }) => FACT_NAMES[kind]))
})

test('filters leave out the rest: kinds, failures, a request, the replicas of a node', () => {
  const sent = look(0, 8e9, { kinds: ['sent'] })
  expect(sent.count).toBe(all.filter(({ kind }) => kind === SENT).length)
  expect(new Set(sent.kind)).toEqual(new Set(['sent']))
  const failed = look(0, 8e9, { kinds: ['settled', 'replied'], failures: true })
  const really = all.filter(
    ({ kind, detail }) => (kind === SETTLED && detail !== OK) || (kind === REPLIED && (detail & 15) !== OK),
  )
  expect(failed.count).toBe(really.length)
  expect(failed.count).toBeGreaterThan(10)
  const [one] = failed.subject
  const way = look(0, 8e9, { request: one! })
  expect(way.count).toBe(all.filter(({ subject, kind }) => subject === one && kind < 7 + 1).length)
  const there = look(0, 8e9, { nodes: [1, 1] })
  expect(new Set(there.object)).toEqual(new Set([1]))
})

test('when there are too many it ends early, and says up to when all is told', () => {
  const some = look(1e9, 8e9, {}, 500)
  const really = all.filter(({ at }) => at >= 1e9 && at <= some.to)
  expect(some.count).toBe(really.length)
  expect(some.count).toBeGreaterThan(450)
  expect(some.to).toBeLessThan(2e9)
})
