/** Health checks as they arrive at servers, and the status that HAProxy makes of them. */

import { Unfit } from '../../../unfit.ts'
import { plan, runWhile } from '../../agenda.ts'
import { allowOnly } from '../../case-fields.ts'
import { compared, type NumbersAgree } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { isFields } from '../../read-recording.ts'
import type { Scene } from '../../recording.ts'
import { startChecks, statusOf } from '../checks.ts'
import type { HaproxyProxy } from '../proxy.ts'
import type { CheckTimes } from '../server-line.ts'
import { setUpApart } from '../setup.ts'

/** After the last check of a phase the recorder changed the server's mode, ms. */
const CHANGE = 60
/** The recorder looked at the status for the first time, ms. */
const FIRST_LOOK = 50
/** It went on looking for so long after the last phase, ms. */
const LAST_LOOK = 250
/** No recording is longer, ms. */
const LONGEST = 1e7
/** Checks that are due on a busy machine come a little late: s. */
const LATE = 0.15

type Event = readonly [seconds: number, ...what: unknown[]]

/** A server changes its mode after some checks, or some time. */
export const checksPlayer: Player = {
  needs: ['phases'],
  play(scene) {
    allowOnly(scene, this.needs, ['server'])
    const p = setUpApart(scene)
    const server = p.backend.servers.findIndex(({ check }) => check !== undefined)
    if (server < 0 || p.backend.servers.length !== 1)
      throw new Unfit('there must be one server, with "check"')
    const check = p.backend.servers[server]!.check!
    const wanted = Array.isArray(scene.observed) ? scene.observed.length : 0
    const events = phaseEvents(p, check, phasesOf(scene), wanted)
    // A server that hangs may be let go when its mode changes: half an interval either way.
    const late = Math.min(check.inter, check.fastinter, check.downinter) / 2000
    return compared(gaps(inOrder(scene.observed)), gaps(inOrder(events)), within(late))
  },
}

/** Several servers: when each is checked. */
export const spreadPlayer: Player = {
  needs: ['server', 'servers'],
  play(scene) {
    allowOnly(scene, this.needs, [])
    const p = setUpApart(scene)
    const events: Event[] = []
    startChecks(p, {
      arrived: (server) => events.push([p.agenda.now / 1000, p.backend.servers[server]!.name]),
      counted: () => {},
    })
    const wanted = Array.isArray(scene.observed) ? scene.observed.length : 0
    runWhile(p.agenda, () => events.length < wanted)
    return compared(gaps(scene.observed), gaps(events), within(LATE))
  },
}

interface Phase {
  readonly mode: string
  /** Checks that arrive in it; undefined: it lasts for a time. */
  readonly checks: number | undefined
  /** ms */
  readonly lasts: number
}

function phaseEvents(
  p: HaproxyProxy,
  check: CheckTimes,
  phases: readonly Phase[],
  wanted: number,
): readonly Event[] {
  const { agenda } = p
  const events: Event[] = []
  let status: string | undefined
  let health = check.rise
  let phase = 0
  let arrived = 0
  let isOver = false
  const say = (...what: unknown[]) => events.push([agenda.now / 1000, ...what])
  const begin = (next: number) => {
    phase = next
    arrived = 0
    p.modes[0] = phases[phase]!.mode
    if (phase > 0) say('mode', p.modes[0])
    if (phases[phase]!.checks === undefined) plan(agenda, agenda.now + phases[phase]!.lasts + CHANGE, end)
  }
  const end = () => {
    if (phase + 1 < phases.length) begin(phase + 1)
    else isOver = true
  }
  begin(0)
  startChecks(p, {
    arrived() {
      if (p.modes[0] === 'refuse') return
      say('check', p.modes[0])
      if (++arrived === phases[phase]!.checks) plan(agenda, agenda.now + CHANGE, end)
    },
    counted(_server, now) {
      health = now
      if (status === undefined || statusOf(health, check) === status) return
      status = statusOf(health, check)
      say('status', status)
    },
  })
  plan(agenda, FIRST_LOOK, () => {
    status = statusOf(health, check)
    say('status', status)
  })
  runWhile(agenda, () => !isOver && agenda.now < LONGEST)
  if (!isOver) throw new Unfit('a phase waits for checks that do not arrive')
  const over = agenda.now
  runWhile(agenda, () => events.length < wanted && agenda.now < over + LAST_LOOK)
  return events
}

function phasesOf({ fields: { phases } }: Scene): readonly Phase[] {
  if (!Array.isArray(phases) || phases.length === 0) throw new Unfit('"phases" must be a list')
  return (phases as readonly unknown[]).map((phase) => {
    const { mode, until } = isFields(phase) ? phase : {}
    const parts = /^(\d{1,4}(?:\.\d+)?) (checks?|s)$/.exec(String(until))
    if (typeof mode !== 'string' || !parts) throw new Unfit('"phases" must have "mode" and "until" each')
    const isTime = parts[2] === 's'
    return { mode, checks: isTime ? undefined : Number(parts[1]), lasts: 1000 * Number(parts[1]) }
  })
}

/** A status that was seen only just after the next change of mode belongs before it: the recorder polls. */
function inOrder(events: unknown): unknown {
  if (!Array.isArray(events)) return events
  const list: unknown[] = [...events]
  for (let i = 1; i < list.length; i++) {
    const [before, after] = [list[i - 1], list[i]]
    if (!Array.isArray(before) || !Array.isArray(after)) continue
    const isLate = before[1] === 'mode' && after[1] === 'status' && after[0] - before[0] < CHANGE / 1000
    if (isLate) list.splice(i - 1, 2, [before[0], ...after.slice(1)], before)
  }
  return list
}

/** Times since the event before: a delay is not carried on. */
function gaps(events: unknown): unknown {
  if (!Array.isArray(events)) return events
  return events.map((event: unknown, i) => {
    if (!Array.isArray(event) || typeof event[0] !== 'number') return event
    const before: unknown = i > 0 ? events[i - 1] : undefined
    const since = Array.isArray(before) && typeof before[0] === 'number' ? before[0] : 0
    return [Math.round(1000 * (event[0] - since)) / 1000, ...event.slice(1)]
  })
}

function within(late: number): NumbersAgree {
  return (expected, got, position) =>
    /\[0\]$/.test(position) ? Math.abs(expected - got) <= late + 1e-9 : expected === got
}
