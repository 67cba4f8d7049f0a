/** Connections of visitors to the nodes of a tier (see transport.ts): what never changes, and what nodes know of them. */

import { type KeyedRows, keyedRows, ownRows } from '../base/keyed-rows.ts'
import { type Stream, stream } from '../base/stream.ts'
import type { Duration } from '../base/time.ts'
import type { Scenario, Tier } from '../scenario/scenario.ts'
import type { FixedTier } from './cluster.ts'
import { type FixedTls, fixedTls, type Handshakes, handshakes } from './handshakes.ts'
import { type IdleConnections, noneIdle } from './idle-connections.ts'
import { visitorsBefore } from './visitors.ts'

/** Of a tier; frozen. */
export interface FixedTransport {
  /** Columns of a row of connections. */
  readonly width: number
  /** See `visitorsBefore`; undefined: visitors go by `visitorNumber`. */
  readonly visitorsBefore: readonly number[] | undefined
  readonly tls: FixedTls | undefined
  /** 0: closed with the answer. */
  readonly idle: Duration
  readonly mostRequests: number
  readonly streams: number
  readonly perNode: number
  /** How long a node waits for the whole of a request. */
  readonly patience: Duration
  /** Before a request can be sent over a new connection. */
  readonly roundTrips: number
}

/** What a tier's nodes know of connections. */
export interface TransportState {
  /** By node of the tier, by visitor. */
  readonly rows: KeyedRows[]
  /** By node of the tier. */
  readonly idle: IdleConnections[]
  readonly open: Int32Array
  /** By call: the row of the connection that it uses plus 1, or 0. */
  using: Int32Array
  readonly network: Stream
  readonly handshakes: Handshakes
}

/**
 * Columns of `rows`: since when they are idle, or minus the requests on them now; connections; where that counts,
 * requests since they were opened.
 */
export const STANDING = 0
export const OPEN = 1
export const USED = 2

/** How a row stands that is no more: no instant. */
export const GONE = -1

/** Undefined when a tier's connections cost nothing. */
export function fixedTransport(
  { connections, tls, pool, replicas }: Tier,
  { clients }: Scenario,
): FixedTransport | undefined {
  if (pool !== undefined || (connections === undefined && tls === undefined)) return undefined
  const {
    idle = 75e9,
    requests = Infinity,
    streams = 1,
    perNode = Infinity,
    patience = 60e9,
  } = connections ?? {}
  const width = requests < Infinity ? 3 : 2
  return Object.freeze({
    width,
    visitorsBefore: visitorsBefore(clients, replicas.length * width),
    idle,
    mostRequests: requests,
    streams,
    perNode,
    patience,
    roundTrips: tls === undefined ? 1 : 2,
    tls: fixedTls(tls),
  })
}

/** No connection is open. */
export function transportState(
  { id, transport, count }: FixedTier,
  seed: Scenario['seed'],
): TransportState | undefined {
  if (transport === undefined) return undefined
  return {
    rows: Array.from({ length: count }, () => noConnections(transport)),
    idle: Array.from({ length: count }, noneIdle),
    open: new Int32Array(count),
    using: new Int32Array(0),
    network: stream(seed, `connections/${id}`),
    handshakes: handshakes(id, count, seed),
  }
}

/** The rows of a node to which no connection is open. */
export function noConnections({ visitorsBefore: before, width }: FixedTransport): KeyedRows {
  return before === undefined ? keyedRows(width) : ownRows(width, before.at(-1)!)
}
