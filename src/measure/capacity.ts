/**
 * What each tier could serve, over time: as its replicas truly are, and as its balancers believe them to be;
 * beside it what is asked of it, what its replicas cost, and what is left of the error budget.
 *
 * All of it changes only when a truth or a belief does, so no request pays for it. The area under a figure is
 * kept as in node-areas.ts.
 *
 * Limits of realism: capacity is slots x speed / mean demand. A slot that is kept while the next tier answers,
 * a cache that answers in place of the service, handshakes and state of sessions are not in it. What is
 * offered to the first tier are requests that arrive and further tries; to the others, calls that were sent.
 */

import { BY_BALANCER, HEALTH_ABSENT, HEALTH_UP } from '../model/facts.ts'
import type { Layout } from './layout.ts'
import type { ColumnHead, SeriesColumn } from './series.ts'

/** Figures of a tier: replicas that serve, their speed; the same over all balancers that believe in them; replicas that exist. */
const ALIVE = 0
const SPEED = 1
const BELIEVED = 2
const BELIEVED_SPEED = 3
const PAID = 4
const FIGURES = 5

/** Why a balancer does not count on a replica, as bits. */
const OUT = 1
const UNHEARD = 2

/** Plain data. */
export interface Capacity {
  /** By node: work done per second of time, 0 while it cannot serve; and 1 while it exists. */
  readonly speed: Float64Array
  /** By node: slots, as a share of those that the scenario gives it. */
  readonly size: Float64Array
  readonly exists: Uint8Array
  /** By node: as it truly is, see model/facts. */
  readonly health: Uint8Array
  /** By balancer: why it does not count on each replica of its tier; undefined before it has changed its mind. */
  readonly doubts: (Uint8Array | undefined)[]
  /** By tier and figure: now; of the present step, see node-areas.ts. */
  readonly now: Float64Array
  readonly sums: Float64Array
  /** By tier: time for which its replicas have existed so far, ns. */
  readonly paid: Float64Array
  /** Further tries for the first tier in this step. */
  further: number
  /** Requests that have ended so far, and those of them without success. */
  ended: number
  bad: number
}

const TIER_COLUMNS: readonly ColumnHead[] = [
  ['offeredPerSecond', 'offered load', '1/s', 'rate'],
  ['capacityAlivePerSecond', 'capacity alive', '1/s', 'rate'],
  ['capacityBelievedPerSecond', 'capacity believed', '1/s', 'rate'],
  ['replicasAlive', 'replicas alive', 'replicas', 'gauge'],
  ['replicasBelieved', 'replicas believed', 'replicas', 'gauge'],
  ['replicasPaid', 'replicas paid for', 'replicas', 'gauge'],
  ['replicaSeconds', 'cost so far', 'replica-seconds', 'gauge'],
]

/** Columns before those of the tiers. */
const OVERALL = 1

export function capacityState({ tiers, tierOf, speeds, spare, balancers }: Layout): Capacity {
  const now = new Float64Array(tiers.length * FIGURES)
  const exists = new Uint8Array(spare.length)
  const speed = new Float64Array(spare.length)
  for (const [node, isSpare] of spare.entries()) {
    if (isSpare) continue
    const t = tierOf[node]! * FIGURES
    exists[node] = 1
    speed[node] = speeds[node]!
    now[t + PAID]!++
    now[t + ALIVE]!++
    now[t + SPEED]! += speeds[node]!
    now[t + BELIEVED]! += balancers[tierOf[node]!]!
    now[t + BELIEVED_SPEED]! += balancers[tierOf[node]!]! * speeds[node]!
  }
  return {
    speed,
    size: new Float64Array(spare.length).fill(1),
    exists,
    health: Uint8Array.from(spare, (is) => (is ? HEALTH_ABSENT : HEALTH_UP)),
    doubts: Array.from({ length: balancers.reduce((sum, n) => sum + n, 0) }, () => undefined),
    now,
    sums: new Float64Array(now.length),
    paid: new Float64Array(tiers.length),
    further: 0,
    ended: 0,
    bad: 0,
  }
}

/** A replica's true state changes. @param passed ns since the step began */
export function capacityChanges(
  all: Capacity,
  { tierOf }: Layout,
  node: number,
  passed: number,
  health: number,
  rate: number,
  errors: number,
): void {
  const t = tierOf[node]! * FIGURES
  const before = all.speed[node]!
  // One that comes up and fails everything is still starting.
  const speed = health === HEALTH_UP && (errors < 1 || before > 0) ? rate : 0
  if (speed !== before) {
    add(all, t + ALIVE, Number(speed > 0) - Number(before > 0), passed)
    add(
      all,
      t + SPEED,
      all.now[t + ALIVE] === 0 ? -all.now[t + SPEED]! : (speed - before) * all.size[node]!,
      passed,
    )
    all.speed[node] = speed
  }
  all.health[node] = health
  const exists = health === HEALTH_ABSENT ? 0 : 1
  add(all, t + PAID, exists - all.exists[node]!, passed)
  all.exists[node] = exists
}

/**
 * A balancer changes its mind about a replica, or hears that it is there or not.
 * @param isHeard true: the latter
 * @param passed ns since the step began
 */
