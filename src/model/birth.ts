/**
 * How a request is born: everything that belongs to it (key, address, size, work in each tier, patience) is
 * drawn from streams that no policy touches: those of its population, or, where it is part of a session, the
 * session's own.
 */

import type { Stream } from '../base/stream.ts'
import { NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import { UNLIMITED } from '../scenario/scenario.ts'
import { sizeOfKey } from './cache-look-up.ts'
import { type Cluster, draw } from './cluster.ts'
import { takeConnection } from './connections.ts'
import { CLIENT_TIMEOUT } from './event-kinds.ts'
import { ARRIVED } from './facts.ts'
import { frontFor } from './front-choice.ts'
import { giveBack, lend, numberOf, openSession, setLeft, visitorOf } from './session-table.ts'
import {
  ADDRESS,
  BEARER,
  BORN,
  CLIENT,
  DEMAND,
  DOOR,
  HOLDS,
  IS_SETTLED,
  KEY,
  NIL,
  newRequest,
  SERIAL,
  SESSION,
  SIZE,
  TIMEOUT,
  TOP_CALL,
  USER,
  VISITOR,
  WAITED_FOR,
} from './tables.ts'
import { enrol } from './tries-table.ts'
import { addressOf, sessionNumber, visitorNumber } from './visitors.ts'

/** What a request is drawn from. */
interface RequestStreams {
  readonly keys: Stream
  readonly sizes: Stream
  readonly timeouts: Stream
  readonly doors: Stream
  readonly demand: readonly Stream[]
}

/** Scratch: the stream of one session, lent while something is drawn from it. */
const own: Stream = new Float64Array(4)
const lent = { keys: own, sizes: own, timeouts: own, doors: own, demand: [own] }

/** A visitor's session begins. @returns its row; its first request is still to be drawn */
export function beginSession(c: Cluster, client: number, visitor: number, user: number): number {
  const { id, sessions } = c.fixed.clients[client]!
  const { seed } = c.fixed.scenario
  const nth = c.sessions.begun[client]!++
  const session = openSession(c.sessions, seed, id, nth, sessionNumber(client, nth), visitor, user)
  lend(c.sessions, session, own)
  setLeft(c.sessions, session, Math.min(Math.max(1, draw(sessions!.requests, own)), UNLIMITED))
  giveBack(c.sessions, session, own)
  return session
}

/** How long a session's visitor thinks before the next request, ns. */
export function thinkTimeOf(c: Cluster, client: number, session: number): number {
  lend(c.sessions, session, own)
  const time = draw(c.fixed.clients[client]!.sessions!.thinkTime, own)
  giveBack(c.sessions, session, own)
  return time
}

/** All that a session's request is drawn from its own stream. */
export function drawInSession(c: Cluster, client: number, session: number): number {
  lend(c.sessions, session, own)
  const tiers = c.fixed.tiers.length
  if (lent.demand.length < tiers) lent.demand = Array.from({ length: tiers }, () => own)
  const request = drawRequest(c, client, lent, NIL, visitorOf(c.sessions, session), session)
  giveBack(c.sessions, session, own)
  return request
}

/** A request is born at this instant. */
export function drawRequest(
  c: Cluster,
  client: number,
  streams: RequestStreams,
  user: number,
  visitor: number,
  session: number,
): number {
  const fixed = c.fixed.clients[client]!
  const key = fixed.keys === undefined ? 0 : fixed.keys(streams.keys, c.now)
  const size = c.caches === undefined ? draw(fixed.sizes, streams.sizes) : sizeOfKey(fixed.sizes, key)
  return birth(c, client, streams, user, visitor, session, key, addressOf(fixed, visitor), size)
}

/** The same, of known key, address and size. */
export function birth(
  c: Cluster,
  client: number,
  streams: RequestStreams,
  user: number,
  visitor: number,
  session: number,
  key: number,
  address: number,
  size: number,
): number {
  const { requests, now } = c
  const { fronts } = c.fixed
  const { demand, timeout, connections, writes } = c.fixed.clients[client]!
  const request = newRequest(requests)
  const { int, num, stride } = requests
  const i = request << 3
  const r = request * stride
  int[i | CLIENT] = client
  int[i | USER] = user
  int[i | HOLDS] = 0
  int[i | IS_SETTLED] = 0
  int[i | TOP_CALL] = NIL
  const door = fronts === 1 ? 0 : frontFor(c, client, visitor, streams.doors)
  int[i | DOOR] = connections === undefined ? door : takeConnection(c, client, visitor, door)
  int[i | VISITOR] = visitor
  int[i | SESSION] = session
  const serial = requests.born++
  requests.open++
  num[r + BORN] = now
  num[r + KEY] = key
  num[r + ADDRESS] = address
  num[r + SIZE] = size
  num[r + WAITED_FOR] = 0
  num[r + BEARER] = session === NIL ? visitorNumber(client, visitor) : numberOf(c.sessions, session)
  num[r + SERIAL] = serial
  num[r + TIMEOUT] = NO_TIMER
  for (let t = 0; t < demand.length; t++) num[r + DEMAND + t] = draw(demand[t]!, streams.demand[t]!)
  const works = r + DEMAND + demand.length
  if (works < r + stride) num.copyWithin(works, r + DEMAND, works)
  let ends = Infinity
  if (timeout !== undefined) {
    ends = now + draw(timeout, streams.timeouts)
    num[r + TIMEOUT] = schedule(c.queue, ends, CLIENT_TIMEOUT, request, 0)
  }
  if (c.tries !== undefined) enrol(c.tries, request, ends, writes, streams.keys)
  record(c.fixed.log, now, ARRIVED + (client << 8), address, serial, key)
  return request
}
