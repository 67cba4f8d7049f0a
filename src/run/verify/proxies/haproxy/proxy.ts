/** HAProxy in front of one backend: servers, what it believes of them, and the requests that wait. */

import type { Asked } from '../../../../policies/balancing/strategy.ts'
import {
  choose,
  enter,
  hasRoom,
  LINE_FULL,
  NOBODY,
  replied,
  sent,
} from '../../../../policies/upstream/choose.ts'
import { nextFor, quit } from '../../../../policies/upstream/line.ts'
import { letIn, setRuntimeWeight, takeOut } from '../../../../policies/upstream/membership.ts'
import { DOWN, DRAINING, MAINTENANCE } from '../../../../policies/upstream/standing.ts'
import { chooseAvoiding } from '../../../../policies/upstream/tries.ts'
import type { Upstream } from '../../../../policies/upstream/upstream.ts'
import { Unfit } from '../../unfit.ts'
import { type Agenda, plan } from '../agenda.ts'
import { open } from '../driven.ts'
import type { Backend } from './backend.ts'

export interface HaproxyProxy {
  readonly backend: Backend
  readonly upstream: Upstream
  readonly agenda: Agenda
  /** By server: how it takes connections (ok, refuse, close, hang, status:503). */
  readonly modes: string[]
  /** By server: weight as it is set now, and what an operator has made of it. */
  readonly weights: number[]
  readonly admin: ('ready' | 'drain' | 'maint')[]
  /** By server: retries, requests that went elsewhere, failed connections and failed answers. */
  readonly counters: Counters[]
  /** By ticket: what to do when a server is free for it. */
  readonly waiting: Map<number, (server: number) => void>
  tickets: number
}

/** As the statistics socket names them. */
export interface Counters {
  wretr: number
  wredis: number
  econ: number
  eresp: number
}

/** What became of a request that is to be placed. */
export type Placed = 'sent' | 'waits' | 'refused'

/** @throws Unfit when our policies cannot be set up so */
export function proxy(backend: Backend, agenda: Agenda, seed?: string): HaproxyProxy {
  const { servers, method } = backend
  const isByNumber = /consistent|bounded/.test(method.choice.strategy)
  if (isByNumber && servers.some(({ isBackup }) => isBackup)) {
    throw new Unfit('nothing is known of backups with "hash-type consistent"')
  }
  const queuesApart = method.hashed !== 'nothing' || /leastconn/.test(method.choice.strategy)
  const isPinned = backend.cookie !== undefined || backend.stick !== undefined
  if (servers.length > 1 && (queuesApart || isPinned) && servers.some(({ maxqueue }) => maxqueue > 0)) {
    throw new Unfit('nothing is known of "maxqueue" where servers have queues of their own')
  }
  const windows = new Set(servers.map(({ slowstart }) => slowstart).filter((window) => window > 0))
  if (windows.size > 1) throw new Unfit('servers have several "slowstart"')
  const [window] = windows
  const upstream = open(
    {
      choice: method.choice,
      members: servers.map(({ name, weight, maxconn, isBackup }) => {
        return { name, weight: Math.max(1, weight), priority: isBackup ? 1 : 0, maxConnections: maxconn }
      }),
      levels: backend.allBackups ? 'strict' : 'first-backup',
      waits: true,
      slowStart:
        window === undefined ? undefined : { rule: 'haproxy', window: window * 1e6, aggression: 1, least: 0 },
    },
    seed,
  )
  const made: HaproxyProxy = {
    backend,
    upstream,
    agenda,
    modes: servers.map(() => 'ok'),
    weights: servers.map(({ weight }) => weight),
    admin: servers.map(({ isDisabled }) => (isDisabled ? 'maint' : 'ready')),
    counters: servers.map(() => ({ wretr: 0, wredis: 0, econ: 0, eresp: 0 })),
    waiting: new Map(),
    tickets: 0,
  }
  for (const server of servers.keys()) believe(made, server)
  return made
}

/** Brings what the balancer believes of a server in line with weight and operator. */
export function believe(p: HaproxyProxy, server: number): void {
  const { upstream: u, weights, admin, backend } = p
  const now = nanoseconds(p)
  const { weight: configured } = backend.servers[server]!
  if (weights[server]! > 0 && configured > 0) {
    setRuntimeWeight(u, server, weights[server]! / configured, now)
  }
  const reasons = new Map([
    [DRAINING, weights[server] === 0 || admin[server] === 'drain'],
    [MAINTENANCE, admin[server] === 'maint'],
  ])
  for (const [reason, holds] of reasons) {
    if (holds) takeOut(u, server, reason)
    else letIn(u, server, reason, now)
  }
  release(p, server)
}

/** Health checks have found that a server is down, or up again. */
export function mark(p: HaproxyProxy, server: number, isUp: boolean): void {
  if (!isUp) takeOut(p.upstream, server, DOWN)
  else if (letIn(p.upstream, server, DOWN, nanoseconds(p))) release(p, server)
}

/**
 * Places a request: `go` is called with its server, now or when one is free.
 * @param stuckTo the server that it sticks to, or -1
 * @param avoid a server that it has just tried, taken only when there is no other; or -1
 */
export function placeRequest(
  p: HaproxyProxy,
  asked: Asked,
  stuckTo: number,
  avoid: number,
  go: (server: number) => void,
  gone: () => void,
): Placed {
  const { upstream: u, agenda, backend } = p
  const now = nanoseconds(p)
  const answer = chooseAvoiding(u, avoid, now, () => choose(u, asked, now, stuckTo))
  if (answer >= 0) {
    sent(u, answer)
    go(answer)
    return 'sent'
  }
  if (answer === NOBODY || answer === LINE_FULL) return 'refused'
  const ticket = p.tickets++
  const place = enter(u, ticket, answer)
  const callOff = plan(agenda, agenda.now + backend.queueTimeout, () => {
    quit(u.line, place)
    p.waiting.delete(ticket)
    gone()
  })
  p.waiting.set(ticket, (server) => {
    callOff()
    quit(u.line, place)
    p.waiting.delete(ticket)
    sent(u, server)
    go(server)
  })
  return 'waits'
}

/** A request at a server is over; who waits may go. */
export function ended(p: HaproxyProxy, server: number): void {
  replied(p.upstream, server, 0, false, nanoseconds(p))
  release(p, server)
}

function release(p: HaproxyProxy, server: number): void {
  const { line } = p.upstream
  while (line.waiting > 0 && hasRoom(p.upstream, server)) {
    const next = nextFor(line, server)
    if (next < 0) return
    p.waiting.get(line.ticket[next]!)!(server)
  }
}

function nanoseconds({ agenda }: HaproxyProxy): number {
  return Math.round(agenda.now * 1e6)
}
