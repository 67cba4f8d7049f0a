/**
 * A second set of books: follows every request and call through the facts alone, counts anew what stands in
 * every queue and slot, and throws at the first fact that cannot be. Knows the rules from the scenario, and
 * nothing of the model's tables.
 */

import { CODE, OBJECT, SUBJECT, VALUE } from '../../src/base/fact-rows.ts'
import type { Probe } from '../../src/engine/fact-log.ts'
import * as fact from '../../src/model/facts.ts'
import { TRY_UNIT } from '../../src/model/tries-table.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { type Balancer, balancersOf, type Call, type Node, nodesOf, type Place } from './ledger-nodes.ts'
import { sessionBooks } from './ledger-sessions.ts'

/** How many times faster than usual a fault makes a replica at most; ns by which rounding may add up. */
const FASTEST = 2
const SLACK = 100

export interface Request {
  readonly born: number
  readonly client: number
  settled: number
  /** -1 while it is open. */
  outcome: number
  /** Further tries so far. */
  further: number
  /** Total time in queues, by its own calls. */
  waited: number
}

export interface Ledger extends Probe {
  readonly requests: Request[]
  readonly nodes: readonly Node[]
  /** Called before each fact is entered. */
  seen: (at: number) => void
  /** Requests born and not settled. */
  open: number
  now: number
}

