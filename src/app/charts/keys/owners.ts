/**
 * Who owns which keys, as the strategy itself has it: the places of its ring or table, else sample keys that it
 * is asked about. Idle replicas, as a new balancer would place them.
 */

import { strategies } from '../../../policies/balancing/index.ts'
import { poolOf, setReady } from '../../../policies/balancing/pool.ts'
import { placesOf } from '../../../policies/hashing/moved.ts'
import type { Tier } from '../../../scenario/scenario.ts'

/** Places that are looked at. */
export const CELLS = 1024
const CIRCLE = 2 ** 32
const NONE = -1

export interface Owners {
  /**
   * - `ring`: places at even distances around the ring
   * - `table`: places of the table, from its first to its last
   * - `keys`: keys one after the other
   */
  readonly kind: 'ring' | 'table' | 'keys'
  /** By place: the number of a replica in its tier, or -1. */
  readonly of: Int32Array
}

export function isKeyed({ strategy, replicas }: Tier): boolean {
  return replicas.length > 1 && strategies.get(strategy.policy).isKeyed === true
}

/** @param ready a character for each replica: 1 believed ready, 0 out */
export function ownersOf({ strategy: { policy, params }, replicas }: Tier, ready: string): Owners {
  const strategy = strategies.get(policy)
  const pool = poolOf(replicas.map(({ id, weight }) => ({ name: id, weight })))
  const memory = strategy.remember(params, pool)
  for (let replica = 0; replica < replicas.length; replica++) {
    if (ready[replica] !== '0') continue
    setReady(pool, replica, false)
    strategy.changed?.(pool, memory, replica)
  }
  // The table is made anew at the first pick after a change.
  const keys = placesOf(strategy, pool, memory, CELLS)
  const table = tableOf(memory)
  if (table?.places) return { kind: 'table', of: spread(table.places) }
  const points = table?.points ?? table?.high
  if (points === undefined || table?.owners === undefined) return { kind: 'keys', of: keys }
  const isNearest = policy === 'haproxy-consistent'
  const { owners } = table
  const of = Int32Array.from({ length: CELLS }, (_, cell) =>
    onRing(points, owners, pool.isReady, ((cell + 0.5) / CELLS) * CIRCLE, isNearest),
  )
  return { kind: 'ring', of }
}

interface Table {
  readonly places?: Int32Array
  readonly points?: Uint32Array
  readonly high?: Uint32Array
  readonly owners?: Int32Array
}

/** What strategies keep, by its shape: a ring of 32 or 64 bits, a table, or neither. */
function tableOf(memory: unknown): Table | undefined {
  const { table } = memory as { table?: Table & { ring?: Table } }
  return table?.ring ?? table
}

function spread(places: Int32Array): Int32Array {
  return Int32Array.from({ length: CELLS }, (_, cell) => places[Math.floor((cell * places.length) / CELLS)]!)
}

/** The owner of a place: of the first point at or after it (or the nearest) whose replica is ready. */
function onRing(
  points: Uint32Array,
  owners: Int32Array,
  isReady: Uint8Array,
  place: number,
  isNearest: boolean,
): number {
  const count = points.length
  if (count === 0) return NONE
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle]! < place) low = middle + 1
    else high = middle
  }
  const after = low % count
  if (isNearest) {
    const before = (after + count - 1) % count
    const forth = (points[after]! - place + CIRCLE) % CIRCLE
    const back = (place - points[before]! + CIRCLE) % CIRCLE
    return owners[back < forth ? before : after]!
  }
  for (let step = 0; step < count; step++) {
    const owner = owners[(after + step) % count]!
    if (isReady[owner] === 1) return owner
  }
  return NONE
}

/** Share of the places that each replica owns. */
export function sharesOf({ of }: Owners, replicas: number): readonly number[] {
  const counts = new Array<number>(replicas).fill(0)
  for (const owner of of) if (owner >= 0) counts[owner]!++
  return counts.map((count) => count / of.length)
}

/** Places whose owner is another one than before: 1, else 0. */
export function movedBetween(before: Owners, now: Owners): Uint8Array {
  return Uint8Array.from(now.of, (owner, cell) => (owner === before.of[cell] ? 0 : 1))
}
