/** Errors of a replica at its door: which requests they strike, and how they look. */

import type { Cluster } from '../cluster.ts'
import { BROKEN, ERROR, REFUSED } from '../facts.ts'
import { REFUSES_ALL, type Troubles } from '../outside.ts'

/** The outcome of a request that is struck. @param errors the replica's share of errors */
export function failureOf(c: Cluster, node: number, errors: number): number {
  if (errors >= REFUSES_ALL) return REFUSED
  return c.outside.troubles?.breaksOff[node] === 1 ? BROKEN : ERROR
}

/** True when errors strike this key at a replica. Which keys they are is the same everywhere. */
export function isStruck(t: Troubles, node: number, key: number): boolean {
  const share = t.keys[node]!
  return share >= 1 || scattered(key) < share
}

/** A number from 0 to 1 by which keys are told apart (the finaliser of MurmurHash3). */
function scattered(key: number): number {
  let h = key | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}