export function beliefChanges(
  all: Capacity,
  { tierOf, firsts, speeds, spare }: Layout,
  balancer: number,
  node: number,
  passed: number,
  isHeard: boolean,
  isIn: boolean,
): void {
  const tier = tierOf[node]!
  const first = firsts[tier]!
  all.doubts[balancer] ??= Uint8Array.from(spare.slice(first, firsts[tier + 1] ?? spare.length), (is) =>
    is ? UNHEARD : 0,
  )
  const doubts = all.doubts[balancer]!
  const before = doubts[node - first]!
  const bit = isHeard ? UNHEARD : OUT
  const after = isIn ? before & ~bit : before | bit
  doubts[node - first] = after
  const by = Number(after === 0) - Number(before === 0)
  const t = tier * FIGURES
  add(all, t + BELIEVED, by, passed)
  const isLast = all.now[t + BELIEVED] === 0
  add(
    all,
    t + BELIEVED_SPEED,
    isLast ? -all.now[t + BELIEVED_SPEED]! : by * speeds[node]! * all.size[node]!,
    passed,
  )
}

/** A replica has more slots, or fewer. @param passed ns since the step began */
export function capacityResizes(
  all: Capacity,
  layout: Layout,
  node: number,
  passed: number,
  slots: number,
): void {
  const { tierOf, firsts, speeds, spare, balancers } = layout
  const tier = tierOf[node]!
  const size = slots / layout.slots[node]!
  const by = size - all.size[node]!
  all.size[node] = size
  const first = balancers.slice(0, tier).reduce((sum, n) => sum + n, 0)
  const doubts = all.doubts.slice(first, first + balancers[tier]!)
  const isTrusted = (of: Uint8Array | undefined) => (of ? of[node - firsts[tier]!] === 0 : !spare[node])
  add(all, tier * FIGURES + SPEED, by * all.speed[node]!, passed)
  add(all, tier * FIGURES + BELIEVED_SPEED, by * speeds[node]! * doubts.filter(isTrusted).length, passed)
}

/** One more try sets out. @param who see `BY_BALANCER` @param object the balancer or the population */
export function offeredAgain(all: Capacity, { balancers }: Layout, who: number, object: number): void {
  if (who !== BY_BALANCER || object < balancers[0]!) all.further++
}

function add({ now, sums }: Capacity, i: number, by: number, passed: number): void {
  if (by === 0) return
  now[i]! += by
  sums[i]! -= by * passed
}

/** Columns `errorBudgetBurnt`, and `tiers.web.capacityAlivePerSecond` and so on. */
export function capacityColumns({ tiers, steps }: Layout): SeriesColumn[] {
  const values = () => new Float64Array(steps).fill(NaN)
  return [
    { id: 'errorBudgetBurnt', title: 'Error budget burnt', unit: '', kind: 'share', values: values() },
    ...tiers.flatMap((tier) =>
      TIER_COLUMNS.map(
        ([id, title, unit, kind]): SeriesColumn => ({
          id: `tiers.${tier}.${id}`,
          title: `${tier}: ${title}`,
          unit,
          kind,
          values: values(),
        }),
      ),
    ),
  ]
}

/** What a step has counted of requests. */
interface StepOfRequests {
  readonly arrived: number
  readonly succeeded: number
  readonly failed: number
  readonly rejected: number
  readonly timedOut: number
}

/**
 * Writes step `i`, of `length` ns, into columns, of which `columns[first]` is the first that `capacityColumns`
 * made; the next step begins.
 * @param sent by node: calls sent in the step
 */
export function writeCapacity(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  all: Capacity,
  layout: Layout,
  length: number,
  requests: StepOfRequests,
  sent: ArrayLike<number>,
): void {
  const { tiers, tierOf, slots, demands, balancers, objective } = layout
  const bad = requests.failed + requests.rejected + requests.timedOut
  all.bad += bad
  all.ended += bad + requests.succeeded
  columns[first]!.values[i] = burnt(all.bad, all.ended, objective)
  let next = first + OVERALL
  let node = 0
  for (let tier = 0; tier < tiers.length; tier++) {
    const area = (figure: number) => areaOf(all, tier * FIGURES + figure, length)
    const perSpeed = (slots[node]! * 1e9) / demands[tier]!
    let calls = 0
    while (node < tierOf.length && tierOf[node] === tier) calls += sent[node++]!
    all.paid[tier]! += area(PAID)
    const row = [
      ((tier === 0 ? requests.arrived + all.further : calls) * 1e9) / length,
      (perSpeed * area(SPEED)) / length,
      (perSpeed * area(BELIEVED_SPEED)) / (balancers[tier]! * length),
      area(ALIVE) / length,
      area(BELIEVED) / (balancers[tier]! * length),
      area(PAID) / length,
      all.paid[tier]! / 1e9,
    ]
    for (const value of row) columns[next++]!.values[i] = value
  }
  all.further = 0
  all.sums.fill(0)
}

function areaOf({ now, sums }: Capacity, i: number, length: number): number {
  // What has come to nothing may leave the dust of sums.
  return Math.max(0, sums[i]! + now[i]! * length)
}

/**
 * The share of an error budget that is burnt: above 1 the objective is missed.
 * @param objective share of requests that shall succeed, below 1
 * @returns NaN when no request has ended, or the objective allows no error at all
 */
export function burnt(bad: number, ended: number, objective: number): number {
  return ended === 0 || objective >= 1 ? NaN : bad / (ended * (1 - objective))
}
