/**
 * One request through HAProxy: it finds the server that its client sticks to, or another one; what happens
 * when a server refuses it is retries and redispatch.
 *
 * Source: HAProxy 2.6.12, stream.c, backend.c (retries), http_ana.c (cookies), stick_table.c.
 */

import type { Asked } from '../../../../policies/balancing/strategy.ts'
import { CLOSED } from '../../../../policies/upstream/standing.ts'
import { Unfit } from '../../unfit.ts'
import { plan } from '../agenda.ts'
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
  const { backend, agenda, upstream } = p
  const { retries, redispatch, method, connectTimeout } = backend
  const began = agenda.now
  const isUsable = ask.stuckTo !== NOBODY && (upstream.out[ask.stuckTo]! & CLOSED) === 0
  let stuckTo = isUsable ? ask.stuckTo : NOBODY
  let retry = 0

  const finish = (status: number, server: number) => done({ status, server, took: agenda.now - began })

  const assign = (avoid: number) => {
    const placed = placeRequest(p, ask.asked, stuckTo, avoid, connect, () => finish(503, NOBODY))
    if (placed === 'refused') finish(503, NOBODY)
  }

  const connect = (server: number) => {
    const mode = p.modes[server]!
    const answered = (status: number, from: number) => {
      plan(agenda, agenda.now + ask.serviceTime, () => {
        ended(p, server)
        finish(status, from)
      })
    }
    if (mode === 'refuse') failed(server)
    else if (mode === 'ok') answered(200, server)
    else if (mode === 'close') answered(502, NOBODY)
    else if (/^status:\d{3}$/.test(mode)) answered(Number(mode.slice(7)), server)
    else throw new Unfit(`unknown mode "${mode}" of a server`)
  }

  /** Refused: again at the same server after a pause, or at another one. */
  const failed = (server: number) => {
    retry++
    if (retry > retries) {
      ended(p, server)
      finish(503, NOBODY)
      return
    }
    const isRotated = method.takesTurns && usableCount(p) > 1
    const pause = connectTimeout > 0 ? Math.min(PAUSE, connectTimeout) : PAUSE
    const atThis =
      redispatch !== undefined && isMultiple(retry, redispatch > 0 ? redispatch : retries + 1 + redispatch)
    if (redispatch !== undefined && (atThis || (stuckTo === NOBODY && isRotated))) {
      ended(p, server)
      stuckTo = NOBODY
      if (isRotated) assign(server)
      else plan(agenda, agenda.now + pause, () => assign(server))
    } else {
      plan(agenda, agenda.now + pause, () => connect(server))
    }
  }

  assign(NOBODY)
}

function isMultiple(n: number, of: number): boolean {
  return of > 0 && n % of === 0
}

/** Servers, without backups, that are neither down nor taken out. */
function usableCount({ backend: { servers }, upstream, weights, admin }: HaproxyProxy): number {
  return servers.filter(({ isBackup }, server) => {
    const isIn = !isBackup && weights[server]! > 0 && admin[server] === 'ready'
    return isIn && (upstream.out[server]! & CLOSED) === 0
  }).length
}
