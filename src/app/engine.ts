/** Runs the draft: whenever its scenario changes, the engine computes it and the run store follows. */

import { LONGEST, SECOND } from '../base/time.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { EngineDoor, RunUpdate } from '../worker/protocol.ts'
import { forgetGiven, handOverLogs, logsOf } from './logs.ts'
import { draft } from './stores/draft.ts'
import { notice } from './stores/notice.ts'
import { pause, playhead, seek, setExtent } from './stores/playhead.ts'
import { runs } from './stores/runs.ts'
import { traceRun } from './trace-source.ts'

let door: EngineDoor | undefined
let latest = 0
let opened: number[] = []
let lastDeath = Number.NEGATIVE_INFINITY

/** Wall time in which a second death is no accident. */
const SHORT_TIME_MS = 10_000

/** Computes the draft's scenario now and after every change, until the returned function is called. */
export function startRuns(engine: EngineDoor): () => void {
  door = engine
  const { scenario } = draft.getState()
  if (scenario) void open(engine, scenario)
  return draft.subscribe((now, before) => {
    if (now.scenario && now.scenario !== before.scenario) void open(engine, now.scenario)
  })
}

/** Computes the last right scenario again, after the engine failed. */
export function runAgain(): void {
  const { scenario } = draft.getState()
  if (door && scenario) void open(door, scenario)
}

/** Goes to the next or previous event and stands there. */
export async function stepEvent(direction: 1 | -1): Promise<void> {
  const { current } = runs.getState()
  if (!door || !current) return
  pause()
  const { at } = playhead.getState()
  try {
    const to = await door.step(current.number, at, direction)
    if (playhead.getState().at === at) seek(to)
  } catch {
    // The run has just been closed, or the worker died, which is told where it is noticed.
  }
}

async function open(engine: EngineDoor, scenario: Scenario): Promise<void> {
  const number = ++latest
  opened.push(number)
  runs.setState({ status: 'computing', failure: '' })
  try {
    const logs = logsOf(scenario)
    if (logs.length > 0) await handOverLogs(engine, logs)
    if (number !== latest) return
    await engine.open(number, scenario, (update) => {
      if (number === latest) take(engine, scenario, update)
    })
  } catch (error) {
    if (number !== latest || runs.getState().status === 'failed') return
    fail(error instanceof Error ? error.message : String(error))
  }
}

/** The worker died. It begins anew by itself at the next call; twice in a short time is left to the person. */
export function onDeath(why: string): void {
  forgetGiven()
  const now = performance.now()
  const isFirst = now - lastDeath > SHORT_TIME_MS
  lastDeath = now
  if (isFirst) {
    notice.setState({ text: `The engine stopped and was started again: ${why}` })
    runAgain()
  } else fail(`The engine stopped again: ${why}`)
}

function fail(failure: string): void {
  runs.setState({ status: 'failed', failure })
}

function take(engine: EngineDoor, scenario: Scenario, update: RunUpdate): void {
  const { run: number, series, changes, report, simulatedTo } = update
  const { current, previous } = runs.getState()
  const isFirst = current?.number !== number
  const duration = lengthOf(scenario, update)
  runs.setState({
    status: report ? 'done' : 'computing',
    current: { number, scenario, duration, series, changes, report, simulatedTo },
    previous: isFirst ? current : previous,
  })
  setExtent(duration, report ? duration : Math.min(simulatedTo, duration - 1))
  if (!isFirst) return
  traceRun(engine, number)
  // Only now: the engine continues an earlier run where the new one begins to differ.
  for (const old of opened.filter((other) => other < number)) engine.close(old).catch(() => undefined)
  opened = opened.filter((other) => other >= number)
}

/** A scenario without an end ends with its last request. */
function lengthOf(scenario: Scenario, { report, simulatedTo }: RunUpdate): number {
  if (scenario.duration < LONGEST) return scenario.duration
  return report ? Math.round(report.simulated.durationSeconds * SECOND) : simulatedTo
}
