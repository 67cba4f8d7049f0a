/** The engine behind its door, without a worker around it. */

import { expect, test } from 'vitest'
import { simulate } from '../../src/run/simulate.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { doorOf } from '../../src/worker/door.ts'
import type { RunUpdate, TraceWindow } from '../../src/worker/protocol.ts'
import { shipped } from '../shipped.ts'

const crash = shipped.find(({ id }) => id === 'crash')!.scenario
const roundRobin = { policy: 'round-robin', params: {} }
const tiers = shipped.find(({ id }) => id === 'three-tiers')!.scenario

async function computed(scenario: Scenario) {
  const door = doorOf()
  const updates: RunUpdate[] = []
  await door.open(1, scenario, (update) => updates.push(update))
  return { door, updates, last: updates.at(-1)! }
}

test('the last update has the report that the terminal would give', async () => {
  const { last } = await computed(crash)
  expect(last.report?.fingerprint).toBe(simulate(crash).fingerprint)
  expect(last.simulatedTo).toBe(crash.duration)
  expect(last.series.steps).toBe(120)
})

test('a run can be looked into while it is computed, and closed in the middle of it', async () => {
  const door = doorOf()
  const long = { ...crash, duration: 7200e9, faults: [] }
  let looked: Promise<TraceWindow> | undefined
  let last: RunUpdate | undefined
  await door.open(1, long, (update) => {
    last = update
    // How far it has got by the first word of it is a matter of the machine.
    if (update.simulatedTo < 3e9) return
    looked ??= door.trace(1, 1e9, 2e9, 10_000).then(async (window) => {
      await door.close(1)
      return window
    })
  })
  expect((await looked!).hops.count).toBeGreaterThan(1000)
  expect(last!.simulatedTo).toBeLessThan(long.duration)
  expect(last!.report).toBeUndefined()
})

test('a run that is not open is refused in words', async () => {
  await expect(doorOf().trace(7, 0, 1e9, 100)).rejects.toThrow('run 7 is not open')
})

test('every hop of a window is one that a trace of the whole beginning saw', async () => {
  const { door } = await computed(tiers)
  const from = 41e9
  const to = 42e9
  const part = await door.trace(1, from, to, 1e6)
  const whole = await door.trace(1, 0, to, 1e6)
  expect(part.stride).toBe(1)
  const key = (w: TraceWindow, i: number) => {
    const { request, from: a, to: b, departs, arrives, way, outcome } = w.hops
    return [request[i], a[i], b[i], departs[i], arrives[i], way[i], outcome[i]].join(' ')
  }
  const seen = new Set(Array.from({ length: whole.hops.count }, (_, i) => key(whole, i)))
  const unseen = Array.from({ length: part.hops.count }, (_, i) => key(part, i)).filter((k) => !seen.has(k))
  expect(part.hops.count).toBeGreaterThan(1000)
  expect(unseen).toEqual([])
  const touching = Array.from({ length: whole.hops.count }, (_, i) => i).filter(
    (i) => whole.hops.arrives[i]! > from && whole.hops.departs[i]! <= to,
  )
  const inPart = new Set(Array.from({ length: part.hops.count }, (_, i) => key(part, i)))
  expect(touching.map((i) => key(whole, i)).filter((k) => !inPart.has(k))).toEqual([])
})

test('answers go back to who asked, also when the client has left', async () => {
  const { door } = await computed(tiers)
  const { hops } = await door.trace(1, 50e9, 52e9, 1e6)
  const firstDatabase = tiers.tiers[0]!.replicas.length + tiers.tiers[1]!.replicas.length
  const strays = Array.from({ length: hops.count }, (_, i) => i).filter(
    (i) =>
      hops.way[i] === 1 && hops.from[i]! >= firstDatabase && hops.to[i]! < tiers.tiers[0]!.replicas.length,
  )
  expect(hops.count).toBeGreaterThan(100)
  expect(strays).toEqual([])
})

test('stepping forward and back visits the same instants', async () => {
  const { door } = await computed(crash)
  const forward = [30e9 - 5e6]
  for (let i = 0; i < 12; i++) forward.push(await door.step(1, forward.at(-1)!, 1))
  const back = [forward.at(-1)!]
  for (let i = 0; i < 11; i++) back.push(await door.step(1, back.at(-1)!, -1))
  expect(back.reverse()).toEqual(forward.slice(1))
  expect(forward).toContain(30e9)
})

test('many requests are thinned to what was asked for, in step with nobody who takes turns', async () => {
  const { door } = await computed(crash)
  const { stride, hops } = await door.trace(1, 0, 60e9, 5000)
  expect(stride).toBeGreaterThan(1)
  expect(hops.count).toBeLessThanOrEqual(5000)
  // Those below 0 are health checks, which are thinned for themselves.
  const requests = Array.from(hops.request).filter((request) => request >= 0)
  expect(requests.length).toBeGreaterThan(1000)
  const born = new Set(requests.map(Math.floor))
  const places = Array.from({ length: stride }, (_, i) => [...born].filter((n) => n % stride === i).length)
  for (const place of places) expect(Math.abs(place - born.size / stride)).toBeLessThan(0.2 * born.size)
})

