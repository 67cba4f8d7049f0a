/** Rows about the share of keys that move when nodes come or go. */

import { hash } from '../../../policies/balancing/hash.ts'
import { jump } from '../../../policies/balancing/jump.ts'
import { rendezvous } from '../../../policies/balancing/rendezvous.ts'
import type { Strategy } from '../../../policies/balancing/strategy.ts'
import { sharesMoved } from '../../../policies/hashing/moved.ts'
import type { Params } from '../../../policies/policy.ts'
import { type Experiment, isCannotRun, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { unlessUnfit } from '../unfit.ts'
import { askedFor, balancerOf, makeReady, place } from './balancer.ts'
import { allOf, countIn, readTrials } from './reading.ts'
import { ownersAt, ringOf } from './rings.ts'
import { meanOf, type Trials, unknownQuantity } from './trials.ts'

/** Hashes a ring is looked at, for each of its points. */
const LOOKS = 4

interface Change {
  readonly before: number
  readonly after: number
}

/** By the first words of the model's name that fit. */
const rules: readonly (readonly [RegExp, Strategy, Params])[] = [
  [/modulo/, hash, { rule: 'haproxy', function: 'crc32', avalanche: true }],
  [/jump/, jump, {}],
  [/rendezvous/, rendezvous, {}],
]

export const readMovement: Reader = (row) => {
  const { nodes_before, nodes_after, virtual_nodes_per_node } = row.parameters
  if (nodes_before === undefined || nodes_after === undefined) return undefined
  if (/\bring\b/.test(row.model) && virtual_nodes_per_node !== undefined) return readTrials(row, rings)
  const rule = rules.find(([pattern]) => pattern.test(row.model))
  if (!rule) return undefined
  if (!isShareMoved(row.quantity)) return unknownQuantity(row)
  const change = unlessUnfit(() => allOf(row, changeFrom))
  return isCannotRun(change) ? change : experiment(change, rule[1], rule[2])
}

function isShareMoved(quantity: string): boolean {
  return /^(expected_)?fraction_of_keys_moved$/.test(quantity)
}

function changeFrom(g: Given): Change {
  g.skip('rule')
  return { before: countIn(g, 'nodes_before'), after: countIn(g, 'nodes_after') }
}

/** Every key is an observation. */
function experiment({ before, after }: Change, strategy: Strategy, params: Params): Experiment {
  return {
    key: `moved ${strategy.name} ${before} ${after}`,
    cost: 2,
    least: 50_000,
    run(rows, n, seed) {
      const balancer = balancerOf(strategy, Math.max(before, after), seed, params)
      const picks = (count: number) => {
        for (let i = 0; i < balancer.pool.size; i++) makeReady(balancer, i, i < count)
        return Int32Array.from({ length: n }, (_, key) => place(balancer, askedFor(`${seed}/${key}`)))
      }
      const { moved } = sharesMoved(picks(before), picks(after))
      const error = Math.sqrt((moved * (1 - moved)) / n)
      return rows.map(() => ({ value: moved, n, error, low: moved - 2 * error, high: moved + 2 * error }))
    },
  }
}

/** Every pair of rings is one; they are compared at hashes that lie evenly, finer than their points. */
function rings(g: Given): Trials<number> {
  const { before, after } = changeFrom(g)
  const points = countIn(g, 'virtual_nodes_per_node')
  const looks = LOOKS * Math.max(before, after) * points
  return {
    key: `moved on a ring ${before} ${after} ${points}`,
    cost: 2 * looks,
    run(seed) {
      const [old, now] = [before, after].map((nodes) => ownersAt(ringOf(nodes, points, seed), looks))
      return sharesMoved(old!, now!).moved
    },
    summaryFor: (row) => (isShareMoved(row.quantity) ? meanOf((moved) => moved) : undefined),
  }
}
