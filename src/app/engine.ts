/** Runs the lanes on show: whenever a lane's scenario changes, the engine computes it and the run store follows. */

import { LONGEST, SECOND } from '../base/time.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { EngineDoor, RunUpdate } from '../worker/protocol.ts'
import { branches } from './branches/store.ts'
import { BASE } from './lanes/lane-key.ts'
import { laneOf } from './lanes/lane-of.ts'
import { forgetGiven, handOverLogs, logsOf } from './logs.ts'
import { ahead } from './parts/later.tsx'
import { isReaderHere, withReader } from './reader.ts'
import { choice, chosenFor } from './stores/choice.ts'
import { draft } from './stores/draft.ts'
import { notice } from './stores/notice.ts'
import { pause, playhead, seek, setExtent } from './stores/playhead.ts'
import { type Lane, runs } from './stores/runs.ts'
import { forgetTraces, traceRun } from './trace-source.ts'

const loadTelling = ahead(() => import('./lab/events/just-happened.ts'))

let door: EngineDoor | undefined
let latest = 0
/** The latest run of each lane, and older ones that may still be open. */
let wanted = new Map<string, number>()
let opened: { readonly key: string; readonly number: number }[] = []
let lastTaken = Number.NEGATIVE_INFINITY
let lastDeath = Number.NEGATIVE_INFINITY

/** Wall time between two looks at what has been computed of a lane. */
const EVERY_MS = 100
/** Wall time in which a second death is no accident. */
const SHORT_TIME_MS = 10_000

/** Computes the lanes on show now and after every change, until the returned function is called. */
export function startRuns(engine: EngineDoor): () => void {
  door = engine
  wanted = new Map()
  opened = []
  follow()
  const stops = [
    draft.subscribe((now, before) => {
      if (now.scenario !== before.scenario || now.id !== before.id) follow()
    }),
    choice.subscribe(follow),
    branches.subscribe(follow),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** For questions about runs; undefined before there is an engine. */
export function engineDoor(): EngineDoor | undefined {
  return door
}

/** Computes all lanes again, after the engine failed. */
export function runAgain(): void {
  for (const { key, scenario } of runs.getState().lanes) if (scenario) void open(key, scenario)
}

/** Goes to the next or previous event of any lane and stands there. */
export async function stepEvent(direction: 1 | -1): Promise<void> {
  const engine = door
  const numbers = runs.getState().lanes.flatMap(({ current }) => (current ? [current.number] : []))
  if (!engine || numbers.length === 0) return
  pause()
  const { at } = playhead.getState()
  try {
    const instants = await Promise.all(numbers.map((number) => engine.step(number, at, direction)))
    const moved = instants.filter((to) => to !== at)
    const to = direction === 1 ? Math.min(...moved) : Math.max(...moved)
    if (playhead.getState().at !== at) return
    seek(to)
    if (!Number.isFinite(to)) return
    const { tellWhatHappened } = await loadTelling()
    await tellWhatHappened(engine, to)
  } catch {
    // The run has just been closed, or the worker died, which is told where it is noticed.
  }
}

/** Brings the lanes in step with what is chosen and written; those that stay as they were keep their runs. */
function follow(): void {
  const { id, scenario } = draft.getState()
  if (!scenario) return
  const { lanes: before } = runs.getState()
  const keys = chosenFor(choice.getState(), id)
  if (!isReaderHere() && keys.some((key) => key !== BASE)) {
    withReader(follow)
    return
  }
  const lanes = keys.map((key) => laneOf(key, before, keys.length === 1))
  runs.setState({ lanes })
  for (const { key } of before) if (!keys.includes(key)) close(key, Number.POSITIVE_INFINITY)
  forgetTraces(keys)
  for (const lane of lanes) {
    if (before.includes(lane)) continue
    if (lane.scenario) void open(lane.key, lane.scenario)
    else close(lane.key, Number.POSITIVE_INFINITY)
  }
  extend()
}

async function open(key: string, scenario: Scenario): Promise<void> {
  const engine = door
  if (!engine) return
  const number = ++latest
  wanted.set(key, number)
  opened.push({ key, number })
  const isWanted = () => wanted.get(key) === number
  change(key, { status: 'computing', failure: '' })
  try {
    const logs = logsOf(scenario)
    if (logs.length > 0) await handOverLogs(engine, logs)
    if (!isWanted()) return
    await engine.open(number, scenario, (update) => {
      if (isWanted()) take(engine, key, scenario, update)
    })
  } catch (error) {
    if (!isWanted() || find(key)?.status === 'failed') return
    fail(key, error instanceof Error ? error.message : String(error))
  }
}

/** The worker died. It begins anew by itself at the next call; twice in a short time is left to the person. */
export function onDeath(why: string): void {
  forgetGiven()
  opened = []
  const now = performance.now()
  const isFirst = now - lastDeath > SHORT_TIME_MS
  lastDeath = now
  if (isFirst) {
    notice.setState({ text: `The engine stopped and was started again: ${why}` })
    runAgain()
  } else for (const { key } of runs.getState().lanes) fail(key, `The engine stopped again: ${why}`)
}

function fail(key: string, failure: string): void {
  change(key, { status: 'failed', failure })
}

function take(engine: EngineDoor, key: string, scenario: Scenario, update: RunUpdate): void {
  const { run: number, series, changes, report, simulatedTo } = update
  const lane = find(key)
  if (!lane) return
  const isFirst = lane.current?.number !== number
  // Every update is drawn anew in all charts: of several lanes not more often than of one.
  const now = performance.now()
  if (!isFirst && !report && now - lastTaken < EVERY_MS * runs.getState().lanes.length) return
  lastTaken = now
  const duration = lengthOf(scenario, update)
  change(key, {
    status: report ? 'done' : 'computing',
    current: { number, scenario, duration, series, changes, report, simulatedTo },
    previous: isFirst ? lane.current : lane.previous,
  })
  extend()
  if (!isFirst) return
  traceRun(engine, key, number)
  // Only now: the engine continues an earlier run where the new one begins to differ.
  close(key, number)
}

/** Lets go of a lane's runs before `number`. */
function close(key: string, number: number): void {
  if (number === Number.POSITIVE_INFINITY) wanted.delete(key)
  for (const old of opened) {
    if (old.key === key && old.number < number) door?.close(old.number).catch(() => undefined)
  }
  opened = opened.filter((old) => old.key !== key || old.number >= number)
}

/** The time on show is that of the longest lane; it can be played as far as all are computed. */
function extend(): void {
  const all = runs.getState().lanes.flatMap(({ current, scenario }) => (current && scenario ? [current] : []))
  if (all.length === 0) return
  const duration = Math.max(...all.map((run) => run.duration))
  const isOver = all.every(({ report }) => report)
  const reached = Math.min(...all.map((run) => (run.report ? duration : run.simulatedTo)))
  setExtent(duration, isOver ? duration : Math.min(reached, duration - 1))
}

function find(key: string): Lane | undefined {
  return runs.getState().lanes.find((lane) => lane.key === key)
}

function change(key: string, to: Partial<Lane>): void {
  runs.setState(({ lanes }) => ({
    lanes: lanes.map((lane) => (lane.key === key ? { ...lane, ...to } : lane)),
  }))
}

/** A scenario without an end ends with its last request. */
function lengthOf(scenario: Scenario, { report, simulatedTo }: RunUpdate): number {
  if (scenario.duration < LONGEST) return scenario.duration
  return report ? Math.round(report.simulated.durationSeconds * SECOND) : simulatedTo
}