test('a second run continues from the first, and ends as it would alone', async () => {
  const { door } = await computed(crash)
  const later = { at: 100e9, kind: 'crash', tier: 0, replica: 2, amount: 0 } as const
  const edited = { ...crash, faults: [...crash.faults, later] }
  const updates: RunUpdate[] = []
  await door.open(2, edited, (update) => updates.push(update))
  const { report, changes, series } = updates.at(-1)!
  const alone = (await computed(edited)).last
  expect({ ...report, wall: 0 }).toEqual({ ...alone.report, wall: 0 })
  expect(changes).toEqual(alone.changes)
  expect(series).toEqual(alone.series)
})

test('the eight latest runs (four lanes, and those before them) can be looked into, older ones are forgotten', async () => {
  const door = doorOf()
  const short = { ...crash, duration: 11e9, faults: [] }
  for (let run = 1; run <= 9; run++) await door.open(run, { ...short, seed: run }, () => undefined)
  expect((await door.trace(2, 0, 1e9, 1000)).run).toBe(2)
  await expect(door.trace(1, 0, 1e9, 1000)).rejects.toThrow('run 1 is not open')
})

test('of several lanes a run continues the one that it shares most with, whichever was opened last', async () => {
  const door = doorOf()
  const other = { ...crash, tiers: crash.tiers.map((tier) => ({ ...tier, strategy: roundRobin })) }
  await door.open(1, crash, () => undefined)
  await door.open(2, other, () => undefined)
  const later = { at: 100e9, kind: 'crash', tier: 0, replica: 2, amount: 0 } as const
  for (const [run, scenario] of [crash, other].entries()) {
    const edited = { ...scenario, faults: [...scenario.faults, later] }
    const updates: RunUpdate[] = []
    await door.open(3 + run, edited, (update) => updates.push(update))
    expect(updates.at(-1)!.report!.fingerprint).toBe(simulate(edited).fingerprint)
  }
})

test('a window beyond what is computed ends there', async () => {
  const { door } = await computed({ ...crash, duration: 20e9, faults: [] })
  const { from, to, levels } = await door.trace(1, 19.5e9, 99e9, 1e6)
  expect([from, to]).toEqual([19.5e9, 20e9])
  expect(levels.step * (levels.frames - 1)).toBeCloseTo(0.5e9)
  expect((await door.trace(1, 50e9, 60e9, 1e6)).hops.count).toBeGreaterThanOrEqual(0)
})

test('a closed run is gone, for steps as for windows', async () => {
  const { door } = await computed({ ...crash, duration: 11e9, faults: [] })
  await door.close(1)
  await door.close(1)
  await expect(door.step(1, 0, 1)).rejects.toThrow('run 1 is not open')
})

test('a scenario whose log was not handed over is refused by the name of its log', async () => {
  const replay = shipped.find(({ id }) => id === 'replay')!.scenario
  await expect(doorOf().open(1, replay, () => undefined)).rejects.toThrow('small.log')
})

test('a log handed over again under its name is replayed anew', async () => {
  const replay = { ...shipped.find(({ id }) => id === 'replay')!.scenario, expect: [] }
  const door = doorOf()
  const line = (second: string) =>
    `10.0.0.1 - - [10/Oct/2000:13:55:${second} +0000] "GET /a HTTP/1.0" 200 100\n`
  const play = async (lines: readonly string[]) => {
    const { records } = await door.addLog('small.log', new Blob([...lines]))
    let last: RunUpdate | undefined
    await door.open(1, replay, (update) => {
      last = update
    })
    return [records, last!.report!.simulated.requests]
  }
  expect(await play([line('00'), line('07')])).toEqual([2, 2])
  expect(await play([line('00'), line('03'), line('07'), 'nonsense\n'])).toEqual([3, 3])
})

test('a run can be asked why, and what happened, while its windows are looked at', async () => {
  const door = doorOf()
  await door.open(1, { ...crash, duration: 5e9, warmUp: 0, faults: [] }, () => undefined)
  const before = await door.trace(1, 1e9, 2e9, 1000)
  const story = (await door.explain(1, 300))!
  const seen = await door.facts(1, story.born, story.settled, { request: 300 }, 1000)
  expect([...seen.at]).toEqual(story.facts.map(({ at }) => at))
  expect(await door.explain(1, 1e9)).toBeUndefined()
  const after = await door.trace(1, 1e9, 2e9, 1000)
  expect(after.hops).toEqual(before.hops)
})