/** Books for a run of this scenario from its beginning. */
export function ledger(scenario: Scenario): Ledger {
  const nodes = nodesOf(scenario)
  const requests: Request[] = []
  const balancers = balancersOf(scenario)
  const sessions = sessionBooks(scenario, nodes)
  /** The request whose wait has just been told. */
  let told = -1
  /** Tries that are over for whoever sent them. */
  const over = new Set<number>()
  /** Requests that their visitors' own caches have answered. */
  const atHome = new Set<number>()
  /** The request that a try is of; undefined when it is a check. */
  const wanted = (subject: number): Request | undefined => requests[Math.floor(subject)]

  const books: Ledger = {
    requests,
    nodes,
    seen: () => undefined,
    open: 0,
    now: 0,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const at = num[4 * row]!
        const code = int[8 * row + CODE]!
        const object = int[8 * row + OBJECT]!
        const subject = num[4 * row + SUBJECT]!
        const value = num[4 * row + VALUE]!
        try {
          must(Number.isSafeInteger(at) && at >= books.now, 'time falls')
          books.seen(at)
          books.now = at
          enter(at, code & 255, code >> 8, object, subject, value)
        } catch (error) {
          const name = fact.FACT_NAMES[code & 255]
          const what = `${name} of ${subject} at ${object}, value ${value}, detail ${code >> 8}, at ${at} ns`
          throw new Error(`${(error as Error).message}: ${what}`)
        }
      }
    },
  }

  function enter(at: number, kind: number, detail: number, object: number, subject: number, value: number) {
    if (told >= 0) must(kind === fact.SETTLED && subject === told, 'something between waited and settled')
    if (kind === fact.ARRIVED) {
      must(subject === requests.length, 'serial numbers have a gap')
      requests.push({ born: at, client: detail, settled: NaN, outcome: -1, further: 0, waited: 0 })
      books.open++
    } else if (kind === fact.WAITED) {
      must(value > 0 && value === requests[subject]!.waited, 'its calls did not wait for so long')
      told = subject
    } else if (kind === fact.SETTLED) settled(requests[subject]!, at, value, detail, told === subject)
    else if (kind === fact.BELIEVED) believed(object, subject, detail === 1)
    else if (kind === fact.HEARD) heard(object, subject, detail === 1)
    else if (kind === fact.TRUTH) truth(nodes[object]!, detail)
    else if (kind === fact.RESIZED) nodes[object]!.slots = value
    else if (kind === fact.SET_UP) setUp(nodes[object]!, at, value)
    else if (kind === fact.CHECK_SENT) checkSent(nodes[object]!, subject, at, detail, value)
    else if (kind === fact.SENT) sent(nodes[object]!, object, subject, at, detail, value)
    else if (kind === fact.HELD) held(balancers[object]!, subject, at, value)
    else if (kind === fact.RELEASED) released(balancers[object]!, subject, at, detail, value)
    else if (kind === fact.QUEUED) queued(nodes[object]!, subject, at, value)
    else if (kind === fact.STARTED) started(nodes[object]!, subject, at, detail === 1, value)
    else if (kind === fact.AWAITED) awaited(nodes[object]!, subject, at, detail === 0)
    else if (kind === fact.FETCH_LEFT) fetchLeft(nodes[object]!, subject, detail)
    else if (kind === fact.FORWARDED) forwarded(nodes[object]!, subject, at, detail === 1)
    else if (kind === fact.REPLIED) replied(nodes[object]!, subject, at, detail & 15, detail >> 4, value)
    else if (kind === fact.SESSION_BEGAN) sessions.began(object, arriving(nodes[object]!, subject, at), value)
    else if (kind === fact.SESSION_MOVED) sessions.moved(object, arriving(nodes[object]!, subject, at), value)
    else if (kind === fact.SESSION_LOST)
      sessions.lost(object, arriving(nodes[object]!, subject, at), value, detail)
    else if (kind === fact.WASTED) wasted(nodes[object]!, subject, at, value)
    else if (kind === fact.JUDGED) must(nodes[object]!.limits > 0, 'judged where there is no limit')
    else if (kind === fact.CONNECTION_OPENED) opened(nodes[object]!, subject, at)
    else if (kind === fact.CONNECTION_CLOSED) closed(nodes[object]!, subject)
    else if (kind === fact.HELD_BACK) heldBack(nodes[object]!, subject, at, value, detail === 0)
    else if (kind === fact.RETRIED && subject >= 0) retried(subject, value)
    else if (kind === fact.TRY_ENDED) over.add(subject)
    else if (kind === fact.ASKED_AT_HOME && detail === 1) atHome.add(subject)
  }

  function settled(request: Request, at: number, latency: number, outcome: number, isTold: boolean) {
    must(request.outcome === -1, 'settled a second time')
    must(latency === at - request.born, 'latency is not the time since birth')
    must(request.waited === 0 || isTold, 'its wait was not told')
    request.settled = at
    request.outcome = outcome
    told = -1
    books.open--
  }

  function believed(object: number, balancer: number, isReady: boolean) {
    const { tier, ready } = balancers[balancer]!
    must(nodes[object]!.tier === tier, "another tier's balancer")
    const replica = object - nodes.findIndex((node) => node.tier === tier)
    must(ready[replica] !== isReady, 'believed before')
    ready[replica] = isReady
  }

  function retried(subject: number, value: number) {
    const request = wanted(subject)!
    must(value === ++request.further, 'another number of tries')
    must(subject === Math.floor(subject) + value * TRY_UNIT, 'another name of a try')
  }

  function heard(object: number, balancer: number, isThere: boolean) {
    const { tier, known } = balancers[balancer]!
    const replica = object - nodes.findIndex((node) => node.tier === tier)
    must(nodes[object]!.tier === tier && known[replica] !== isThere, 'heard before')
    known[replica] = isThere
  }

  function truth(node: Node, health: number) {
    const isGone = health === fact.HEALTH_CRASHED || health === fact.HEALTH_ABSENT
    node.health = health
    if (isGone) sessions.crashed.add(node.id)
    if (isGone) node.isSetUpAt = 0
  }

  function setUp(node: Node, at: number, ready: number) {
    must(node.busy === 0, 'a busy replica needs no set-up')
    must(at >= node.isSetUpAt, 'a second set-up before the first is over')
    node.isSetUpAt = ready
  }

  function sent(node: Node, object: number, request: number, at: number, from: number, arrives: number) {
    must(!node.calls.has(request), 'it is there already')
    must(arrives >= at, 'arrives before it was sent')
    must(!atHome.has(Math.floor(request)), 'sent though its own cache has answered')
    const first = nodes.findIndex(({ tier }) => tier === node.tier)
    const balancer = balancers.find((one) => one.from === from)!
    must(balancer.tier === node.tier, 'sent to another tier')
    must(!balancer.held.has(request), 'sent while it waits at the balancer')
    must(balancer.known[object - first]! || balancer.mayUseDown, 'sent to a replica that it does not know')
    const isAgain = () => node.sent.some((one) => Math.floor(one) === Math.floor(request))
    const mayUseDown = balancer.mayUseDown || (balancer.staysAtDrained && isAgain())
    must(balancer.ready[object - first]! || mayUseDown, 'sent to a replica that is believed down')
    // Of those whose clients have left, some may have been called off on their way.
    const open = ({ request: of, from: by }: Call) =>
      by === from && wanted(of)?.outcome === -1 && !over.has(of)
    if (balancer.most < Infinity) {
      const all = nodes.filter(({ tier }) => tier === node.tier).flatMap((one) => [...one.calls.values()])
      must(all.filter(open).length < balancer.most, 'sent beyond the limits of the cluster')
    }
    if (balancer.limits[object - first]! < Infinity) {
      const there = [...node.calls.values()].filter(open).length
      must(there < balancer.limits[object - first]!, 'sent to a full replica')
    }
    node.calls.set(request, { request, from, arrives, place: 'on its way', since: at })
    if (request >= 0) node.sent.push(request)
  }

  /** A health check that waits like a request: it has no client, and a number below 0. */
  function checkSent(node: Node, request: number, at: number, from: number, arrives: number) {
    must(request < 0 && !node.calls.has(request), 'it is there already')
    must(arrives >= at, 'arrives before it was sent')
    node.calls.set(request, { request, from, arrives, place: 'on its way', since: at })
  }

  function held(balancer: Balancer, request: number, at: number, waiting: number) {
    must(!balancer.held.has(request), 'it waits there already')
    balancer.held.set(request, at)
    must(balancer.held.size <= balancer.room, 'the line is full')
    must(waiting === balancer.held.size, 'another number waits')
  }

  function released(balancer: Balancer, request: number, at: number, outcome: number, value: number) {
    const since = balancer.held.get(request)
    must(since !== undefined, 'it does not wait there')
    must(value === at - since && value <= balancer.patience, 'another time waited')
    must(outcome !== fact.EXPIRED || value === balancer.patience, 'given up too soon')
    balancer.held.delete(request)
    noteWait(request, value)
  }

  function opened(node: Node, request: number, at: number) {
    if (node.isPooled) standing(node, request, 'on its way')
    else arriving(node, request, at)
    must(++node.connections <= node.mostConnections, 'too many connections')
  }

  function closed(node: Node, many: number) {
    node.connections -= many
    must(many > 0 && node.connections >= 0, 'more connections are closed than are open')
  }

  function heldBack(node: Node, request: number, at: number, until: number, byLimit: boolean) {
    if (byLimit) node.heldBack.push(request)
    const call = arriving(node, request, at)
    must(until > at, 'held back for no time')
    call.isHeldBack = true
    call.arrives = until
  }

  function queued(node: Node, request: number, at: number, length: number) {
    const call = comes(node, request, at)
    must(node.queued < node.room, 'the queue is full')
    move(node, call, 'waiting', at)
    must(length === node.queued, 'another length of the queue')
  }

  function started(node: Node, request: number, at: number, fromQueue: boolean, value: number) {
    must(!isDead(node), 'on a dead replica')
    must(at >= node.isSetUpAt, 'served before it is set up')
    const call = fromQueue ? standing(node, request, 'waiting') : comes(node, request, at)
    const waited = fromQueue ? at - call.since : 0
    must(value === waited, 'another time waited')
    must(node.busy < node.slots + (node.isShared ? node.room : 0), 'all slots are taken')
    move(node, call, 'in service', at)
    if (request >= 0) node.starts.push(request)
    if (waited > 0 && request >= 0) node.waits.push([request, waited])
    noteWait(request, waited)
  }

  function awaited(node: Node, request: number, at: number, begins: boolean) {
    must(node.cache === 'sidecar', 'there is no cache beside the service')
    const call = begins ? arriving(node, request, at) : standing(node, request, 'below')
    must(begins !== (call.isAside === true), 'it waits already, or not')
    move(node, call, begins ? 'below' : 'on its way', at)
    call.isAside = begins
    call.arrives = at
  }

  /** A fetch in the background beside a service comes from nowhere. */
  function fetchLeft(node: Node, request: number, phase: number) {
    must(node.cache === 'sidecar' && request % 1 >= fact.BACKGROUND_FETCH, 'no fetch in the background')
    const call = node.calls.get(request)
    must(phaseOf(call?.place ?? 'on its way') === phase, 'it is in another phase')
    if (call !== undefined) leave(node, call)
    node.calls.delete(request)
  }

  function forwarded(node: Node, request: number, at: number, keeps: boolean) {
    must(!node.isLast, 'there is no next tier')
    must(keeps === node.isBlocking, 'keeps its slot in an event loop, or gives it up in a thread')
    move(node, standing(node, request, 'in service'), keeps ? 'below in its slot' : 'below', at)
  }

  function replied(node: Node, request: number, at: number, outcome: number, phase: number, arrives: number) {
    const call = node.calls.get(request)
    must(call !== undefined, 'it is not there')
    must(arrives >= at, 'the answer arrives before it was sent')
    const isShaken = phase === fact.PHASE_HANDSHAKE
    if (isShaken) must(node.hasTls && call.place === 'in service', 'no handshake is done')
    else must(phaseOf(call.place) === phase, 'it is in another phase')
    const { place } = call
    if (isShaken) must([fact.LIMITED, fact.SHED, fact.LATE].includes(outcome), 'not turned away')
    else if (place === 'on its way') turnedAway(node, call, at, outcome)
    else if (outcome !== fact.CANCELLED && outcome !== fact.EXPIRED) {
      const isBelow = place.startsWith('below')
      const mayBeHeld = node.cache === 'tier' || call.isAside || node.servesOnError
      if (outcome === fact.OK && !mayBeHeld) must(isBelow !== node.isLast, 'answered without the next tier')
      must(
        node.health === fact.HEALTH_UP ||
          node.health === fact.HEALTH_STOPPING ||
          (outcome === fact.BROKEN && isDead(node)),
        'answered by a replica that cannot answer',
      )
      must(outcome !== fact.BROKEN || isBelow || isDead(node), 'broken by a living one')
    }
    const isShed = (outcome === fact.SHED || outcome === fact.LATE) && !place.startsWith('below')
    const isStale = node.servesOnError && outcome === fact.OK
    if (place === 'waiting' && (outcome === fact.EXPIRED || isShed || isStale))
      noteWait(request, at - call.since)
    if (isShed && request >= 0) node.shed.push(request)
    if (outcome === fact.LIMITED && (isShaken || place === 'on its way')) node.limited.push(request)
    const isTurnedAway = place === 'on its way' && outcome === fact.REJECTED
    if (request < 0) must(arrives >= at, 'arrives before it was sent')
    else if (isTurnedAway || (place === 'waiting' && outcome === fact.EXPIRED)) node.rejected.push(request)
    leave(node, call)
    node.calls.delete(request)
  }

  function wasted(node: Node, request: number, at: number, value: number) {
    const call = standing(node, request, 'in service')
    const isForNobody = request % 1 >= fact.BACKGROUND_FETCH
    const isAbandoned = isForNobody || over.has(request) || (wanted(request)?.further ?? 0) > 0
    must(wanted(request)?.outcome !== -1 || isAbandoned, 'its client is still there')
    const spent = at - call.since
    // Under processor sharing it is the work done at the speed that the replica has when all is well.
    const isRight = node.isShared ? value >= 0 && value <= FASTEST * spent + SLACK : value === spent
    if (!isRight) throw new Error(`impossible: served ${spent} ns, not ${value}`)
    if (request >= 0) node.wasted.push([request, value])
  }

  function noteWait(request: number, waited: number) {
    if (request % 1 >= fact.BACKGROUND_FETCH) return
    const of = wanted(request)
    if (of?.outcome === -1) of.waited += waited
  }

  return books
}

