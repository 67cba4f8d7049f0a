/** The straight way in: from birth to the slot or the queue (see goes-straight.ts). */

import { NO_TIMER, schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import { choose, sent } from '../../policies/upstream/choose.ts'
import { answer, arrival, freeIfDone } from '../clients.ts'
import { type Cluster, draw } from '../cluster.ts'
import { ARRIVAL, CALL_ARRIVES, CLIENT_TIMEOUT, REACHES_FRONT, SERVICE_ENDS } from '../event-kinds.ts'
import {
  ARRIVED,
  FRONT,
  HEALTH_CRASHED,
  PHASE_QUEUE,
  PHASE_SERVICE,
  QUEUED,
  SENT,
  STARTED,
  UNAVAILABLE,
} from '../facts.ts'
import {
  BUSY,
  ERRORS,
  FIRST_WAITING,
  HEALTH,
  LAST_WAITING,
  NODE_INT,
  NODE_NUM,
  RATE,
  ROOM,
  SLOTS,
  WAITING,
} from '../nodes.ts'
import { arrive } from '../replica.ts'
import {
  ADDRESS,
  BEARER,
  BORN,
  CHILD,
  CLIENT,
  DEMAND,
  DOOR,
  HOLDS,
  IS_SETTLED,
  KEY,
  NEXT,
  NIL,
  NODE,
  newCall,
  newRequest,
  PARENT,
  PHASE,
  PHASE_IN,
  POOL,
  PREVIOUS,
  REQUEST,
  SENT_AT,
  SERIAL,
  SESSION,
  SINCE,
  SIZE,
  TIMEOUT,
  TIMER,
  TOP_CALL,
  USER,
  VISITOR,
  WAITED_FOR,
} from '../tables.ts'
import { addressOf, drawVisitor, visitorNumber } from '../visitors.ts'

/** A request of an open population is born, and goes as far as it gets in this instant. */
export function comes(c: Cluster, client: number): void {
  const { fixed, outside } = c
  const one = fixed.clients[client]!
  if (
    fixed.straight[client] === 0 ||
    one.next === undefined ||
    outside.ways !== undefined ||
    outside.dead !== undefined ||
    c.requests.born >= fixed.mostRequests
  ) {
    arrival(c, client)
    return
  }
  const { now, queue } = c
  const { log } = fixed
  const {
    memory,
    arrivals: instants,
    addresses,
    keys,
    sizes,
    timeouts,
    latency,
    demand: works,
  } = c.clients[client]!
  const next = one.next(now, memory, instants)
  if (next <= fixed.lastBirth) schedule(queue, next, ARRIVAL, client, 0)

  // Its birth.
  const visitor = drawVisitor(one, addresses)
  const key = one.keys === undefined ? 0 : one.keys(keys, now)
  const size = draw(one.sizes, sizes)
  const address = addressOf(one, visitor)
  const { requests } = c
  const request = newRequest(requests)
  const serial = requests.born++
  requests.open++
  const { int, num, stride } = requests
  const i = request << 3
  const r = request * stride
  int[i | CLIENT] = client
  int[i | USER] = NIL
  int[i | HOLDS] = 0
  int[i | IS_SETTLED] = 0
  int[i | TOP_CALL] = NIL
  int[i | DOOR] = 0
  int[i | VISITOR] = visitor
  int[i | SESSION] = NIL
  num[r + BORN] = now
  num[r + KEY] = key
  num[r + ADDRESS] = address
  num[r + SIZE] = size
  num[r + WAITED_FOR] = 0
  num[r + SERIAL] = serial
  num[r + BEARER] = visitorNumber(client, visitor)
  const { demand, timeout } = one
  for (let t = 0; t < demand.length; t++) num[r + DEMAND + t] = draw(demand[t]!, works[t]!)
  num[r + TIMEOUT] =
    timeout === undefined
      ? NO_TIMER
      : schedule(queue, now + draw(timeout, timeouts), CLIENT_TIMEOUT, request, 0)
  record(log, now, ARRIVED + (client << 8), address, serial, key)
  const delay = draw(one.latency, latency)
  if (delay !== 0) {
    int[i | HOLDS] = 1
    schedule(queue, now + delay, REACHES_FRONT, request, 0)
    return
  }

  // Its balancer.
  const { upstream } = c.pools[0]!
  const { asked } = fixed
  asked.key = key
  asked.address = address
  const replica = choose(upstream, asked, now)
  if (replica < 0) {
    answer(c, request, UNAVAILABLE)
    freeIfDone(c, request)
    return
  }
  const { calls } = c
  const call = newCall(calls)
  sent(upstream, replica)
  const tier = fixed.tiers[0]!
  const way = draw(tier.latency, c.tiers[0]!.latency)
  const { int: cs, num: times } = calls
  const b = call << 3
  const d = call << 2
  int[i | TOP_CALL] = call
  int[i | HOLDS] = 1
  cs[b | REQUEST] = request
  cs[b | NODE] = replica
  cs[b | POOL] = 0
  cs[b | PARENT] = NIL
  cs[b | CHILD] = NIL
  times[d | SENT_AT] = now
  record(log, now, SENT + (FRONT << 8), replica, serial, now + way)
  if (way !== 0) {
    cs[b | PHASE] = PHASE_IN
    times[d | TIMER] = schedule(queue, now + way, CALL_ARRIVES, call, 0)
    return
  }

  // Its replica, which has the same number, as it is of the first tier.
  const { int: nodes, num: rates } = c.nodes
  const n = replica << NODE_INT
  const m = replica << NODE_NUM
  if (nodes[n | HEALTH] === HEALTH_CRASHED || rates[m | ERRORS] !== 0) {
    arrive(c, call)
    return
  }
  times[d | SINCE] = now
  if (nodes[n | BUSY]! < nodes[n | SLOTS]!) {
    const rate = rates[m | RATE]!
    if (rate !== 1) {
      arrive(c, call)
      return
    }
    cs[b | PHASE] = PHASE_SERVICE
    nodes[n | BUSY]!++
    record(log, now, STARTED, replica, serial, 0)
    times[d | TIMER] = schedule(queue, now + num[r + DEMAND]!, SERVICE_ENDS, call, 0)
    return
  }
  if (nodes[n | WAITING]! >= nodes[n | ROOM]!) {
    arrive(c, call)
    return
  }
  cs[b | PHASE] = PHASE_QUEUE
  times[d | TIMER] = NO_TIMER
  const last = nodes[n | LAST_WAITING]!
  cs[b | NEXT] = NIL
  cs[b | PREVIOUS] = last
  if (last === NIL) nodes[n | FIRST_WAITING] = call
  else cs[(last << 3) | NEXT] = call
  nodes[n | LAST_WAITING] = call
  const waiting = nodes[n | WAITING]! + 1
  nodes[n | WAITING] = waiting
  record(log, now, QUEUED, replica, serial, waiting)
}
