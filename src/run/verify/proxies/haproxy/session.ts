/**
 * One request through HAProxy: it finds the server that its client sticks to, or another one; what happens
 * when a server refuses it is retries and redispatch.
 *
 * Source: HAProxy 2.6.12, stream.c, backend.c (retries), http_ana.c (cookies), stick_table.c.
 */

import type { Asked } from '../../../../policies/balancing/strategy.ts'
import { CLOSED } from '../../../../policies/upstream/standing.ts'
import {
  type Failure,
  firstTry,
  redispatches,
  type TryRules,
  triesAgain,
} from '../../../../policies/upstream/tries.ts'
import { Unfit } from '../../unfit.ts'
import { plan } from '../agenda.ts'
import type { Backend } from './backend.ts'
import { ended, type HaproxyProxy, placeRequest } from './proxy.ts'

const NOBODY = -1

/** HAProxy waits so long, ms, before it tries the same server again. */
const PAUSE = 1000

export interface Ask {
  readonly asked: Asked
  /** The server that the client sticks to, or -1. */
  readonly stuckTo: number
  /** ms that a server takes for its answer. */
  readonly serviceTime: number
}

export interface Answer {
  readonly status: number
  /** The server that answered, or -1. */
  readonly server: number
  /** ms */
  readonly took: number
}

/** A request at the agenda's present. */
export function request(p: HaproxyProxy, ask: Ask, done: (answer: Answer) => void): void {
  const { backend, agenda, upstream, counters } = p
  const { method, connectTimeout, serverTimeout, retryOn } = backend
  const rules = rulesOf(backend)
  const began = agenda.now
  const isUsable = ask.stuckTo !== NOBODY && (upstream.out[ask.stuckTo]! & CLOSED) === 0
  let stuckTo = isUsable ? ask.stuckTo : NOBODY
  const tries = firstTry(rules, backend.servers.length, began)

  const finish = (status: number, server: number) => done({ status, server, took: agenda.now - began })

  const assign = (before: number) => {
    const go = (server: number) => {
      if (before !== NOBODY) counters[before]![server === before ? 'wretr' : 'wredis']++
      connect(server)
    }
    const placed = placeRequest(p, ask.asked, stuckTo, before, go, () => finish(503, NOBODY))
    if (placed === 'refused') finish(503, NOBODY)
  }

  const connect = (server: number) => {
    const mode = p.modes[server]!
    if (mode === 'refuse') {
      refused(server)
      return
    }
    if (mode === 'hang' && serverTimeout > 0) {
      plan(agenda, agenda.now + serverTimeout, () => {
        counters[server]!.eresp++
        ended(p, server)
        finish(504, NOBODY)
      })
      return
    }
    const status = /^(?:ok|close|status:(\d{3}))$/.exec(mode)
    if (!status) throw new Unfit(`unknown mode "${mode}" of a server`)
    plan(agenda, agenda.now + ask.serviceTime, () => {
      const reason = mode === 'close' ? 'empty-response' : (status[1] ?? '')
      if (triesAgain(rules, tries, failure(retryOn.has(reason)), agenda.now)) {
        counters[server]!.wretr++
        again(server, 0)
        return
      }
      ended(p, server)
      if (mode === 'close') counters[server]!.eresp++
      if (mode === 'close') finish(502, NOBODY)
      else finish(Number(status[1] ?? 200), server)
    })
  }

  const refused = (server: number) => {
    if (!triesAgain(rules, tries, failure(retryOn.has('conn-failure')), agenda.now)) {
      counters[server]!.econ++
      ended(p, server)
      finish(503, NOBODY)
      return
    }
    again(server, connectTimeout > 0 ? Math.min(PAUSE, connectTimeout) : PAUSE)
  }

  /** Tries again: at another server if it may, at once where turns are taken; else at the same one after a pause. */
  const again = (server: number, pause: number) => {
    const active = usableCount(p)
    if (redispatches(rules, tries, method.takesTurns, stuckTo !== NOBODY, active)) {
      ended(p, server)
      stuckTo = NOBODY
      if (method.takesTurns && active > 1) assign(server)
      else plan(agenda, agenda.now + pause, () => assign(server))
    } else {
      plan(agenda, agenda.now + pause, () => {
        if (pause > 0) counters[server]!.wretr++
        connect(server)
      })
    }
  }

  assign(NOBODY)
}

/** HAProxy does not ask whether a request is idempotent. */
function failure(isListed: boolean): Failure {
  return { isListed, isSent: true, isIdempotent: true }
}

function rulesOf({ retries, redispatch = 0 }: Backend): TryRules {
  return { rule: 'haproxy', tries: retries + 1, overall: Infinity, nonIdempotent: true, redispatch }
}

/** Servers, without backups, that are neither down nor taken out. */
function usableCount({ backend: { servers }, upstream, weights, admin }: HaproxyProxy): number {
  return servers.filter(({ isBackup }, server) => {
    const isIn = !isBackup && weights[server]! > 0 && admin[server] === 'ready'
    return isIn && (upstream.out[server]! & CLOSED) === 0
  }).length
}
