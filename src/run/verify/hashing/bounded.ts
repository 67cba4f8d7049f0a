/** Rows about consistent hashing with bounded loads. */

import { boundedLoad } from '../../../policies/balancing/bounded-load.ts'
import type { Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { Unfit } from '../unfit.ts'
import { askedFor, type Balancer, balancerOf, makeReady, place, reply, send } from './balancer.ts'
import { countIn, readTrials } from './reading.ts'
import { meanOf, mostOf, type Trials } from './trials.ts'

const UNBOUNDED = 65_535

interface Filled {
  /** The most requests in flight that any replica ever had. */
  readonly most: number
  /** Share of the keys that are not where they would be without limits. */
  readonly displaced: number
}

interface Form {
  readonly nodes: number
  readonly keys: number
  readonly points: number
  readonly factor: number
  /** Whether the limit is that of all keys from the start, and none ever leaves. */
  readonly isFixed: boolean
}

export const readBounded: Reader = (row) =>
  /bounded load/i.test(row.model) ? readTrials(row, (g) => trialsOf(formFrom(g))) : undefined

function formFrom(g: Given): Form {
  const percent = 100 * (1 + (g.number('epsilon') ?? 0))
  const factor = Math.round(percent)
  if (factor <= 100 || Math.abs(percent - factor) > 1e-9) throw new Unfit('epsilon must be whole percents')
  const rule = g.text('rule')
  if (rule !== undefined && !/walk the ring/.test(rule)) throw new Unfit(`rule "${rule}" is not known`)
  const order = g.text('keys_inserted')
  if (order !== undefined && !/one by one/.test(order)) throw new Unfit(`keys inserted "${order}"`)
  return {
    nodes: countIn(g, 'nodes'),
    keys: countIn(g, 'keys', 'keys_or_inflight_requests'),
    points: g.has('virtual_nodes_per_node') ? countIn(g, 'virtual_nodes_per_node') : 100,
    factor,
    isFixed: order !== undefined,
  }
}

function trialsOf(form: Form): Trials<Filled> {
  return {
    key: `bounded ${JSON.stringify(form)}`,
    cost: 2 * form.keys,
    run: (seed) => (form.isFixed ? fill(form, seed) : churn(form, seed)),
    summaryFor({ quantity }) {
      if (quantity === 'max_keys_on_any_node') return mostOf((trial) => trial.most)
      return quantity === 'fraction_of_keys_not_on_their_first_node' && form.isFixed
        ? meanOf((trial) => trial.displaced)
        : undefined
    },
  }
}

/**
 * As many requests are in flight from first to last as there are keys in the end, and so the limit is always
 * the same: they begin at a replica that takes no new ones, and for each that comes one of those is answered.
 */
function fill({ nodes, keys, points, factor }: Form, seed: string): Filled {
  const params = { rule: 'paper', points }
  const balancer = balancerOf(boundedLoad, nodes + 1, seed, { ...params, factor })
  const free = balancerOf(boundedLoad, nodes + 1, seed, { ...params, factor: UNBOUNDED })
  for (const each of [balancer, free]) makeReady(each, nodes, false)
  const { pool, memory } = balancer
  for (let i = 1; i < keys; i++) {
    pool.inFlight[nodes]!++
    boundedLoad.sent?.(pool, memory, nodes)
  }
  let displaced = 0
  for (let key = 0; key < keys; key++) {
    const asked = askedFor(`${seed}/${key}`)
    const first = place(free, asked)
    if (send(balancer, asked) !== first) displaced++
    if (key < keys - 1) reply(balancer, nodes)
  }
  return { most: mostIn(balancer, nodes), displaced: displaced / keys }
}

/**
 * Requests come up to the number, and then as many go as come. Half of them ask for one key.
 */
function churn({ nodes, keys, points, factor }: Form, seed: string): Filled {
  const balancer = balancerOf(boundedLoad, nodes, seed, { rule: 'paper', points, factor })
  const held = new Int32Array(keys)
  let most = 0
  for (let i = 0; i < 2 * keys; i++) {
    const at = i % keys
    if (i >= keys) reply(balancer, held[at]!)
    held[at] = send(balancer, askedFor(i % 2 === 0 ? seed : `${seed}/${i}`))
    most = Math.max(most, balancer.pool.inFlight[held[at]!]!)
  }
  return { most, displaced: NaN }
}

function mostIn<M>({ pool }: Balancer<M>, nodes: number): number {
  return pool.inFlight.subarray(0, nodes).reduce((most, count) => Math.max(most, count), 0)
}
