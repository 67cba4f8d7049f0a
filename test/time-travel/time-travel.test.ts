/** However a run is reached, straight, in small steps, from a checkpoint or by a fork, it is the same run. */

import { afterAll, describe, expect, test } from 'vitest'
import type { RunOptions } from '../../src/run/run.ts'
import { advance, report, startRun } from '../../src/run/run.ts'
import { restore, save } from '../../src/run/saved.ts'
import type { Session } from '../../src/run/session.ts'
import { openSession, work } from '../../src/run/session.ts'
import { simulate } from '../../src/run/simulate.ts'
import { addFault, parse } from '../../src/scenario/index.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { shipped } from '../shipped.ts'

/** A report without what differs from run to run. */
function told(of: ReturnType<typeof report>) {
  const { wall: _differs, ...rest } = of
  return rest
}

function straight(scenario: Scenario, options: RunOptions) {
  return told(simulate(scenario, options))
}

function finish(session: Session) {
  while (!work(session, Infinity));
  return told(report(session.run, __EVENKEEL_VERSION__, 0))
}

describe.each(shipped)('$id', ({ scenario: asWritten, options, text }) => {
  // Long enough for the first fault's beginning, short enough to be run many times.
  const first = asWritten.faults[0]?.at ?? 0
  const isReplay = asWritten.clients.some(({ arrivals }) => arrivals.policy === 'log') // few requests a second
  const long = Math.max(first + 3e9, isReplay ? 15e9 : 8e9)
  const scenario = { ...asWritten, duration: Math.min(asWritten.duration, long) }
  const expected = straight(scenario, options)

  test('small steps of time give the straight run', () => {
    const run = startRun(scenario, options)
    for (let at = 0; !run.isOver; at += 977_777_777) advance(run, at)
    expect(told(report(run, __EVENKEEL_VERSION__, 0))).toEqual(expected)
  })

  test('few events at a time give the straight run', () => {
    const run = startRun(scenario, options)
    while (!run.isOver) advance(run, Infinity, 1009)
    expect(told(report(run, __EVENKEEL_VERSION__, 0))).toEqual(expected)
  })

  test('a restored run goes on as the straight one, also after it had gone astray', () => {
    const run = startRun(scenario, options)
    advance(run, scenario.duration / 3)
    const saved = save(run)
    advance(run, Infinity)
    restore(run, saved)
    advance(run, Infinity)
    expect(told(report(run, __EVENKEEL_VERSION__, 0))).toEqual(expected)
  })

  /** A session that is over, to fork from. */
  let before: Session | undefined
  afterAll(() => {
    before = undefined // it holds many checkpoints
  })

  test('a fork without a change gives the straight run', () => {
    before = openSession(scenario, options)
    expect(finish(before)).toEqual(expected)
    expect(finish(openSession(scenario, options, before))).toEqual(expected)
  })

  test('a click gives the run of the scenario that has it written down', () => {
    const tier = asWritten.tiers.at(-1)!
    const at = Math.round(0.9 * scenario.duration)
    const edited = addFault(text, { at, kind: 'crash', target: tier.replicas[0]!.id })
    const { scenario: clicked } = parse(edited, 'edited.yaml')
    const changed = { ...clicked!, duration: scenario.duration }
    before ??= openSession(scenario, options)
    finish(before)
    const fork = openSession(changed, options, before)
    expect(fork.run.cluster.now).toBeGreaterThan(0)
    expect(finish(fork)).toEqual(straight(changed, options))
  })
})
