/** The hashing strategies, in all their ways. */

import { boundedLoad } from '../../../../src/policies/balancing/bounded-load.ts'
import { haproxyConsistent } from '../../../../src/policies/balancing/haproxy-consistent.ts'
import { hash } from '../../../../src/policies/balancing/hash.ts'
import { ipHash } from '../../../../src/policies/balancing/ip-hash.ts'
import { jump } from '../../../../src/policies/balancing/jump.ts'
import { ketama } from '../../../../src/policies/balancing/ketama.ts'
import { maglev } from '../../../../src/policies/balancing/maglev.ts'
import { rendezvous } from '../../../../src/policies/balancing/rendezvous.ts'
import { ringHash } from '../../../../src/policies/balancing/ring-hash.ts'
import type { Strategy } from '../../../../src/policies/balancing/strategy.ts'
import { varnishHash } from '../../../../src/policies/balancing/varnish-hash.ts'
import { varnishShard } from '../../../../src/policies/balancing/varnish-shard.ts'
import type { Params } from '../../../../src/policies/policy.ts'

export interface Way {
  readonly title: string
  readonly strategy: Strategy<any>
  readonly params: Params
}

const ways: readonly (readonly [Strategy<any>, Params])[] = [
  [ipHash, {}],
  [hash, {}],
  [hash, { rule: 'haproxy' }],
  [ketama, {}],
  [haproxyConsistent, {}],
  [ringHash, {}],
  [maglev, { tableSize: 5003 }],
  [boundedLoad, {}],
  [boundedLoad, { rule: 'paper', factor: 110 }],
  [rendezvous, {}],
  [jump, {}],
  [varnishShard, {}],
  [varnishShard, { alternative: 2 }],
  [varnishHash, {}],
]

export const cases: readonly Way[] = [
  ...ways,
  ...ways
    .filter(([{ params }]) => params.on)
    .map(([strategy, params]) => [strategy, { ...params, on: 'address' }] as const),
].map(([strategy, params]) => {
  const words = Object.entries(params).map(([name, value]) => `${name} ${value}`)
  return { title: [strategy.name, ...words].join(', '), strategy, params }
})
