/**
 * nginx's ip_hash: the first three octets of the client's address decide. Clients behind one address, or in
 * one /24 network, share a replica.
 *
 * When the replica is not ready the octets are hashed again from where the hash stands, 20 times; then
 * round robin takes over.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_ip_hash_module.
 */

import { dotted } from '../hashing/bytes.ts'
import { fresh, type Kept, outdatedByWeight, scored } from '../hashing/kept.ts'
import { rememberTurns, type TakesTurns, tellTurns, turns } from '../hashing/turns.ts'
import { standingAt, type WeightLine, weightLine } from '../hashing/weight-line.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

const RETRIES = 20

interface Memory extends Kept<WeightLine>, TakesTurns {}

function remember(_params: Params, pool: Pool): Memory {
  return { table: weightLine(pool), isStale: false, turns: rememberTurns(pool) }
}

function owner(pool: Pool, address: number, line: WeightLine): number {
  if (pool.size === 1 || pool.readyCount === 0) return NONE
  let hash = 89
  for (let tries = 0; tries <= RETRIES; tries++) {
    for (let shift = 24; shift > 0; shift -= 8) hash = (hash * 113 + ((address >>> shift) & 255)) % 6271
    const replica = standingAt(line, hash)
    if (pool.isReady[replica] === 1) return replica
  }
  return NONE
}

function pick(pool: Pool, asked: Asked, memory: Memory, random: Float64Array): number {
  const replica = owner(pool, asked.address, fresh(pool, memory, weightLine))
  return replica === NONE ? turns.pick(pool, asked, memory.turns, random) : replica
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const picked = owner(pool, asked.address, fresh(pool, { ...memory }, weightLine))
  if (picked === NONE) return turns.explain(pool, asked, memory.turns)
  const network = `${dotted(asked.address & ~255)}/24`
  return scored(pool, picked, (i) => `weight ${pool.weight[i]}, hashed on ${network}`)
}

export const ipHash: Strategy<Memory> = {
  name: 'ip-hash',
  title: 'IP hash',
  summary:
    'The first three octets of the client address decide: clients stay, but a whole /24 network fills one replica.',
  source: 'nginx 1.22.1, ip_hash',
  params: {},
  isKeyed: true,
  remember,
  pick,
  changed(pool, memory, replica) {
    outdatedByWeight(pool, memory, replica)
    turns.changed?.(pool, memory.turns, replica)
  },
  ...tellTurns,
  explain,
}
