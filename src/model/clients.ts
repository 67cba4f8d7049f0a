/**
 * Clients: requests are born with everything that belongs to them (key, address, size, work in each tier)
 * drawn from streams that no policy touches, and are settled when the answer is there or patience ends.
 *
 * Open and log arrivals therefore bring the same requests at the same instants whatever the cluster does.
 * In a closed loop the order of births depends on the answers, so only the draws' order is kept.
 */

import { below } from '../base/stream.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import type { LogRecord } from '../scenario/access-log/log-source.ts'
import { dispatch } from './balancer.ts'
import { type Cluster, draw } from './cluster.ts'
import { ANSWERED, ARRIVAL, CLIENT_TIMEOUT, REACHES_FRONT, USER_WAKES } from './event-kinds.ts'
import { ARRIVED, OK, SETTLED, WAITED } from './facts.ts'
import {
  ADDRESS,
  ANSWERED_AT,
  BORN,
  CLIENT,
  DEMAND,
  DOOR,
  freeRequest,
  HOLDS,
  IS_SETTLED,
  KEY,
  NIL,
  newRequest,
  SERIAL,
  SIZE,
  TIMEOUT,
  TOP_CALL,
  USER,
  WAITED_FOR,
} from './tables.ts'

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
    send(c, drawRequest(c, client, NIL), client)
    return
  }
  source.read(c.clients[client]!.memory[0]!, logged)
  c.clients[client]!.memory[0]!++
  const request = birth(c, client, NIL, logged.key, logged.address, logged.size)
  scheduleNext(c, client)
  send(c, request, client)
}

/** A user of a closed loop has done with thinking. */
export function userWakes(c: Cluster, client: number, user: number): void {
  if (c.requests.born >= c.fixed.mostRequests) return
  send(c, drawRequest(c, client, user), client)
}

/** The request has crossed the clients' network. */
export function reachesFront(c: Cluster, request: number): void {
  c.requests.int[(request << 3) + HOLDS]!--
  if (c.requests.int[(request << 3) + IS_SETTLED] === 0) atFront(c, request)
  else freeIfDone(c, request)
}

/** An answer stands ready at the front: it crosses the clients' network. */
export function answer(c: Cluster, request: number, outcome: number): void {
  if (c.requests.int[(request << 3) + IS_SETTLED] === 1) return
  const client = c.requests.int[(request << 3) + CLIENT]!
  const delay = draw(c.fixed.clients[client]!.latency, c.clients[client]!.latency)
  if (delay === 0) settle(c, request, outcome)
  else {
    c.requests.int[(request << 3) + HOLDS]!++
    c.requests.num[request * c.requests.stride + ANSWERED_AT] = c.now
    schedule(c.queue, c.now + delay, ANSWERED, request, outcome)
  }
}

/** The answer has reached its client. */
export function answered(c: Cluster, request: number, outcome: number): void {
  if (c.requests.int[(request << 3) + IS_SETTLED] === 0) settle(c, request, outcome)
  c.requests.int[(request << 3) + HOLDS]!--
  freeIfDone(c, request)
}

/** The client is done with its request, one way or the other. */
export function settle(c: Cluster, request: number, outcome: number): void {
  const { now } = c
  const { log } = c.fixed
  const { int, num, stride } = c.requests
  const i = request << 3
  const r = request * stride
  const client = int[i + CLIENT]!
  const serial = num[r + SERIAL]!
  int[i + IS_SETTLED] = 1
  c.requests.open--
  if (num[r + TIMEOUT] !== NO_TIMER) cancel(c.queue, num[r + TIMEOUT]!)
  const waited = num[r + WAITED_FOR]!
  if (waited > 0) record(log, now, WAITED, client, serial, waited)
  record(log, now, SETTLED + (outcome << 8), client, serial, now - num[r + BORN]!)
  const user = int[i + USER]!
  if (user !== NIL) think(c, client, user)
}

/** A row is free when the request is settled and nothing refers to it. */
export function freeIfDone(c: Cluster, request: number): void {
  const r = request << 3
  const { int } = c.requests
  if (int[r + HOLDS] === 0 && int[r + IS_SETTLED] === 1) freeRequest(c.requests, request)
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

function drawRequest(c: Cluster, client: number, user: number): number {
  const { keys, sizes, addresses } = c.fixed.clients[client]!
  const streams = c.clients[client]!
  const key = keys === undefined ? 0 : keys(streams.keys, c.now)
  const size = draw(sizes, streams.sizes)
  if (user !== NIL) return birth(c, client, user, key, user % addresses, size)
  return birth(c, client, user, key, addresses === 1 ? 0 : below(streams.addresses, addresses), size)
}

/** Fills a row. */
function birth(c: Cluster, client: number, user: number, key: number, address: number, size: number): number {
  const { requests, now } = c
  const { fronts } = c.fixed
  const { demand, timeout } = c.fixed.clients[client]!
  const streams = c.clients[client]!
  const request = newRequest(requests)
  const { int, num, stride } = requests
  const i = request << 3
  const r = request * stride
  int[i + CLIENT] = client
  int[i + USER] = user
  int[i + HOLDS] = 0
  int[i + IS_SETTLED] = 0
  int[i + TOP_CALL] = NIL
  int[i + DOOR] = fronts === 1 ? 0 : below(streams.doors, fronts)
  const serial = requests.born++
  requests.open++
  num[r + BORN] = now
  num[r + KEY] = key
  num[r + ADDRESS] = address
  num[r + SIZE] = size
  num[r + WAITED_FOR] = 0
  num[r + SERIAL] = serial
  num[r + TIMEOUT] = NO_TIMER
  for (let t = 0; t < demand.length; t++) num[r + DEMAND + t] = draw(demand[t]!, streams.demand[t]!)
  if (timeout !== undefined) {
    const ends = now + draw(timeout, streams.timeouts)
    num[r + TIMEOUT] = schedule(c.queue, ends, CLIENT_TIMEOUT, request, 0)
  }
  record(c.fixed.log, now, ARRIVED + (client << 8), address, serial, key)
  return request
}

function send(c: Cluster, request: number, client: number): void {
  const delay = draw(c.fixed.clients[client]!.latency, c.clients[client]!.latency)
  if (delay === 0) atFront(c, request)
  else {
    c.requests.int[(request << 3) + HOLDS]!++
    schedule(c.queue, c.now + delay, REACHES_FRONT, request, 0)
  }
}

function atFront(c: Cluster, request: number): void {
  const outcome = dispatch(c, c.requests.int[(request << 3) + DOOR]!, request, NIL)
  if (outcome === OK) return
  answer(c, request, outcome)
  freeIfDone(c, request)
}
