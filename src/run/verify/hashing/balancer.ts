/** A balancer on its own, without a cluster: replicas that are alike, a strategy, and what it is told. */

import { type Stream, stream } from '../../../base/stream.ts'
import { poolOf, setReady } from '../../../policies/balancing/pool.ts'
import type { Asked, Pool, Strategy } from '../../../policies/balancing/strategy.ts'
import type { Params, ParamValue } from '../../../policies/policy.ts'

export interface Balancer<M = unknown> {
  readonly strategy: Strategy<M>
  readonly pool: Pool
  readonly memory: M
  readonly random: Stream
}

/** @param seed goes into the replicas' names, so that hashes place them differently for every seed */
export function balancerOf<M>(
  strategy: Strategy<M>,
  replicas: number,
  seed: string,
  params: Params = {},
): Balancer<M> {
  const names = Array.from({ length: replicas }, (_, i) => `${seed}/${i + 1}`)
  return balancerAmong(strategy, names, seed, params)
}

/** @param params defaults are filled in */
export function balancerAmong<M>(
  strategy: Strategy<M>,
  names: readonly string[],
  seed: string,
  params: Params = {},
): Balancer<M> {
  const pool = poolOf(names.map((name) => ({ name, weight: 1 })))
  const full: Record<string, ParamValue> = {}
  for (const [name, param] of Object.entries(strategy.params)) full[name] = param.default
  const memory = strategy.remember({ ...full, ...params }, pool)
  return { strategy, pool, memory, random: stream(seed, 'balancing') }
}

/** The replica for a request, which is not sent. */
export function place<M>({ strategy, pool, memory, random }: Balancer<M>, asked: Asked): number {
  return strategy.pick(pool, asked, memory, random)
}

export function send<M>(balancer: Balancer<M>, asked: Asked): number {
  const replica = place(balancer, asked)
  const { strategy, pool, memory } = balancer
  pool.inFlight[replica]!++
  strategy.sent?.(pool, memory, replica)
  return replica
}

/** A request in flight at the replica is answered. */
export function reply<M>({ strategy, pool, memory }: Balancer<M>, replica: number): void {
  pool.inFlight[replica]!--
  strategy.replied?.(pool, memory, replica, 1, false)
}

export function makeReady<M>(
  { strategy, pool, memory }: Balancer<M>,
  replica: number,
  isReady: boolean,
): void {
  if (pool.isReady[replica] === Number(isReady)) return
  setReady(pool, replica, isReady)
  strategy.changed?.(pool, memory, replica)
}

/** A request for a key that is a text; the same object every time. */
export function askedFor(text: string): Asked {
  asked.text = text
  return asked
}

/** A request from an address; the same object every time. */
export function askedFrom(address: number): Asked {
  asked.text = undefined
  asked.address = address
  return asked
}

const asked: Asked = { key: 0, text: undefined, address: 0 }
