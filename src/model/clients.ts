/**
 * Clients: their requests come, one by one or in sessions, and are settled when the answer is there or
 * patience ends.
 *
 * Open and log arrivals bring the same requests at the same instants whatever the cluster does. With sessions
 * that holds for the first request of each; the later ones are the same too, but come sooner or later as the
 * answers before them did. In a closed loop the order of births depends on the answers, so only the draws'
 * order is kept: of sessions, or of requests.
 */

import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import type { LogRecord } from '../scenario/access-log/log-source.ts'
import { beginSession, birth, drawInSession, drawRequest, thinkTimeOf } from './birth.ts'
import { hasEnded, isAtHome } from './client-cache.ts'
import { type Cluster, draw } from './cluster.ts'
import { endOnConnection } from './connections.ts'
import { ANSWERED, ARRIVAL, REACHES_FRONT, SESSION_GOES_ON, USER_WAKES } from './event-kinds.ts'
import { NO_ANSWER, OK, REFUSED, SETTLED, WAITED } from './facts.ts'
import { isMissing } from './faults/missing.ts'
import { reachMaster } from './front-choice.ts'
import { forgetSession } from './session-state.ts'
import { closeSession, countDown, numberOf, userOf } from './session-table.ts'
import {
  ANSWERED_AT,
  BORN,
  CLIENT,
  DOOR,
  freeRequest,
  HOLDS,
  IS_SETTLED,
  NIL,
  SERIAL,
  SESSION,
  TIMEOUT,
  USER,
  WAITED_FOR,
} from './tables.ts'
import { sendOn } from './tries-balancer.ts'
import { clientDrops, clientTryEnds, endTries, setOut, wantedBy } from './tries-client.ts'
import { freeIfOver } from './tries-table.ts'
import { drawVisitor } from './visitors.ts'

/** Scratch for log records; filled and used within one event. */
const logged: LogRecord = { at: 0, address: 0, key: 0, size: 0 }

/** The first arrival of each population, or the first thinking of each user. */
export function openDoors(c: Cluster): void {
  for (let client = 0; client < c.clients.length; client++) {
    const { users } = c.fixed.clients[client]!
    for (let user = 0; user < users; user++) think(c, client, user)
    scheduleNext(c, client)
  }
}

/** A request of an open or logged population is born. */
export function arrival(c: Cluster, client: number): void {
  if (c.requests.born >= c.fixed.mostRequests) return
  const { source } = c.fixed.clients[client]!
  if (source === undefined) {
    scheduleNext(c, client)
    if (c.outside.spikes !== undefined && isMissing(c, client)) return
    come(c, client, NIL)
    return
  }
  source.read(c.clients[client]!.memory[0]!, logged)
  c.clients[client]!.memory[0]!++
  const { key, address, size } = logged
  const request = birth(c, client, c.clients[client]!, NIL, address, NIL, key, address, size)
  scheduleNext(c, client)
  send(c, request, client)
}

/** A user of a closed loop has done with thinking. */
export function userWakes(c: Cluster, client: number, user: number): void {
  if (c.requests.born >= c.fixed.mostRequests) return
  come(c, client, user)
}

/** The visitor of a session has done with thinking. */
export function sessionGoesOn(c: Cluster, client: number, session: number): void {
  if (c.requests.born >= c.fixed.mostRequests) endSession(c, client, session)
  else send(c, drawInSession(c, client, session), client)
}

/** The request has crossed the clients' network. */
export function reachesFront(c: Cluster, request: number): void {
  c.requests.int[(request << 3) | HOLDS]!--
  if (c.requests.int[(request << 3) | IS_SETTLED] === 0) atFront(c, request)
  else freeIfDone(c, request)
}

/** An answer stands ready at the front: it crosses the clients' network. */
export function answer(c: Cluster, request: number, outcome: number): void {
  if (c.requests.int[(request << 3) | IS_SETTLED] === 1) return
  const client = c.requests.int[(request << 3) | CLIENT]!
  const delay = draw(c.fixed.clients[client]!.latency, c.clients[client]!.latency)
  if (delay === 0) conclude(c, request, outcome)
  else {
    c.requests.int[(request << 3) | HOLDS]!++
    c.requests.num[request * c.requests.stride + ANSWERED_AT] = c.now
    schedule(c.queue, c.now + delay, ANSWERED, request, outcome)
  }
}

/** The answer has reached its client. */
export function answered(c: Cluster, request: number, outcome: number): void {
  if (c.requests.int[(request << 3) | IS_SETTLED] === 0) conclude(c, request, outcome)
  c.requests.int[(request << 3) | HOLDS]!--
  freeIfDone(c, request)
}

/** A client tries a request once more, after a failure or because the answer is late. */
export function tryAgain(c: Cluster, request: number, isHedge: boolean): void {
  const client = c.requests.int[(request << 3) | CLIENT]!
  const row = setOut(c, request, client, isHedge)
  if (row !== NIL) {
    cross(c, row, client)
    return
  }
  const outcome = clientDrops(c, request)
  if (outcome === NIL) return
  settle(c, request, outcome)
  freeIfDone(c, request)
}

/** A client has waited for the answer to a try for as long as it may. */
export function clientTryIsLate(c: Cluster, row: number): void {
  const { int } = c.requests
  int[(row << 3) | HOLDS]!++
  conclude(c, row, NO_ANSWER)
  if (c.fixed.clients[int[(row << 3) | CLIENT]!]!.cancels) c.fixed.callOff(c, row)
  c.requests.int[(row << 3) | HOLDS]!--
  freeIfDone(c, row)
}

