/**
 * Whether a scenario is exactly a queue that theory knows, and what theory says of its latency. Where anything
 * is in it that the formula does not have (a fault, a timeout, a second tier, …) there is no curve.
 */

import { meanOfMg1, meanOfMg1Ps, meanOfMmc, tailOfMmc } from '../../../measure/theory/queues.ts'
import { meanOf, varianceOf } from '../../../policies/distributions/index.ts'
import type { Chosen } from '../../../policies/policy.ts'
import { type ClientPopulation, type Scenario, type Tier, UNLIMITED } from '../../../scenario/scenario.ts'

export interface KnownQueue {
  /** `M/M/2` in Kendall's notation. */
  readonly name: string
  /** Says what is drawn and when it holds. */
  readonly about: string
  /** Mean latency, ms; Infinity where the queue grows without end. */
  readonly mean: number
  /** The probability of a latency above so many ms; absent: theory knows the mean only. */
  readonly tail?: (ms: number) => number
}

const MS = 1e6
const CLIENT_PARTS =
  'id arrivals keys size addresses skew nat onTimeout latency writes priority cost role'.split(' ')
const TIER_PARTS = 'id profile strategy replicas service latency health'.split(' ')
const SERVICE_PARTS = 'demand concurrency queue discipline blocking'.split(' ')

export function knownQueue({ clients, tiers, faults }: Scenario): KnownQueue | undefined {
  const [client] = clients
  const [tier] = tiers
  if (!client || !tier || clients.length > 1 || tiers.length > 1 || faults.length > 0) return undefined
  const way = constantOf(client.latency, tier.latency)
  const isPlain =
    client.arrivals.policy === 'poisson' &&
    (client.cost ?? 1) === 1 &&
    hasOnly(client, CLIENT_PARTS) &&
    hasOnly(tier, TIER_PARTS) &&
    hasOnly(tier.service, SERVICE_PARTS) &&
    tier.service.queue === UNLIMITED
  const split = splitOf(tier)
  if (!isPlain || way === undefined || split === undefined) return undefined
  return queueOf(client, tier, split, (2 * way) / MS)
}

/** @param replicas among which arrivals are split at random @param way there and back, ms */
function queueOf(
  client: ClientPopulation,
  tier: Tier,
  replicas: number,
  way: number,
): KnownQueue | undefined {
  const { demand, concurrency: slots, discipline } = tier.service
  const speed = tier.replicas[0]!.speed
  const mean = meanOf(demand) / speed / MS
  const variance = varianceOf(demand) / (speed * speed) / (MS * MS)
  const rate = Number(client.arrivals.params.rate) / replicas / 1000
  const split =
    replicas > 1
      ? ` Each of ${replicas} replicas gets a random share of Poisson arrivals, which is Poisson again.`
      : ''
  const onWay = way > 0 ? ` The way there and back (${Number(way.toPrecision(3))} ms) is added.` : ''
  if (discipline === 'fifo' && demand.policy === 'exponential') {
    const name = `M/M/${slots}`
    return {
      name,
      about: `${name}, exact in the long run: Poisson arrivals, exponential service, ${slots === 1 ? 'one slot' : `${slots} slots`}, first come, first served.${split}${onWay}`,
      mean: meanOfMmc(rate, 1 / mean, slots) + way,
      tail: (ms) => tailOfMmc(rate, 1 / mean, slots, ms - way),
    }
  }
  if (slots !== 1 || !Number.isFinite(variance)) return undefined
  if (discipline === 'ps') {
    return {
      name: 'M/G/1 PS',
      about: `M/G/1 under processor sharing, exact mean in the long run: mean work ÷ (1 − load), whatever its distribution.${split}${onWay}`,
      mean: meanOfMg1Ps(rate, mean) + way,
    }
  }
  if (discipline !== 'fifo') return undefined
  return {
    name: 'M/G/1',
    about: `M/G/1, first come, first served, exact mean in the long run (Pollaczek and Khinchine).${split}${onWay}`,
    mean: meanOfMg1(rate, mean, variance) + way,
  }
}

/** Among how many equal replicas arrivals are split at random; undefined where they are not. */
function splitOf({ replicas, strategy }: Tier): number | undefined {
  const [first] = replicas
  const isEqual = replicas.every(
    ({ speed, weight, spare, priority = 0, maxConnections }) =>
      speed === first!.speed && weight === first!.weight && !spare && priority === 0 && !maxConnections,
  )
  if (!isEqual) return undefined
  return replicas.length === 1 || strategy.policy === 'random' ? replicas.length : undefined
}

/** The sum of latencies that never vary, ns; undefined where one does. */
function constantOf(...latencies: readonly Chosen[]): number | undefined {
  if (latencies.some((one) => varianceOf(one) !== 0)) return undefined
  return latencies.reduce((sum, one) => sum + meanOf(one), 0)
}

function hasOnly(part: object, names: readonly string[]): boolean {
  return Object.entries(part).every(([name, value]) => value === undefined || names.includes(name))
}
