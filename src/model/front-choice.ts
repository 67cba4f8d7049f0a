/**
 * Which balancer in front a request goes to: any of them, or of those that routers know to live, the master of a pair, or the one whose address the
 * visitor was last given by DNS.
 *
 * Limit of realism: DNS gives one address at a time; a visitor whose balancer refuses does not look for
 * another before its record has run out.
 */

import { addRow, findRow, NO_ROW } from '../base/keyed-rows.ts'
import { below, type Stream } from '../base/stream.ts'
import type { ActivePassive } from '../scenario/front.ts'
import type { Cluster } from './cluster.ts'
import { opensAt } from './connections.ts'
import { BROKEN, OK, REFUSED } from './facts.ts'
import type { Pair } from './outside.ts'
import { CLIENT, DOOR, NIL } from './tables.ts'

/** Columns: the balancer, and when the record runs out. */
export const RECORD_WIDTH = 2
const BALANCER = 0
const UNTIL = 1

/** The balancer that a request goes to when it is born. A pair may have another master when it arrives. */
export function frontFor(c: Cluster, client: number, visitor: number, random: Stream): number {
  const { front, fronts } = c.fixed
  if (front === undefined) return below(random, fronts)
  if (front.by === 'ecmp') return anyListed(c, random)
  if (front.by === 'dns') return resolve(c, client, visitor, front.keptFor, random)
  const owner = c.outside.pair?.owner ?? NIL
  return owner === NIL ? highest(front) : owner
}

/** The balancer of a pair that is master while both are well. */
export function highest({ priorities }: ActivePassive): number {
  return priorities.indexOf(Math.max(...priorities))
}

/** A request has come to the address of a pair, where a balancer has died. @returns OK, or how it ends there */
export function reachMaster(c: Cluster, { owner }: Pair, request: number): number {
  if (owner === NIL) return REFUSED
  const { int } = c.requests
  const r = request << 3
  if (int[r | DOOR] === owner) return OK
  if (c.clients[int[r | CLIENT]!]!.connections !== undefined && !opensAt(c, request, owner)) return BROKEN
  int[r | DOOR] = owner
  return OK
}

/** Draws once in any case, so that what else a session draws does not depend on what DNS says. */
function resolve(c: Cluster, client: number, visitor: number, keptFor: number, random: Stream): number {
  const records = c.clients[client]!.records!
  const drawn = anyListed(c, random)
  let row = findRow(records, visitor)
  const isKnown = row !== NO_ROW
  if (!isKnown) row = addRow(records, visitor)
  const at = row * RECORD_WIDTH
  const { values } = records
  if (isKnown && c.now < values[at + UNTIL]!) return values[at + BALANCER]!
  values[at + BALANCER] = drawn
  values[at + UNTIL] = c.now + keptFor
  return drawn
}

/** One of those that DNS gives, or routers know to live; where all are believed dead, any of them. */
function anyListed(c: Cluster, random: Stream): number {
  const { fronts } = c.fixed
  const { unlisted } = c.outside
  let gone = 0
  if (unlisted !== undefined) for (let front = 0; front < fronts; front++) gone += unlisted[front]!
  if (gone === 0 || gone === fronts) return below(random, fronts)
  let place = below(random, fronts - gone)
  let front = 0
  while (unlisted![front] === 1 || place-- > 0) front++
  return front
}
