/** What a pick costs with few and with many replicas: a strategy that looks at all of them shows. */

import { stream } from '../../base/stream.ts'
import { strategies } from '../../policies/balancing/index.ts'
import { poolOf } from '../../policies/balancing/pool.ts'
import type { Asked } from '../../policies/balancing/strategy.ts'
import type { Params } from '../../policies/policy.ts'
import type { Clock } from './measure.ts'

export interface PickCosts {
  readonly strategy: string
  readonly params: Params
  readonly costs: readonly { readonly replicas: number; readonly nsPerPick: number }[]
}

/** Rotation, least connections, choices by chance, and everything that keys decide. */
const MEASURED: readonly (readonly [string, Params])[] = [
  ['round-robin', {}],
  ['haproxy-round-robin', {}],
  ['static-rr', {}],
  ['random', {}],
  ['least-connections', {}],
  ['haproxy-leastconn', {}],
  ['first', {}],
  ['least-request', {}],
  ['two-choices', {}],
  ['two-choices', { rule: 'nginx' }],
  ['two-choices', { rule: 'haproxy' }],
  ['ip-hash', {}],
  ['hash', { rule: 'nginx' }],
  ['hash', { rule: 'haproxy' }],
  ['ketama', {}],
  ['haproxy-consistent', {}],
  ['ring-hash', {}],
  ['maglev', {}],
  ['bounded-load', {}],
  ['rendezvous', {}],
  ['jump', {}],
  ['varnish-shard', {}],
  ['varnish-hash', {}],
]

/**
 * Nanoseconds for a pick together with telling the strategy that the request was sent and, as many requests
 * later as there are replicas, answered. The least of the rounds: what is above is the machine's other work.
 */
export function pickCosts(
  sizes: readonly number[],
  picks: number,
  rounds: number,
  clock: Clock,
): readonly PickCosts[] {
  return MEASURED.map(([strategy, params]) => ({
    strategy,
    params,
    costs: sizes.map((replicas) => ({
      replicas,
      nsPerPick: (timeOf(strategy, params, replicas, picks, rounds, clock) * 1e6) / picks,
    })),
  }))
}

/** Weights are 1, 2, 3, 1, 2, 3, …; keys and addresses differ from one request to the next. */
function timeOf(name: string, chosen: Params, replicas: number, picks: number, rounds: number, clock: Clock) {
  const strategy = strategies.get(name)
  const pool = poolOf(
    Array.from({ length: replicas }, (_, i) => ({ name: `web/${i + 1}`, weight: 1 + (i % 3) })),
  )
  const defaults = Object.fromEntries(
    Object.entries(strategy.params).map(([key, { default: is }]) => [key, is]),
  )
  const memory = strategy.remember({ ...defaults, ...chosen }, pool)
  const random = stream(1, 'balancing/picks')
  const asked: Asked = { key: 0, text: undefined, address: 0 }
  const open = new Int32Array(replicas).fill(-1)
  let least = Infinity
  for (let round = 0; round <= rounds; round++) {
    const began = clock()
    for (let n = 0; n < picks; n++) {
      const place = n % replicas
      const answered = open[place]!
      if (answered >= 0) {
        pool.inFlight[answered]!--
        strategy.replied?.(pool, memory, answered, 1e6, false)
      }
      asked.key = n
      asked.address = Math.imul(n, 0x9e3779b1) >>> 0
      const picked = strategy.pick(pool, asked, memory, random)
      open[place] = picked
      pool.inFlight[picked]!++
      strategy.sent?.(pool, memory, picked)
    }
    if (round > 0) least = Math.min(least, clock() - began)
  }
  return least
}