function turnedAway(node: Node, call: Call, at: number, outcome: number): void {
  if (call.isHeldBack && at <= call.arrives) {
    if (outcome === fact.CANCELLED || (outcome === fact.BROKEN && isDead(node))) return
  }
  must(isInTime(node, call, at), 'it arrives at another time')
  if (outcome === fact.LIMITED) {
    must(node.limits > 0 && node.health !== fact.HEALTH_HUNG, 'limited where there is no limit')
    return
  }
  const isAnswer = outcome === fact.OK || outcome === fact.ERROR
  if (isAnswer && node.cache === 'sidecar' && node.health === fact.HEALTH_UP) return
  if (outcome === fact.REFUSED && node.mayBeCut) return
  if (outcome === fact.BROKEN && node.mayBreakOff) return
  const refuses = isDead(node) || node.health === fact.HEALTH_STOPPING
  must(refuses === (outcome === fact.REFUSED), 'refused by a living replica, or not by a dead one')
  const isShed = outcome === fact.SHED || outcome === fact.LATE
  must(
    refuses || isShed || outcome === fact.REJECTED || outcome === fact.ERROR,
    'turned away without a reason',
  )
  must((outcome !== fact.ERROR && !isShed) || node.health === fact.HEALTH_UP, 'an error from a hung replica')
  if (outcome !== fact.REJECTED) return
  const load = node.isShared ? node.busy - node.slots : node.queued
  must(load >= node.room, 'rejected with room to spare')
}

