/**
 * Rows about components of which all are needed, or one. Each goes down and comes back by a script in which
 * every combination of them lasts for exactly its share of the time: a component is down for whole rounds of
 * the component before it. So the time in which the whole is up is compared to the last digit.
 */

import { LONGEST, SECOND } from '../../../base/time.ts'
import type { Fault, Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { computed, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { planned } from '../planned.ts'
import { Unfit } from '../unfit.ts'
import { outages } from './outages.ts'

/** A round of the first component; and the most steps that a script may have. */
const ROUND = SECOND
const MOST_STEPS = 1_000_000

export const readComposed: Reader = (row) => {
  const kind = /^components in (series|parallel)$/.exec(row.model)?.[1]
  return kind === undefined ? undefined : planned(row, (g) => experiment(g, kind === 'series'))
}

function experiment(g: Given, isSeries: boolean): Experiment {
  const list = g.raw('availabilities')
  if (!Array.isArray(list) || list.length === 0 || !list.every(isShare)) {
    throw new Unfit('"availabilities" must be a list of shares')
  }
  const shares = list as readonly number[]
  const { faults, duration } = script(shares)
  return computed(`composed ${isSeries} ${JSON.stringify(shares)}`, ({ quantity }) => {
    if (quantity !== 'availability') return undefined
    const needed = isSeries ? shares.length : 1
    const seen = outages(shares.length, needed, { start: 0, length: duration, batches: 1 })
    simulate(scenario(shares.length, isSeries, faults, duration), { probes: [seen] })
    return seen.availability(0, 1)
  })
}

/** In series each is a tier of its own; parallel ones are the replicas of one tier. */
function scenario(count: number, isSeries: boolean, faults: readonly Fault[], duration: number): Scenario {
  const clients = clientsOf(choose('constant', { rate: SECOND / duration }))
  const service = serviceOf(choose('constant', { value: 1 }))
  const tiers = isSeries
    ? Array.from({ length: count }, (_, i) => tierOf(`component-${i + 1}`, service))
    : [tierOf('components', service, { replicas: replicasOf('components', count) })]
  const placed = faults.map((fault) => (isSeries ? { ...fault, tier: fault.replica, replica: 0 } : fault))
  return { ...scenarioOf(clients, tiers), duration, faults: placed }
}

/** Component i is down for `down` rounds of the component before it out of every `of`. */
function script(shares: readonly number[]): { readonly faults: readonly Fault[]; readonly duration: number } {
  const order = shares.map((share, replica) => ({ replica, share, ...partsOf(share) }))
  // The finest comes first, as it need not be made of whole rounds of anything.
  order.sort((a, b) => b.of - a.of)
  const rounds: number[] = []
  let duration = ROUND
  for (const [i, { of }] of order.entries()) {
    if (i > 0) duration *= of
    rounds.push(duration)
  }
  if (!(duration < LONGEST)) throw new Unfit('a script of all combinations takes longer than 104 days')
  const faults = order.flatMap(({ replica, share, down }, i) => {
    const round = rounds[i]!
    const lasts = i === 0 ? Math.round((1 - share) * round) : down * rounds[i - 1]!
    if (lasts === 0) return []
    const times = duration / round
    if (times > MOST_STEPS) throw new Unfit('a script of all combinations has too many steps')
    return Array.from({ length: times }, (_, n) => {
      const what = { tier: 0, replica, amount: 0 }
      const begins = { ...what, at: n * round, kind: 'crash' } as const
      return [begins, { ...what, at: n * round + lasts, kind: 'recover' } as const]
    }).flat()
  })
  return { faults: faults.sort((a, b) => a.at - b.at), duration }
}

/** Its time down as a fraction: the least numbers. */
function partsOf(share: number): { readonly down: number; readonly of: number } {
  for (let of = 1; of <= MOST_STEPS; of++) {
    const down = Math.round((1 - share) * of)
    if (Math.abs((1 - share) * of - down) < 1e-9) return { down, of }
  }
  throw new Unfit(`availability ${share} is no simple fraction`)
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}
