/**
 * Turns facts into hops: who sent what to whom, when it left and when it arrives. Sees one request in
 * `stride`; what is on its way when the window begins or ends is taken from the cluster's own tables.
 */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../base/fact-rows.ts'
import {
  dueAt,
  OBJECT as EVENT_OBJECT,
  SUBJECT as EVENT_SUBJECT,
  KIND,
  NO_TIMER,
  ROW_SHIFT,
} from '../engine/event-queue.ts'
import type { Probe } from '../engine/fact-log.ts'
import type { Cluster } from '../model/cluster.ts'
import { ANSWERED, REACHES_FRONT } from '../model/event-kinds.ts'
import { ARRIVED, FRONT, HELD, REPLIED, SENT, SETTLED, TIMED_OUT } from '../model/facts.ts'
import {
  ANSWERED_AT,
  BORN,
  CLIENT,
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

/** One hop; see worker/protocol.ts `Hops` for the numbers of nodes. */
export interface Hop {
  readonly request: number
  readonly from: number
  readonly to: number
  readonly departs: number
  readonly arrives: number
  readonly way: 0 | 1
  readonly outcome: number
}

/** What is known of a request on its way: its client, when it was born, where it was sent from and to last. */
interface Way {
  readonly client: number
  readonly born: number
  /** When its answer reached the front; -1 before. */
  answered: number
  /** True once the front has sent it on. */
  isSent: boolean
  /** True once its client is done with it; calls may still be open. */
  isSettled: boolean
  /** By node, of the calls that are open there: who sent it. */
  readonly senders: Map<number, number>
}

export interface Tracer extends Probe {
  stride: number
  /** Balancers in front; in the trace they are one. */
  fronts: number
  hops: Hop[]
  readonly ways: Map<number, Way>
}

export function tracer(): Tracer {
  const t: Tracer = {
    stride: 1,
    fronts: 1,
    hops: [],
    ways: new Map(),
    consume: (rows, count) => consume(t, rows, count),
  }
  return t
}

/** A population as the end of a hop. */
export function clientEnd(client: number): number {
  return -2 - client
}

function consume(t: Tracer, { num, int }: FactRows, count: number): void {
  for (let row = 0; row < count; row++) {
    const code = int[(row << 3) + CODE]!
    const kind = code & 255
    const isOfWay = kind === ARRIVED || kind === SENT || kind === REPLIED || kind === SETTLED || kind === HELD
    if (!isOfWay) continue
    const request = num[(row << 2) + SUBJECT]!
    if (request < 0 || request % t.stride !== 0) continue
    const at = num[row << 2]!
    const node = int[(row << 3) + OBJECT]!
    const value = num[(row << 2) + VALUE]!
    if (kind === ARRIVED) t.ways.set(request, newWay(code >> 8, at))
    else if (kind === SENT) sent(t, request, Math.max(FRONT, code >> 8), node, at, value)
    else if (kind === HELD && node < t.fronts) reachFront(t, request, at)
    else if (kind === REPLIED) replied(t, request, node, at, value, (code >> 8) & 15)
    else settled(t, request, at, code >> 8)
  }
}

function newWay(client: number, born: number): Way {
  return { client, born, answered: -1, isSent: false, isSettled: false, senders: new Map() }
}

function sent(t: Tracer, request: number, from: number, node: number, at: number, arrives: number): void {
  const way = t.ways.get(request)
  if (!way) return
  if (from === FRONT) reachFront(t, request, at)
  way.isSent = true
  way.senders.set(node, from)
  add(t, request, from, node, at, arrives, 0, 0)
}

/** It is at the balancer in front, where it may have to wait. */
function reachFront(t: Tracer, request: number, at: number): void {
  const way = t.ways.get(request)
  if (!way || way.isSent) return
  add(t, request, clientEnd(way.client), FRONT, way.born, at, 0, 0)
  way.isSent = true
}

function replied(
  t: Tracer,
  request: number,
  node: number,
  at: number,
  arrives: number,
  outcome: number,
): void {
  const way = t.ways.get(request)
  const to = way?.senders.get(node) ?? FRONT
  add(t, request, node, to, at, arrives, 1, outcome)
  if (!way) return
  if (to === FRONT) way.answered = arrives
  way.senders.delete(node)
  forgetIfDone(t, request, way)
}

function settled(t: Tracer, request: number, at: number, outcome: number): void {
  const way = t.ways.get(request)
  if (!way) return
  way.isSettled = true
  forgetIfDone(t, request, way)
  const client = clientEnd(way.client)
  if (!way.isSent) {
    const turned = outcome === TIMED_OUT ? at : (way.born + at) / 2
    add(t, request, client, FRONT, way.born, turned, 0, 0)
    add(t, request, FRONT, client, turned, at, 1, outcome)
  } else {
    const left = way.answered < 0 || outcome === TIMED_OUT ? at : way.answered
    add(t, request, FRONT, client, left, at, 1, outcome)
  }
}

/** A request whose client has left is followed until its last call has ended. */
function forgetIfDone(t: Tracer, request: number, way: Way): void {
  if (way.isSettled && way.senders.size === 0) t.ways.delete(request)
}

function add(
  t: Tracer,
  request: number,
  from: number,
  to: number,
  departs: number,
  arrives: number,
  way: 0 | 1,
  outcome: number,
): void {
  t.hops.push({ request, from, to, departs, arrives, way, outcome })
}

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
    if (request < 0 || request % t.stride !== 0) continue
    const node = int[(call << 3) + NODE]!
    const from = Math.max(FRONT, c.pools[int[(call << 3) + POOL]!]!.from)
    const way = wayOf(t, c, row, request)
    way.isSent = true
    if (phase === PHASE_LINE) continue
    if (phase !== PHASE_OUT) way.senders.set(node, from)
    const timer = num[(call << 2) + TIMER]!
    if (timer === NO_TIMER) continue
    const due = dueAt(c.queue, timer)
    if (phase === PHASE_IN) add(t, request, from, node, num[(call << 2) + SENT_AT]!, due, 0, 0)
    else if (phase === PHASE_OUT) {
      const outcome = c.queue.row[((timer - 1) & 0xffffff) * 8 + EVENT_OBJECT]!
      add(t, request, node, from, num[(call << 2) + SINCE]!, due, 1, outcome)
      if (int[(call << 3) + PARENT] === NIL) way.answered = due
    }
  }
}

