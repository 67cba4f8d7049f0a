/** What the worker does when it is asked; apart from the worker itself so that it can be tested anywhere. */

import {
  crowdBetween,
  explainRequest,
  factsBetween,
  firstReading,
  type Judge,
  judgeOf,
  logShelf,
  lookForBreak,
  neighbour,
  openSession,
  type Run,
  replayOf,
  report,
  type Session,
  sharedUntil,
  type Tracer,
  trace,
  tracer,
  work,
} from '../run/public.ts'
import { breath } from './breath.ts'
import type { AliveDoor, EngineDoor, ReaderDoor, RunUpdate } from './protocol.ts'

type Scenario = Parameters<EngineDoor['open']>[1]

interface Open {
  readonly session: Session
  readonly tracer: Tracer
  readonly replay: Run
  /** Made when it is first asked when expectations break. */
  judge?: Judge
  isClosed: boolean
  wall: number
}

/** Work done between two looks at what else was asked. */
const SLICE_MS = 24
/** Wall time between two updates of a long run; and how many times longer than an update itself takes. */
const UPDATE_MS = 120
const SPARING = 8
/** Sessions kept so that new ones can continue from them. */
const MOST_OPEN = 8

/** A door of its own runs and logs. */
export function doorOf(): EngineDoor & ReaderDoor & AliveDoor {
  const open = new Map<number, Open>()
  const shelf = logShelf()

  function begin(run: number, scenario: Scenario): Open {
    const session = openSession(scenario, { logs: shelf.sourcesFor(scenario) }, nearest(scenario))
    const eyes = tracer()
    const opened = { session, tracer: eyes, replay: replayOf(session, eyes), isClosed: false, wall: 0 }
    open.set(run, opened)
    for (const old of [...open.keys()].slice(0, -MOST_OPEN)) shut(old)
    return opened
  }

  /** The session that has computed the longest beginning of a scenario; of equals the latest. */
  function nearest(scenario: Scenario): Session | undefined {
    let best: Session | undefined
    let most = 0
    for (const { session } of open.values()) {
      const { warmUp } = session.run.scenario // one that was searched for is looked at when it is settled
      const shared = Math.min(
        sharedUntil({ ...scenario, warmUp }, session.run.scenario),
        session.run.cluster.now,
      )
      if (shared < most || shared === 0) continue
      most = shared
      best = session
    }
    return best
  }

  function shut(run: number): void {
    const found = open.get(run)
    if (found) found.isClosed = true
    open.delete(run)
  }

  function find(run: number): Open {
    const found = open.get(run)
    if (!found) throw new Error(`run ${run} is not open`)
    return found
  }

  return {
    async alive() {},
    async read(text, file) {
      return firstReading(text, file)
    },
    async open(run, scenario, onUpdate) {
      const opened = begin(run, scenario)
      const { session } = opened
      let isOver = false
      let next = performance.now() + UPDATE_MS
      while (!isOver && !opened.isClosed) {
        const began = performance.now()
        isOver = work(session, SLICE_MS)
        opened.wall += performance.now() - began
        if (isOver || performance.now() > next) {
          const since = performance.now()
          // Through comlink it is a promise, and has a channel of its own: the report must not come after the end.
          await onUpdate(updateOf(run, opened, isOver))
          // Of thousands of replicas there is much to tell: that must not take the time of the run itself.
          const now = performance.now()
          next = now + Math.max(UPDATE_MS, SPARING * (now - since))
        }
        await breath()
      }
    },
    async addLog(file, content) {
      return shelf.add(file, new Uint8Array(await content.arrayBuffer()))
    },
    async close(run) {
      shut(run)
    },
    async trace(run, from, to, most) {
      const { session, replay, tracer: eyes } = find(run)
      const reached = session.run.cluster.now
      return { run, ...trace(session, replay, eyes, Math.min(from, reached), Math.min(to, reached), most) }
    },
    async step(run, at, direction) {
      const { session, replay } = find(run)
      replay.log.probes = []
      return neighbour(session, at, direction, replay)
    },
    async explain(run, request) {
      const { session, replay } = find(run)
      return explainRequest(session, replay, request)
    },
    async facts(run, from, to, filter, most) {
      const { session, replay } = find(run)
      const reached = session.run.cluster.now
      return factsBetween(session, replay, Math.min(from, reached), Math.min(to, reached), filter, most)
    },
    async breaks(run, from, to) {
      const opened = find(run)
      const { session } = opened
      const reached = Math.min(to, session.run.cluster.now)
      // Who asks meanwhile has a judge of their own.
      const judge = opened.judge ?? judgeOf(session)
      delete opened.judge
      let found = lookForBreak(judge, from, reached, SLICE_MS)
      while (found === 'more' && !opened.isClosed) {
        await breath()
        found = lookForBreak(judge, from, reached, SLICE_MS)
      }
      opened.judge = judge
      return typeof found === 'string' ? undefined : found
    },
    async crowd(run, from, to, most) {
      const { session, replay } = find(run)
      const reached = session.run.cluster.now
      return { run, ...crowdBetween(session, replay, Math.min(from, reached), Math.min(to, reached), most) }
    },
  }
}

function updateOf(run: number, { session, wall }: Open, isOver: boolean): RunUpdate {
  const { recording, cluster } = session.run
  const update = {
    run,
    simulatedTo: cluster.now,
    series: recording.series,
    changes: recording.changes.slice(0, recording.state.changes),
  }
  return isOver ? { ...update, report: report(session.run, __EVENKEEL_VERSION__, wall / 1e3) } : update
}
