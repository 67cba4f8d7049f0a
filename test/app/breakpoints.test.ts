/** Where playback stops: found ahead of the playhead, to the event, and never passed. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  addBreakpoint,
  breakpoints,
  removeBreakpoint,
  switchBreakpoint,
} from '../../src/app/breakpoints/list.ts'
import { hitInFacts, hitInSeries } from '../../src/app/breakpoints/search.ts'
import { startWatch, toNextStop } from '../../src/app/breakpoints/watch.ts'
import { startRuns } from '../../src/app/engine.ts'
import { jump } from '../../src/app/lab/jumps.ts'
import { begin } from '../../src/app/stores/draft.ts'
import { notice } from '../../src/app/stores/notice.ts'
import { advance, pause, play, playhead } from '../../src/app/stores/playhead.ts'
import { type Run, runs } from '../../src/app/stores/runs.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { doorOf } from '../../src/worker/door.ts'
import { shipped } from '../shipped.ts'

const S = 1e9
const { scenario: crash } = shipped.find(({ id }) => id === 'crash')!
const scenario: Scenario = {
  ...crash,
  duration: 12 * S,
  warmUp: 0,
  variants: [],
  expect: [{ text: 'requests.failed < 1', figure: 'requests.failed', operator: '<', value: 1 }],
  faults: [{ at: 3 * S, kind: 'crash', tier: 0, replica: 1, amount: 0 }],
}
const engine = doorOf()
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })

let run: Run
beforeAll(async () => {
  begin({ id: 'crash', text: '', source: '', scenario, problems: [], change: '' })
  startRuns(engine)
  await vi.waitFor(() => expect(runs.getState().lanes[0]?.current?.report).toBeDefined(), 10_000)
  run = runs.getState().lanes[0]!.current!
})
beforeEach(() => {
  pause()
  breakpoints.setState({ list: [] })
  playhead.setState({ at: 0, speed: 1 })
  notice.setState({ text: '' })
})

const on = (condition: Parameters<typeof addBreakpoint>[0], limit = 0) => [{ condition, limit, isOn: true }]

describe('the first instant', () => {
  test('at which what is true or believed of a replica changes', () => {
    expect(hitInSeries(run, on('truth'), 0)?.at).toBe(3 * S)
    const belief = hitInSeries(run, on('belief'), 0)!
    expect(belief.why).toBe('a balancer takes web/2 out')
    expect(belief.at).toBe(run.changes.find(({ kind }) => kind === 'belief')!.at)
    expect(hitInSeries(run, on('belief'), belief.at)).toBeUndefined()
  })

  test('at which p99 is above a limit is the end of the first such step; it must fall before it counts again', () => {
    const values = run.series.columns.find(({ id }) => id === 'latencyP99Ms')!.values
    const limit = values[2]! - 1e-9
    const above = (i: number) => values[i]! > limit && !(i > 0 && values[i - 1]! > limit)
    const first = values.findIndex((_, i) => above(i))
    expect(hitInSeries(run, on('p99', limit), 0)?.at).toBe((first + 1) * run.series.step)
    expect(hitInSeries(run, on('p99', 1e6), 0)).toBeUndefined()
  })

  test('at which a request fails is that of the event itself', async () => {
    const hit = (await hitInFacts(engine, run, on('failure'), 0, 12 * S))!
    expect(hit.why).toMatch(/^request \d+ fails$/)
    const facts = await engine.facts(run.number, 0, 12 * S, { kinds: ['settled'], failures: true }, 1000)
    expect(hit.at).toBe(facts.at[0])
    expect((await hitInFacts(engine, run, on('failure'), hit.at, 12 * S))!.at).toBeGreaterThan(hit.at)
    expect(await hitInFacts(engine, run, on('failure'), 0, 2 * S)).toBeUndefined()
  })

  test('at which a queue reaches a length is that of the request that makes it so long', async () => {
    const facts = await engine.facts(run.number, 0, 12 * S, { kinds: ['queued'] }, 100_000)
    const longest = Math.max(0, ...facts.value)
    if (longest === 0) return expect(await hitInFacts(engine, run, on('queue', 1), 0, 12 * S)).toBeUndefined()
    const hit = await hitInFacts(engine, run, on('queue', longest), 0, 12 * S)
    expect(hit!.at).toBe(facts.at[facts.value.indexOf(longest)])
  })

  test('at which an expectation holds no longer is asked of the engine; at the end the report says it', async () => {
    const hit = (await hitInFacts(engine, run, on('expectation'), 0, 12 * S))!
    expect(hit.why).toMatch(/^“requests.failed < 1” does not hold: it is [1-9]/)
    // Requests fail from the crash on: the step in which it happened ends it.
    expect(hit.at).toBe(Math.floor((3 * S) / run.series.step + 1) * run.series.step)
    expect(await hitInFacts(engine, run, on('expectation'), hit.at, 12 * S)).toBeUndefined()
    expect(hitInSeries(run, on('expectation'), 0)).toEqual({
      at: 12 * S,
      why: '“requests.failed < 1” does not hold at the end',
    })
  })
})

test('playing never passes a breakpoint, however fast, and goes on from it', async () => {
  const stop = startWatch()
  addBreakpoint('truth', 0)
  addBreakpoint('belief', 0)
  const stops: number[] = []
  for (let i = 0; i < 3; i++) {
    play()
    for (let frame = 0; frame < 2000 && playhead.getState().playing; frame++) {
      playhead.setState(advance({ ...playhead.getState(), speed: 1000 }, 100))
      await settled()
    }
    stops.push(playhead.getState().at)
    if (i < 2) expect(notice.getState().text).toMatch(/^Stopped at 0:0\d\.\d{3}: .*web\/2/)
  }
  expect(stops).toEqual([...run.changes.map(({ at }) => at), 12 * S])
  stop()
  expect(playhead.getState().limit).toBe(Number.POSITIVE_INFINITY)
})

test('going to the next one stands there, and says when there is none', async () => {
  addBreakpoint('failure', 0)
  addBreakpoint('p99', 1e6)
  expect(await toNextStop()).toBe(true)
  expect(playhead.getState().at).toBeGreaterThan(3 * S)
  switchBreakpoint(0, false)
  expect(await toNextStop()).toBe(false)
  expect(notice.getState().text).toMatch(/^No breakpoint/)
  removeBreakpoint(0)
  expect(breakpoints.getState().list).toEqual([{ condition: 'p99', limit: 1e6, isOn: true }])
  addBreakpoint('p99', 1e6)
  expect(breakpoints.getState().list).toHaveLength(1)
})

describe('jumps', () => {
  test('go forth and back over faults, flips, failures and what is seen', async () => {
    await jump(1, 'fault')
    expect(playhead.getState().at).toBe(3 * S)
    await jump(1, 'failure')
    const failure = playhead.getState().at
    expect(failure).toBeGreaterThan(3 * S)
    await jump(1, 'flip')
    const flip = playhead.getState().at
    await jump(-1, 'failure')
    const last = playhead.getState().at
    expect(last).toBeLessThan(flip)
    expect(last).toBeGreaterThan(failure)
    await jump(-1, 'flip')
    expect(playhead.getState().at).toBe(3 * S)
    await jump(1, 'visible')
    const seen = playhead.getState().at
    expect(seen).toBeGreaterThan(3 * S)
    expect(seen).toBeLessThan(3.1 * S)
    await jump(-1, 'visible')
    expect(playhead.getState().at).toBe(3 * S)
    await jump(-1, 'fault')
    expect(playhead.getState().at).toBe(3 * S)
    expect(notice.getState().text).toBe('There is no earlier fault.')
  })
})
