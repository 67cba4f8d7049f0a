/** Hops: who sent what to whom, when it left and when it arrives; and what a tracer knows of those on their way. */

import { hashOf } from '../base/keyed-rows.ts'
import type { Probe } from '../engine/fact-log.ts'
import { FRONT } from '../model/facts.ts'

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
  readonly kind: HopKind
  /** As the balancer sees it. */
  readonly address: number
}

/** What moves. A check's answer is of its kind too; every other answer is that of a request. */
export const FIRST_TRY = 0
export const FURTHER_TRY = 1
export const COPY = 2
/** Of a cache, in the background. */
export const FETCH = 3
export const CHECK = 4
/** From outside onto a node: it comes from the node's own number. */
export const PURGE = 5
/** There and back while a connection is opened. */
export const HANDSHAKE = 6
export const RESUMPTION = 7
export type HopKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** In the place of a request's number where there is none. */
export const NO_REQUEST = -1

/** What is known of a request, or of a further try of it, on its way. */
export interface Way {
  readonly client: number
  readonly born: number
  readonly address: number
  readonly kind: HopKind
  /** The balancer in front that it comes to, as the end of a hop. */
  front: number
  /** When its answer reached the front; -1 before. */
  answered: number
  /** True once the front has sent it on. */
  isSent: boolean
  /** True once its client is done with it; calls may still be open. */
  isSettled: boolean
  /** How its connection to a node is being opened: `HANDSHAKE` or `RESUMPTION`; 0: none is. */
  opens: HopKind
  /** By node, of the calls that are open there: who sent it. */
  readonly senders: Map<number, number>
}

export interface Tracer extends Probe {
  stride: number
  /** Balancers in front. */
  fronts: number
  hops: Hop[]
  readonly ways: Map<number, Way>
  checks: Checks
}

/** What a tracer knows of checks; by pool where nothing else is said. */
export interface Checks {
  /** One check of a replica in so many is followed. */
  stride: number
  /** Who sends, as the end of a hop. */
  readonly from: Int32Array
  /** One way to a replica, ns; 0 where that is drawn anew each time. */
  readonly way: Float64Array
  /** When one is given up, ns. */
  readonly patience: Float64Array
  /** 1 where checks wait at replicas like requests. */
  readonly isQueued: Uint8Array
  /** By node: 1 where nothing answers. */
  readonly isSilent: Uint8Array
}

/** A population as the end of a hop: behind the balancers in front. */
export function clientEnd(t: Tracer, client: number): number {
  return FRONT - t.fronts - client
}

export function newWay(client: number, born: number, address: number, kind: HopKind): Way {
  return {
    client,
    born,
    address,
    kind,
    front: FRONT,
    answered: -1,
    isSent: false,
    isSettled: false,
    opens: 0,
    senders: new Map(),
  }
}

/** Writes down a hop. */
export function add(
  t: Tracer,
  request: number,
  { kind, address }: Pick<Way, 'kind' | 'address'>,
  from: number,
  to: number,
  departs: number,
  arrives: number,
  way: 0 | 1,
  outcome: number,
): void {
  t.hops.push({
    request: request < 0 ? NO_REQUEST : request,
    from,
    to,
    departs,
    arrives,
    way,
    outcome,
    kind,
    address,
  })
}

/**
 * Whether a request is one of those that are followed: one in `stride`, by a hash of its number, as every n-th would
 * keep step with whoever takes turns. Checks have numbers below 0, and are followed once they have set out.
 */
export function isFollowed({ stride }: Tracer, request: number): boolean {
  return request >= 0 && (stride === 1 || (hashOf(Math.floor(request)) >>> 0) % stride === 0)
}
