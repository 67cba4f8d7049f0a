/**
 * Turns facts into hops: who sent what to whom, when it left and when it arrives. Sees one request in
 * `stride`. What is on its way when a window begins or ends: tracer-edges.ts.
 */

import { CODE, type FactRows, OBJECT, SUBJECT, VALUE } from '../base/fact-rows.ts'
import type { Probe } from '../engine/fact-log.ts'
import {
  ARRIVED,
  BY_BALANCER,
  BY_HEDGE,
  FRONT,
  HELD,
  REPLIED,
  RETRIED,
  SENT,
  SETTLED,
  TIMED_OUT,
  TRY_ENDED,
} from '../model/facts.ts'

/** One hop; see worker/protocol.ts `Hops` for the numbers of nodes. */
export interface Hop {
  /** Serial number; with a fraction it is a further try of that request. */
  readonly request: number
  readonly from: number
  readonly to: number
  readonly departs: number
  readonly arrives: number
  readonly way: 0 | 1
  readonly outcome: number
  /** 0: a first try; 1: a further one; 2: a copy of one that is late. */
  readonly again: number
  /** As the balancer sees it. */
  readonly address: number
}

/** What is known of a request, or of a further try of it, on its way. */
export interface Way {
  readonly client: number
  readonly born: number
  readonly address: number
  readonly again: number
  /** The balancer in front that it comes to, as the end of a hop. */
  front: number
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
  /** Balancers in front. */
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

/** A population as the end of a hop: behind the balancers in front. */
export function clientEnd(t: Tracer, client: number): number {
  return FRONT - t.fronts - client
}

function consume(t: Tracer, { num, int }: FactRows, count: number): void {
  for (let row = 0; row < count; row++) {
    const code = int[(row << 3) + CODE]!
    const kind = code & 255
    if (!isOfWay(kind)) continue
    const request = num[(row << 2) + SUBJECT]!
    if (request < 0 || Math.floor(request) % t.stride !== 0) continue
    const at = num[row << 2]!
    const object = int[(row << 3) + OBJECT]!
    const value = num[(row << 2) + VALUE]!
    const detail = code >> 8
    if (kind === ARRIVED) t.ways.set(request, newWay(detail, at, object, 0))
    else if (kind === RETRIED) tried(t, request, at, detail)
    else if (kind === SENT) sent(t, request, detail, object, at, value)
    else if (kind === HELD && object < t.fronts) reachFront(t, request, FRONT - object, at)
    else if (kind === REPLIED) replied(t, request, object, at, value, detail & 15)
    else if (kind === TRY_ENDED) tryEnded(t, request, at, detail & 15, detail >> 4)
    else if (kind === SETTLED) settled(t, request, at, detail)
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
    kind === TRY_ENDED
  )
}

export function newWay(client: number, born: number, address: number, again: number): Way {
  return {
    client,
    born,
    address,
    again,
    front: FRONT,
    answered: -1,
    isSent: false,
    isSettled: false,
    senders: new Map(),
  }
}

/** A further try sets out: from where the one who tries again stands. */
function tried(t: Tracer, serial: number, at: number, who: number): void {
  const first = t.ways.get(Math.floor(serial))
  if (!first) return
  const way = newWay(first.client, at, first.address, who === BY_HEDGE ? 2 : 1)
  way.front = first.front
  way.isSent = who === BY_BALANCER
  t.ways.set(serial, way)
}

function sent(t: Tracer, serial: number, from: number, node: number, at: number, arrives: number): void {
  const way = t.ways.get(serial)
  if (!way) return
  if (from <= FRONT) reachFront(t, serial, from, at)
  way.isSent = true
  way.senders.set(node, from)
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

/** Writes down a hop. */
export function add(
  t: Tracer,
  request: number,
  { again, address }: Way,
  from: number,
  to: number,
  departs: number,
  arrives: number,
  way: 0 | 1,
  outcome: number,
): void {
  t.hops.push({ request, from, to, departs, arrives, way, outcome, again, address })
}
