/**
 * Connections that visitors keep to the balancers in front: each visitor has at most one at a time, which
 * carries all its requests, at the same time too (as HTTP/2 does). A visitor closes it after so many
 * requests, or after so long, or when a request on it was refused, broken off or got no answer in time; the
 * next request opens another.
 *
 * Limit of realism: opening takes no time, and a connection that is past its life is closed when the visitor
 * wants to use it again. Balancers count requests on connections, not open connections.
 */

import { addRow, findRow, NO_ROW, removeRow } from '../base/keyed-rows.ts'
import type { Cluster } from './cluster.ts'
import { BROKEN, NO_ANSWER, REFUSED, TIMED_OUT } from './facts.ts'
import { BORN, CLIENT, NIL, VISITOR } from './tables.ts'

/** Columns: opened at, requests so far, the balancer in front, and the replica plus 1 where one is chosen for it. */
export const CONNECTION_WIDTH = 4
const OPENED = 0
const REQUESTS = 1
const DOOR = 2
const REPLICA = 3

/**
 * A request that is born takes its visitor's connection, or opens one.
 * @param door the balancer that a new one goes to
 * @returns the balancer that it goes to
 */
export function takeConnection(c: Cluster, client: number, visitor: number, door: number): number {
  const rows = c.clients[client]!.connections!
  const { requests: most = Infinity, lifetime = Infinity } = c.fixed.clients[client]!.connections!
  let row = findRow(rows, visitor)
  if (row !== NO_ROW) {
    const at = row * CONNECTION_WIDTH
    const { values } = rows
    const isOver = values[at + REQUESTS]! >= most || c.now - values[at + OPENED]! >= lifetime
    if (!isOver) {
      values[at + REQUESTS]!++
      return values[at + DOOR]!
    }
    removeRow(rows, row)
  }
  row = addRow(rows, visitor)
  const at = row * CONNECTION_WIDTH
  rows.values[at + OPENED] = c.now
  rows.values[at + REQUESTS] = 1
  rows.values[at + DOOR] = door
  return door
}

/**
 * A balancer gets a request that was meant for another one, whose address it has taken.
 * @returns false when it comes on a connection that was open before: the balancer knows nothing of it
 */
export function opensAt(c: Cluster, request: number, door: number): boolean {
  const row = rowOf(c, request)
  if (row === NO_ROW) return true
  const { values } = connectionsOf(c, request)!
  const at = row * CONNECTION_WIDTH
  if (values[at + OPENED]! < c.requests.num[request * c.requests.stride + BORN]!) return false
  values[at + DOOR] = door
  return true
}

/** The replica that a request's connection leads to; NIL when none is chosen, or the connection is no more. */
export function replicaOfConnection(c: Cluster, request: number): number {
  const row = rowOf(c, request)
  if (row === NO_ROW) return NIL
  return connectionsOf(c, request)!.values[row * CONNECTION_WIDTH + REPLICA]! - 1
}

/** From now on a request's connection leads to a replica. */
export function leadTo(c: Cluster, request: number, replica: number): void {
  const row = rowOf(c, request)
  if (row === NO_ROW) return
  connectionsOf(c, request)!.values[row * CONNECTION_WIDTH + REPLICA] = replica + 1
}

const ENDING: readonly number[] = [REFUSED, BROKEN, NO_ANSWER, TIMED_OUT]

/** A request, or a try of it, has ended: some ends take its connection with them. */
export function endOnConnection(c: Cluster, request: number, outcome: number): void {
  if (!ENDING.includes(outcome)) return
  const row = rowOf(c, request)
  if (row !== NO_ROW) removeRow(connectionsOf(c, request)!, row)
}

function connectionsOf(c: Cluster, request: number) {
  return c.clients[c.requests.int[(request << 3) | CLIENT]!]!.connections
}

/** The connection that a request was born on; a later one of its visitor is not its own. */
function rowOf(c: Cluster, request: number): number {
  const rows = connectionsOf(c, request)
  if (rows === undefined) return NO_ROW
  const row = findRow(rows, c.requests.int[(request << 3) | VISITOR]!)
  if (row === NO_ROW) return NO_ROW
  const born = c.requests.num[request * c.requests.stride + BORN]!
  return rows.values[row * CONNECTION_WIDTH + OPENED]! <= born ? row : NO_ROW
}