/** Requests between client and front, which only the event queue knows. */
function onClientNetwork(t: Tracer, c: Cluster, isStart: boolean): void {
  const { queue, requests } = c
  for (let bucket = 0; bucket <= queue.mask; bucket++) {
    for (let slot = queue.heads[bucket]!; slot >= 0; slot = queue.row[slot << ROW_SHIFT]!) {
      const base = slot << ROW_SHIFT
      const kind = queue.row[base + KIND]!
      if (kind !== REACHES_FRONT && kind !== ANSWERED) continue
      const row = queue.row[base + EVENT_SUBJECT]!
      const request = requests.num[row * requests.stride + SERIAL]!
      if (request % t.stride !== 0) continue
      // Whoever has settled is not followed any more, though an answer may still be on its way.
      if (requests.int[(row << 3) + IS_SETTLED] === 1) continue
      const way = wayOf(t, c, row, request)
      const answered = requests.num[row * requests.stride + ANSWERED_AT]!
      if (kind === ANSWERED && isStart) {
        way.answered = answered
        way.isSent = true
      } else if (!isStart) {
        const due = queue.at[slot]!
        const client = clientEnd(way.client)
        if (kind === REACHES_FRONT) add(t, request, client, FRONT, way.born, due, 0, 0)
        else add(t, request, FRONT, client, answered, due, 1, queue.row[base + EVENT_OBJECT]!)
      }
    }
  }
}

function wayOf(t: Tracer, c: Cluster, row: number, request: number): Way {
  let way = t.ways.get(request)
  if (!way) {
    way = newWay(c.requests.int[(row << 3) + CLIENT]!, c.requests.num[row * c.requests.stride + BORN]!)
    way.isSettled = c.requests.int[(row << 3) + IS_SETTLED] === 1
    t.ways.set(request, way)
  }
  return way
}
