/** A pool of named replicas and one hashing strategy on it, driven the way that a balancer drives them. */

import { stream } from '../../../../src/base/stream.ts'
import type { Asked, Pool, Strategy } from '../../../../src/policies/balancing/strategy.ts'
import type { Params } from '../../../../src/policies/policy.ts'

export interface Server {
  readonly name: string
  readonly weight: number
  /** Not usable from the start. */
  readonly isDown?: boolean
}

export interface Driven {
  readonly strategy: Strategy<any>
  readonly pool: Pool
  memory: any
  readonly random: Float64Array
}

export function drive(strategy: Strategy<any>, servers: readonly Server[], chosen: Params = {}): Driven {
  const pool: Pool = {
    size: servers.length,
    names: servers.map(({ name }) => name),
    now: 0,
    ready: new Int32Array(servers.length),
    readyCount: 0,
    isReady: Uint8Array.from(servers, ({ isDown }) => (isDown ? 0 : 1)),
    weight: Float64Array.from(servers, ({ weight }) => weight),
    inFlight: new Int32Array(servers.length),
    isFull: new Uint8Array(servers.length),
    inSystem: new Int32Array(servers.length),
  }
  list(pool)
  const params: Record<string, Params[string]> = {}
  for (const [name, param] of Object.entries(strategy.params)) params[name] = param.default
  const memory = strategy.remember({ ...params, ...chosen }, pool)
  return { strategy, pool, memory, random: stream(7, 'balancing/test') }
}

/** As many as wanted, alike, named with the given text and a number. */
export function alike(count: number, name = 's'): Server[] {
  return Array.from({ length: count }, (_, i) => ({ name: `${name}${i + 1}`, weight: 1 }))
}

export const onKey = (key: number): Asked => ({ key, text: undefined, address: 0 })
export const onText = (text: string): Asked => ({ key: 0, text, address: 0 })

export function onAddress(address: string): Asked {
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  return { key: 0, text: undefined, address: number }
}

/** Which replica it picks, once it has made sure that explain says the same. */
export function pick(d: Driven, asked: Asked): number {
  const first = explained(d, asked)
  const picked = place(d, asked)
  if (first !== picked) throw new Error(`explain says ${first}, pick ${picked}`)
  return picked
}

/** Which replica it picks. */
export function place({ strategy, pool, memory, random }: Driven, asked: Asked): number {
  return strategy.pick(pool, asked, memory, random)
}

/** Which of the candidates explain puts first; -1 when there is none. */
export function explained({ strategy, pool, memory }: Driven, asked: Asked): number {
  let best = -1
  let least = Infinity
  for (const { replica, score } of strategy.explain(pool, asked, memory)) {
    if (score >= least) continue
    least = score
    best = replica
  }
  return best
}

export function send(d: Driven, asked: Asked): number {
  const picked = place(d, asked)
  if (picked < 0) return picked
  d.pool.inFlight[picked]!++
  d.strategy.sent?.(d.pool, d.memory, picked)
  return picked
}

export function reply(d: Driven, replica: number): void {
  d.pool.inFlight[replica]!--
  d.strategy.replied?.(d.pool, d.memory, replica, 1e6, false)
}

/** Changes what the balancer believes of a replica. */
export function set(d: Driven, replica: number, isReady: boolean, weight = d.pool.weight[replica]!): void {
  d.pool.weight[replica] = weight
  d.pool.isReady[replica] = isReady ? 1 : 0
  list(d.pool)
  d.strategy.changed?.(d.pool, d.memory, replica)
}

function list(pool: Pool): void {
  pool.readyCount = 0
  for (let i = 0; i < pool.size; i++) if (pool.isReady[i] === 1) pool.ready[pool.readyCount++] = i
}
