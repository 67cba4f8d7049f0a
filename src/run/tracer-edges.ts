/** What is on its way when a window of the trace begins or ends, taken from the cluster's own tables. */

import {
  AT_SHIFT,
  dueAt,
  OBJECT as EVENT_OBJECT,
  SUBJECT as EVENT_SUBJECT,
  KIND,
  NO_TIMER,
  pendingSlots,
  ROW_SHIFT,
  slotOf,
} from '../engine/event-queue.ts'
import type { Cluster } from '../model/cluster.ts'
import { ANSWERED, REACHES_FRONT } from '../model/event-kinds.ts'
import { BACKGROUND_FETCH, FRONT } from '../model/facts.ts'
import {
  ADDRESS,
  ANSWERED_AT,
  BORN,
  CLIENT,
  DOOR,
  IS_SETTLED,
  NIL,
  NODE,
  PARENT,
  PHASE,
  PHASE_IN,
  PHASE_LINE,
  PHASE_OUT,
  POOL,
  REQUEST,
  SENT_AT,
  SERIAL,
  SINCE,
  TIMER,
} from '../model/tables.ts'
import { IS_HEDGE, SET_OUT, tryRow, tryTimes } from '../model/tries-table.ts'
import {
  add,
  CHECK,
  COPY,
  clientEnd,
  FETCH,
  FIRST_TRY,
  FURTHER_TRY,
  isFollowed,
  newWay,
  type Tracer,
  type Way,
} from './hops.ts'

/** Hops that are under way in a cluster, and the ways of its open requests, as the tracer's start. */
export function beginTrace(t: Tracer, c: Cluster, stride: number): void {
  t.stride = stride
  t.fronts = c.fixed.fronts
  t.hops = []
  t.ways.clear()
  openCalls(t, c)
  onClientNetwork(t, c, true)
}

/** At the end of the window: what is still on the clients' network. */
export function endTrace(t: Tracer, c: Cluster): void {
  onClientNetwork(t, c, false)
}

function openCalls(t: Tracer, c: Cluster): void {
  const { int, num } = c.calls
  for (let call = 0; call < c.calls.used; call++) {
    const phase = int[(call << 3) + PHASE]!
    if (phase < 0) continue
    const row = int[(call << 3) + REQUEST]!
    const request = c.requests.num[row * c.requests.stride + SERIAL]!
    if (request < 0 ? request % t.checks.stride !== 0 : !isFollowed(t, request)) continue
    const node = int[(call << 3) + NODE]!
    const { from } = c.pools[int[(call << 3) + POOL]!]!
    const way = wayOf(t, c, row, request)
    way.isSent = true
    if (phase === PHASE_LINE) continue
    if (phase !== PHASE_OUT) way.senders.set(node, from)
    const timer = num[(call << 2) + TIMER]!
    if (timer === NO_TIMER) continue
    const due = dueAt(c.queue, timer)
    if (phase === PHASE_IN) add(t, request, way, from, node, num[(call << 2) + SENT_AT]!, due, 0, 0)
    else if (phase === PHASE_OUT) {
      const outcome = c.queue.row[(slotOf(timer) << ROW_SHIFT) + EVENT_OBJECT]!
      add(t, request, way, node, from, num[(call << 2) + SINCE]!, due, 1, outcome)
      if (int[(call << 3) + PARENT] === NIL) way.answered = due
    }
  }
}

/** Requests between client and front, which only the event queue knows. */
function onClientNetwork(t: Tracer, c: Cluster, isStart: boolean): void {
  const { queue, requests } = c
  for (const slot of pendingSlots(queue)) {
    const base = slot << ROW_SHIFT
    const kind = queue.row[base + KIND]!
    if (kind !== REACHES_FRONT && kind !== ANSWERED) continue
    const row = queue.row[base + EVENT_SUBJECT]!
    const request = requests.num[row * requests.stride + SERIAL]!
    if (!isFollowed(t, request)) continue
    // Whoever has settled is not followed any more, though an answer may still be on its way.
    if (requests.int[(row << 3) + IS_SETTLED] === 1) continue
    const way = wayOf(t, c, row, request)
    const answered = requests.num[row * requests.stride + ANSWERED_AT]!
    if (kind === ANSWERED && isStart) {
      way.answered = answered
      way.isSent = true
    } else if (!isStart) {
      const due = queue.at[slot << AT_SHIFT]!
      const client = clientEnd(t, way.client)
      if (kind === REACHES_FRONT) add(t, request, way, client, way.front, way.born, due, 0, 0)
      else add(t, request, way, way.front, client, answered, due, 1, queue.row[base + EVENT_OBJECT]!)
    }
  }
}

function wayOf(t: Tracer, c: Cluster, row: number, serial: number): Way {
  let way = t.ways.get(serial)
  if (!way) {
    const { int, num, stride } = c.requests
    const isFurther = serial % 1 > 0 && serial % 1 < BACKGROUND_FETCH && c.tries !== undefined
    const isHedge = isFurther && c.tries.int[tryRow(row) | IS_HEDGE] === 1
    const setOut = isFurther ? c.tries.num[tryTimes(row) | SET_OUT]! : 0
    way = newWay(
      int[(row << 3) + CLIENT]!,
      Math.max(setOut, num[row * stride + BORN]!),
      num[row * stride + ADDRESS]! | 0,
      kindOf(serial, isFurther, isHedge),
    )
    way.front = FRONT - int[(row << 3) + DOOR]!
    way.isSettled = int[(row << 3) + IS_SETTLED] === 1 || way.kind === FETCH || way.kind === CHECK
    t.ways.set(serial, way)
  }
  return way
}

function kindOf(serial: number, isFurther: boolean, isHedge: boolean): Way['kind'] {
  if (serial < 0) return CHECK
  if (isFurther) return isHedge ? COPY : FURTHER_TRY
  return serial % 1 >= BACKGROUND_FETCH ? FETCH : FIRST_TRY
}
