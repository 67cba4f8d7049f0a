/** Rows about Karger's ring: what shares of it fall to the nodes, or of a table that is filled from it. */

import { ringHash } from '../../../policies/balancing/ring-hash.ts'
import { placeOf, type Ring64, shares64 } from '../../../policies/hashing/ring64.ts'
import type { Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { balancerOf } from './balancer.ts'
import { countIn, readTrials } from './reading.ts'
import { type Spread, spreadNamed, spreadOf } from './spread.ts'
import type { Trials } from './trials.ts'

export const readRings: Reader = (row) => {
  if (!/\bring\b/.test(row.model)) return undefined
  if (row.parameters.virtual_nodes_per_node === undefined || 'nodes_after' in row.parameters) return undefined
  return readTrials(row, trialsFrom)
}

function trialsFrom(g: Given): Trials<Spread> {
  const nodes = countIn(g, 'nodes', 'backends')
  const points = countIn(g, 'virtual_nodes_per_node')
  const places = g.has('table_size') ? countIn(g, 'table_size') : 0
  g.skip('keys', 'hash')
  return {
    key: `ring ${nodes} ${points} ${places}`,
    cost: nodes * points + places,
    run(seed) {
      const ring = ringOf(nodes, points, seed)
      return spreadOf(places === 0 ? shares64(ring, nodes) : counts(ownersAt(ring, places), nodes))
    },
    summaryFor: (row) => spreadNamed(row.quantity),
  }
}

/**
 * The ring with so many points for each node. Envoy rounds the points of a node up, so a ring that asks for
 * one point less has as many, whatever the rounding of 1 / nodes.
 */
export function ringOf(nodes: number, points: number, seed: string): Ring64 {
  return balancerOf(ringHash, nodes, seed, { minRingSize: Math.max(1, nodes * points - 1) }).memory.table
}

/** Whose the hashes are that lie evenly along the ring. */
export function ownersAt(ring: Ring64, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    return ring.owners[placeOf(ring, Uint32Array.of(Math.floor((i / count) * 2 ** 32), 0))]!
  })
}

function counts(owners: Int32Array, nodes: number): Float64Array {
  const of = new Float64Array(nodes)
  for (const owner of owners) of[owner]!++
  return of
}