/** An answer is there, to a request or to one of its tries. */
function conclude(c: Cluster, row: number, outcome: number): void {
  const request = wantedBy(c, row)
  if (request === NIL) {
    settle(c, row, outcome)
    return
  }
  const client = c.requests.int[(row << 3) | CLIENT]!
  if (c.clients[client]!.connections !== undefined) endOnConnection(c, row, outcome)
  const final = clientTryEnds(c, row, outcome)
  if (final === NIL) return
  settle(c, request, final)
  const { hedge } = c.fixed.clients[client]!.tries!
  if (hedge?.cancels) c.fixed.callOff(c, request)
}

/** The visitor's own cache has answered. */
export function answeredAtHome(c: Cluster, request: number): void {
  if (c.requests.int[(request << 3) | IS_SETTLED] === 0) settle(c, request, OK, true)
  c.requests.int[(request << 3) | HOLDS]!--
  freeIfDone(c, request)
}

/** The client is done with its request, one way or the other. @param isAtHome its own cache has answered */
export function settle(c: Cluster, request: number, outcome: number, isAtHome = false): void {
  const { now } = c
  const { log } = c.fixed
  const { int, num, stride } = c.requests
  const i = request << 3
  const r = request * stride
  const client = int[i | CLIENT]!
  const serial = num[r + SERIAL]!
  int[i | IS_SETTLED] = 1
  c.requests.open--
  if (num[r + TIMEOUT] !== NO_TIMER) cancel(c.queue, num[r + TIMEOUT]!)
  if (c.tries !== undefined) endTries(c, request)
  const waited = num[r + WAITED_FOR]!
  if (waited > 0) record(log, now, WAITED, client, serial, waited)
  record(log, now, SETTLED + (outcome << 8), client, serial, now - num[r + BORN]!)
  if (c.clients[client]!.connections !== undefined) endOnConnection(c, request, outcome)
  if (c.fixed.clients[client]!.endsMatter && !isAtHome) hasEnded(c, request, client, outcome)
  const session = int[i | SESSION]!
  const user = int[i | USER]!
  if (session !== NIL) thinkInSession(c, client, session)
  else if (user !== NIL) think(c, client, user)
}

/** A row is free when the request is settled and nothing refers to it. */
export function freeIfDone(c: Cluster, request: number): void {
  const r = request << 3
  const { int } = c.requests
  if (c.tries !== undefined) freeIfOver(c, request)
  else if (int[r + HOLDS] === 0 && int[r + IS_SETTLED] === 1) freeRequest(c.requests, request)
}

function think(c: Cluster, client: number, user: number): void {
  const wakes = c.now + draw(c.fixed.clients[client]!.think!, c.clients[client]!.think)
  if (wakes <= c.fixed.lastBirth) schedule(c.queue, wakes, USER_WAKES, client, user)
}

function scheduleNext(c: Cluster, client: number): void {
  const { next, source } = c.fixed.clients[client]!
  const { memory, arrivals } = c.clients[client]!
  let at = Infinity
  if (next !== undefined) at = next(c.now, memory, arrivals)
  else if (source?.read(memory[0]!, logged)) at = Math.max(c.now, logged.at)
  if (at <= c.fixed.lastBirth) schedule(c.queue, at, ARRIVAL, client, 0)
}

/** A visitor comes, for one request or for a session. */
function come(c: Cluster, client: number, user: number): void {
  const fixed = c.fixed.clients[client]!
  const streams = c.clients[client]!
  const visitor = user === NIL ? drawVisitor(fixed, streams.addresses) : user % fixed.addresses
  const request =
    fixed.sessions === undefined
      ? drawRequest(c, client, streams, user, visitor, NIL)
      : drawInSession(c, client, beginSession(c, client, visitor, user))
  send(c, request, client)
}

function thinkInSession(c: Cluster, client: number, session: number): void {
  if (countDown(c.sessions, session) > 0) {
    const wakes = c.now + thinkTimeOf(c, client, session)
    if (wakes <= c.fixed.lastBirth) {
      schedule(c.queue, wakes, SESSION_GOES_ON, client, session)
      return
    }
  }
  endSession(c, client, session)
}

function endSession(c: Cluster, client: number, session: number): void {
  const user = userOf(c.sessions, session)
  forgetSession(c, numberOf(c.sessions, session))
  closeSession(c.sessions, session)
  if (user !== NIL) think(c, client, user)
}

/** A request sets out. */
export function send(c: Cluster, request: number, client: number): void {
  const { tries, cache } = c.fixed.clients[client]!
  if (cache !== undefined && isAtHome(c, request, client, cache)) return
  if (tries === undefined) cross(c, request, client)
  else tryAgain(c, request, false)
}

/** On its way over the clients' network. */
function cross(c: Cluster, request: number, client: number): void {
  const delay = draw(c.fixed.clients[client]!.latency, c.clients[client]!.latency)
  if (delay === 0) atFront(c, request)
  else {
    c.requests.int[(request << 3) | HOLDS]!++
    schedule(c.queue, c.now + delay, REACHES_FRONT, request, 0)
  }
}

function atFront(c: Cluster, request: number): void {
  const { dead, pair } = c.outside
  let outcome = pair === undefined ? OK : reachMaster(c, pair, request)
  const door = c.requests.int[(request << 3) | DOOR]!
  if (outcome === OK) outcome = dead?.[door] === 1 ? REFUSED : sendOn(c, door, request, NIL)
  if (outcome === OK) return
  answer(c, request, outcome)
  freeIfDone(c, request)
}