/** What was cut off arrives when the way is open again. */
function isInTime(node: Node, call: Call, at: number): boolean {
  return at === call.arrives || (node.mayBeCut && at > call.arrives)
}

/** Nothing runs there that could serve. */
function isDead({ health }: Node): boolean {
  return health === fact.HEALTH_CRASHED || health === fact.HEALTH_ABSENT || health === fact.HEALTH_STARTING
}

function arriving(node: Node, request: number, at: number): Call {
  const call = standing(node, request, 'on its way')
  must(isInTime(node, call, at), 'it arrives at another time')
  must(!isDead(node), 'on a dead replica')
  return call
}

/** A fetch in the background beside a service is there at once. */
function comes(node: Node, request: number, at: number): Call {
  const isFetch = node.cache === 'sidecar' && request % 1 >= fact.BACKGROUND_FETCH
  if (!isFetch || node.calls.has(request)) return arriving(node, request, at)
  const call: Call = { request, from: fact.FRONT, arrives: at, place: 'on its way', since: at }
  node.calls.set(request, call)
  return call
}

function standing(node: Node, request: number, place: Place): Call {
  const call = node.calls.get(request)
  must(call !== undefined, 'it is not there')
  if (call.place !== place) throw new Error(`impossible: it is ${call.place}, not ${place}`)
  return call
}

function move(node: Node, call: Call, to: Place, at: number): void {
  leave(node, call)
  call.place = to
  call.since = at
  if (to === 'waiting') node.queued++
  else if (to === 'below') node.below++
  else if (to !== 'on its way') node.busy++
}

function leave(node: Node, { place }: Call): void {
  if (place === 'waiting') node.queued--
  else if (place === 'below') node.below--
  else if (place !== 'on its way') node.busy--
}

/** What the facts say of a call that leaves: a kept slot counts as service. */
function phaseOf(place: Place): number {
  if (place === 'on its way') return fact.PHASE_DOOR
  if (place === 'waiting') return fact.PHASE_QUEUE
  return place === 'below' ? fact.PHASE_DOWNSTREAM : fact.PHASE_SERVICE
}

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`impossible: ${what}`)
}
