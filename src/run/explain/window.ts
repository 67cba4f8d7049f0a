/** What happened between two instants of a session, as rows for an event log. */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../../base/fact-rows.ts'
import { flush, type Probe } from '../../engine/fact-log.ts'
import { runUntil, stepOnce } from '../../engine/simulation.ts'
import type { Cluster } from '../../model/cluster.ts'
import {
  ARRIVED,
  BELIEVED,
  CANCELLED,
  CHECK_SENT,
  CHECKED,
  CONNECTION_CLOSED,
  FACT_NAMES,
  type FactName,
  HAPPENED,
  HEARD,
  HELD,
  OK,
  PURGED,
  RELEASED,
  REPLIED,
  RESIZED,
  RETRIED,
  RETRY_OVERFLOWED,
  SESSION_LOST,
  SETTLED,
  TRUTH,
  TRY_ENDED,
  WAITED,
} from '../../model/facts.ts'
import { rules } from '../../model/rules.ts'
import { bearerOf } from '../bearers.ts'
import type { Run } from '../run.ts'
import { replayTo, type Session } from '../session.ts'

/** Which facts are wanted; what is left out is not asked for. */
export interface FactFilter {
  readonly kinds?: readonly FactName[]
  /** Nodes from the first to the last, both included. */
  readonly nodes?: readonly [first: number, last: number]
  /** A request, with all its tries. */
  readonly request?: number
  /** The requests that come from an address in this window, with all their tries. */
  readonly address?: number
  /** The requests of a session (or, below 0, of a visitor; see model/visitors.ts) that are born in this window. */
  readonly bearer?: number
  /** Only what went wrong. */
  readonly failures?: boolean
  /** Only what has exactly this value: queues that have just become so long. */
  readonly value?: number
}

/** Columns of equal length, in the order in which it happened. */
export interface FactColumns {
  readonly from: number
  /** Up to this instant all is here: earlier than was asked when there were too many. */
  readonly to: number
  readonly count: number
  readonly at: Float64Array
  readonly kind: readonly FactName[]
  /** See model/facts for what these mean for each kind. */
  readonly subject: Float64Array
  readonly object: Int32Array
  readonly value: Float64Array
  readonly detail: Int32Array
}

/** Kinds whose subject is something else than a request. */
export const OF_OTHERS: ReadonlySet<number> = new Set([
  TRUTH,
  BELIEVED,
  CHECKED,
  CHECK_SENT,
  PURGED,
  HEARD,
  HAPPENED,
  RESIZED,
  CONNECTION_CLOSED,
])

/** Slices of time between two looks at whether there are enough. */
const SLICES = 64

/**
 * Replays from the nearest checkpoint and notes what passes the filter.
 * @param most rows; beyond that it ends early, at an instant up to which all is told
 */
export function factsBetween(
  session: Session,
  replay: Run,
  from: number,
  to: number,
  filter: FactFilter,
  most: number,
): FactColumns {
  const rows: number[][] = []
  replay.log.probes = []
  replayTo(session, Math.max(0, from - 1), replay)
  flush(replay.log)
  replay.log.probes = [noting(replay, filter, rows)]
  let reached = from
  for (let slice = 1; slice <= SLICES && rows.length <= most; slice++) {
    reached = slice === SLICES ? to : Math.round(from + ((to - from) * slice) / SLICES)
    if (filter.bearer === undefined) runUntil(replay.cluster, rules, replay.scenario.faults, reached)
    else runClosely(replay, reached)
    flush(replay.log)
  }
  replay.log.probes = []
  if (rows.length > most) {
    // Those of the instant at which it is full are left out altogether.
    const last = rows[most]![0]!
    while (rows.length > 0 && rows.at(-1)![0]! >= last) rows.pop()
    reached = Math.max(from, last - 1)
  }
  return columns(rows, from, reached)
}

/** Whose a request is can be seen only right after its birth. */
function runClosely({ cluster, scenario, log }: Run, end: number): void {
  while (stepOnce(cluster, rules, scenario.faults, end)) if (log.filled > 0) flush(log)
  cluster.now = Math.max(cluster.now, end)
}

function noting({ cluster }: Run, filter: FactFilter, rows: number[][]): Probe {
  const kinds = filter.kinds && new Set<string>(filter.kinds)
  const ofVisitor = new Set<number>()
  return {
    consume({ num, int }: FactRows, count) {
      for (let row = 0; row < count; row++) {
        const whole = int[(row << 3) + CODE]!
        const kind = whole & 255
        const subject = num[(row << 2) + SUBJECT]!
        const object = int[(row << 3) + OBJECT]!
        if (filter.address !== undefined || filter.bearer !== undefined) {
          if (kind === ARRIVED && isOf(filter, cluster, subject, object)) ofVisitor.add(subject)
          if (!namesRequest(kind) || !ofVisitor.has(Math.floor(subject))) continue
        }
        if (kinds && !kinds.has(FACT_NAMES[kind]!)) continue
        const detail = whole >> 8
        if (filter.request !== undefined && !(namesRequest(kind) && Math.floor(subject) === filter.request))
          continue
        if (filter.nodes && !(namesNode(kind) && object >= filter.nodes[0] && object <= filter.nodes[1]))
          continue
        if (filter.failures && !isFailure(kind, detail)) continue
        if (filter.value !== undefined && num[(row << 2) + VALUE] !== filter.value) continue
        rows.push([num[row << 2]!, kind, subject, object, num[(row << 2) + VALUE]!, detail])
      }
    },
  }
}

function isOf({ address, bearer }: FactFilter, c: Cluster, request: number, object: number): boolean {
  if (address !== undefined && (address | 0) !== object) return false
  return bearer === undefined || bearerOf(c, request) === bearer
}

/** True of kinds whose subject is a request. */
function namesRequest(kind: number): boolean {
  return !OF_OTHERS.has(kind)
}

/** True of kinds whose object is a node. */
function namesNode(kind: number): boolean {
  const isOther =
    kind === ARRIVED ||
    kind === WAITED ||
    kind === SETTLED ||
    kind === HELD ||
    kind === RELEASED ||
    kind === RETRIED ||
    kind === RETRY_OVERFLOWED ||
    kind === TRY_ENDED
  return !isOther
}

function isFailure(kind: number, detail: number): boolean {
  switch (kind) {
    case REPLIED:
    case TRY_ENDED:
      return (detail & 15) !== OK && (detail & 15) !== CANCELLED
    case SETTLED:
    case RELEASED:
      return detail !== OK
    case TRUTH:
      return detail !== 0
    case BELIEVED:
    case CHECKED:
      return detail === 0
    default:
      return kind === SESSION_LOST || kind === RETRY_OVERFLOWED
  }
}

function columns(rows: readonly number[][], from: number, to: number): FactColumns {
  const column = (place: number) => rows.map((row) => row[place]!)
  return {
    from,
    to,
    count: rows.length,
    at: Float64Array.from(column(0)),
    kind: column(1).map((kind) => FACT_NAMES[kind]!),
    subject: Float64Array.from(column(2)),
    object: Int32Array.from(column(3)),
    value: Float64Array.from(column(4)),
    detail: Int32Array.from(column(5)),
  }
}
