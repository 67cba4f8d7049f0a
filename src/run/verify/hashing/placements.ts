/** Rows about keys, clients or tables that are shared out by hashes: how full the replicas get. */

import { pow } from '../../../base/maths.ts'
import { stream, uniform } from '../../../base/stream.ts'
import { hash } from '../../../policies/balancing/hash.ts'
import { jump } from '../../../policies/balancing/jump.ts'
import { rendezvous } from '../../../policies/balancing/rendezvous.ts'
import type { Strategy } from '../../../policies/balancing/strategy.ts'
import type { Params } from '../../../policies/policy.ts'
import type { Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { Unfit } from '../unfit.ts'
import { askedFor, askedFrom, balancerOf, place } from './balancer.ts'
import { countIn, readTrials } from './reading.ts'
import { type Spread, spreadNamed, spreadOf } from './spread.ts'
import type { Trials } from './trials.ts'

/** Things with weights that go to replicas by a hash. */
interface Placement {
  readonly nodes: number
  readonly weights: Float64Array
  /** Whether things are addresses; else they are keys. */
  readonly byAddress: boolean
  readonly by: readonly (readonly [Strategy, Params])[]
}

export const readPlacements: Reader = (row) => {
  const make = forms.find(([pattern]) => pattern.test(row.model))?.[1]
  return make && readTrials(row, (g) => trialsOf(make(g)))
}

const forms: readonly (readonly [RegExp, (g: Given) => Placement])[] = [
  [/^rendezvous hashing(?!, )|random placement of keys|^jump hashing(?!, )/, alike],
  [/hash stickiness/, groups],
  [/hash partitioning of Zipf/, popular],
]

/** Rules whose keys are independent of each other: each trial uses one of them in turn. */
const keyed = [
  [rendezvous, {}],
  [jump, {}],
] as const
const addressed = [
  [rendezvous, { on: 'address' }],
  [hash, { on: 'address', rule: 'haproxy', avalanche: true }],
] as const

function alike(g: Given): Placement {
  const nodes = countIn(g, 'nodes', 'backends')
  const count = countIn(g, 'keys', 'table_size')
  g.skip('assignment')
  return { nodes, weights: new Float64Array(count).fill(1), byAddress: false, by: keyed }
}

/** Clients, of whom some share an address. */
function groups(g: Given): Placement {
  const sizes = g.raw('group_sizes')
  const { singles, nat_groups, clients_per_nat } = (sizes ?? {}) as Readonly<Record<string, unknown>>
  const isCount = (x: unknown): x is number => typeof x === 'number' && Number.isInteger(x) && x >= 0
  if (!isCount(singles) || !isCount(nat_groups) || !isCount(clients_per_nat) || singles + nat_groups === 0) {
    throw new Unfit('"group_sizes" must say singles, nat_groups and clients_per_nat')
  }
  const weights = new Float64Array(singles + nat_groups).fill(1)
  weights.fill(clients_per_nat, singles)
  g.skip('groups', 'rule')
  return { nodes: countIn(g, 'backends', 'nodes'), weights, byAddress: true, by: addressed }
}

function popular(g: Given): Placement {
  const exponent = g.number('zipf_alpha')
  if (exponent === undefined) throw new Unfit('it says no zipf_alpha')
  const weights = Float64Array.from({ length: countIn(g, 'keys') }, (_, i) => pow(i + 1, -exponent))
  g.skip('assignment')
  return { nodes: countIn(g, 'nodes', 'backends'), weights, byAddress: false, by: keyed }
}

function trialsOf({ nodes, weights, byAddress, by }: Placement): Trials<Spread> {
  let next = 0
  return {
    key: `placement ${nodes} ${byAddress} ${weights.length} ${weights[0]} ${weights.at(-1)} ${sum(weights)}`,
    cost: weights.length,
    run(seed) {
      const [strategy, params] = by[next++ % by.length]!
      const balancer = balancerOf(strategy, nodes, seed, params)
      const random = stream(seed, 'addresses')
      const amounts = new Float64Array(nodes)
      for (let i = 0; i < weights.length; i++) {
        const asked = byAddress ? askedFrom(uniform(random) * 2 ** 32) : askedFor(`${seed}/${i}`)
        amounts[place(balancer, asked)]! += weights[i]!
      }
      return spreadOf(amounts)
    },
    summaryFor: (row) => spreadNamed(row.quantity),
  }
}

function sum(weights: Float64Array): number {
  return weights.reduce((total, weight) => total + weight, 0)
}
