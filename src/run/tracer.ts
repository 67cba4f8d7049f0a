/**
 * Turns facts into hops: who sent what to whom, when it left and when it arrives. Sees one request in
 * `stride`. What is on its way when a window begins or ends: tracer-edges.ts.
 */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../base/fact-rows.ts'
import {
  ARRIVED,
  BACKGROUND_FETCH,
  BY_BALANCER,
  BY_HEDGE,
  CHECK_SENT,
  CHECKED,
  CONNECTION_OPENED,
  FRONT,
  HELD,
  HELD_BACK,
  PURGED,
  REPLIED,
  RETRIED,
  SENT,
  SETTLED,
  TIMED_OUT,
  TRUTH,
  TRY_ENDED,
} from '../model/facts.ts'
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
  PURGE,
  type Tracer,
  type Way,
} from './hops.ts'
import { checked, noChecks, toldTruth } from './tracer-checks.ts'
import { opens, outside, shakesHands } from './tracer-doors.ts'

export function tracer(): Tracer {
  const t: Tracer = {
    stride: 1,
    fronts: 1,
    hops: [],
    ways: new Map(),
    checks: noChecks(),
    consume: (rows, count) => consume(t, rows, count),
  }
  return t
}

function consume(t: Tracer, { num, int }: FactRows, count: number): void {
  for (let row = 0; row < count; row++) {
    const code = int[(row << 3) + CODE]!
    const kind = code & 255
    if (!isOfWay(kind)) continue
    const request = num[(row << 2) + SUBJECT]!
    const at = num[row << 2]!
    const object = int[(row << 3) + OBJECT]!
    const value = num[(row << 2) + VALUE]!
    const detail = code >> 8
    if (kind === CHECKED) checked(t, at, object, request, detail === 1)
    else if (kind === TRUTH) toldTruth(t.checks, object, detail, request)
    else if (kind === PURGED) outside(t, PURGE, object, at)
    else if (kind === CHECK_SENT) asked(t, request, detail, object, at, value)
    else if (!t.ways.has(request) && !isFollowed(t, request)) continue
    else if (kind === ARRIVED) t.ways.set(request, newWay(detail, at, object, FIRST_TRY))
    else if (kind === RETRIED) tried(t, request, at, detail)
    else if (kind === SENT) sent(t, request, detail, object, at, value)
    else if (kind === HELD && object < t.fronts) reachFront(t, request, FRONT - object, at)
    else if (kind === REPLIED) replied(t, request, object, at, value, detail & 15)
    else if (kind === TRY_ENDED) tryEnded(t, request, at, detail & 15, detail >> 4)
    else if (kind === SETTLED) settled(t, request, at, detail)
    else if (kind === CONNECTION_OPENED) opens(t, request, detail)
    else if (kind === HELD_BACK && detail === 1) shakesHands(t, request, object, at, value)
  }
}

function isOfWay(kind: number): boolean {
  return (
    kind === ARRIVED ||
    kind === SENT ||
    kind === REPLIED ||
    kind === SETTLED ||
    kind === HELD ||
    kind === RETRIED ||
    kind === TRY_ENDED ||
    kind === CHECKED ||
    kind === CHECK_SENT ||
    kind === TRUTH ||
    kind === PURGED ||
    kind === CONNECTION_OPENED ||
    kind === HELD_BACK
  )
}

/** A further try sets out: from where the one who tries again stands. */
function tried(t: Tracer, serial: number, at: number, who: number): void {
  const first = t.ways.get(Math.floor(serial))
  if (!first) return
  const way = newWay(first.client, at, first.address, who === BY_HEDGE ? COPY : FURTHER_TRY)
  way.front = first.front
  way.isSent = who === BY_BALANCER
  t.ways.set(serial, way)
}

function sent(t: Tracer, serial: number, from: number, node: number, at: number, arrives: number): void {
  const way = t.ways.get(serial) ?? fetches(t, serial, at)
  if (!way) return
  if (from <= FRONT) reachFront(t, serial, from, at)
  way.isSent = true
  way.senders.set(node, from)
  add(t, serial, way, from, node, at, arrives, 0, 0)
}

/** A cache's fetch in the background has no client: it is known from when it is sent. */
function fetches(t: Tracer, serial: number, at: number): Way | undefined {
  if (serial % 1 < BACKGROUND_FETCH) return undefined
  const way = newWay(0, at, t.ways.get(Math.floor(serial))?.address ?? 0, FETCH)
  way.isSettled = true
  t.ways.set(serial, way)
  return way
}

/** A check that waits like a request sets out. */
function asked(t: Tracer, serial: number, from: number, node: number, at: number, arrives: number): void {
  if (serial % t.checks.stride !== 0) return
  const way = newWay(0, at, 0, CHECK)
  way.isSettled = true
  way.isSent = true
  way.senders.set(node, from)
  t.ways.set(serial, way)
  add(t, serial, way, from, node, at, arrives, 0, 0)
}

/** It is at a balancer in front, where it may have to wait. */
function reachFront(t: Tracer, serial: number, front: number, at: number): void {
  const way = t.ways.get(serial)
  if (!way || way.isSent) return
  way.front = front
  add(t, serial, way, clientEnd(t, way.client), front, way.born, at, 0, 0)
  way.isSent = true
}

function replied(
  t: Tracer,
  serial: number,
  node: number,
  at: number,
  arrives: number,
  outcome: number,
): void {
  const way = t.ways.get(serial)
  if (!way) return
  const to = way.senders.get(node) ?? way.front
  add(t, serial, way, node, to, at, arrives, 1, outcome)
  if (to <= FRONT) way.answered = arrives
  way.senders.delete(node)
  forgetIfDone(t, serial, way)
}

/** The answer of a try reaches the client that tries by itself; a balancer's tries end where they are. */
function tryEnded(t: Tracer, serial: number, at: number, outcome: number, who: number): void {
  const way = t.ways.get(serial)
  if (!way || way.isSettled) return
  if (who !== BY_BALANCER) back(t, serial, way, at, outcome)
  else if (serial % 1 === 0) return // the request itself goes on
  way.isSettled = true
  forgetIfDone(t, serial, way)
}

function settled(t: Tracer, serial: number, at: number, outcome: number): void {
  const way = t.ways.get(serial)
  if (!way || way.isSettled) return
  back(t, serial, way, at, outcome)
  way.isSettled = true
  forgetIfDone(t, serial, way)
}

/** What the client gets at last. */
function back(t: Tracer, serial: number, way: Way, at: number, outcome: number): void {
  const client = clientEnd(t, way.client)
  if (!way.isSent) {
    const turned = outcome === TIMED_OUT ? at : (way.born + at) / 2
    add(t, serial, way, client, way.front, way.born, turned, 0, 0)
    add(t, serial, way, way.front, client, turned, at, 1, outcome)
  } else {
    const left = way.answered < 0 || outcome === TIMED_OUT ? at : way.answered
    add(t, serial, way, way.front, client, left, at, 1, outcome)
  }
}

/** A request whose client has left is followed until its last call has ended. */
function forgetIfDone(t: Tracer, serial: number, way: Way): void {
  if (way.isSettled && way.senders.size === 0) t.ways.delete(serial)
}
