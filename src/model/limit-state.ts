/** The rate limits of a tier as the cluster keeps them, and what they remember. */

import type { Stream } from '../base/stream.ts'
import { stream } from '../base/stream.ts'
import { limiters } from '../policies/limits/index.ts'
import type { Limiter } from '../policies/limits/limit.ts'
import { type Zone, zone } from '../policies/limits/zone.ts'
import type { Params } from '../policies/policy.ts'
import type { LimitKey, RateLimit } from '../scenario/rate-limit.ts'
import type { Outage, Scenario, Tier } from '../scenario/scenario.ts'
import type { Drawn, FixedTier } from './cluster.ts'
import { drawn } from './drawn.ts'
import { countersOf, type FixedClasses, fixedClasses } from './limit-classes.ts'
import { addressBound } from './visitors.ts'

/** Of a tier; frozen. */
export interface FixedLimit {
  readonly limiter: Limiter
  /** By counter, the common one first: its parameters; undefined: it lets nothing pass. */
  readonly counters: readonly (Params | undefined)[]
  /** How many counters the limits before it have. */
  readonly firstCounter: number
  /** undefined: all requests are alike. */
  readonly classes: FixedClasses | undefined
  /** True: what it counts may have to be taken back. */
  readonly isForNow: boolean
  readonly key: LimitKey
  /** As many keys are remembered at each place; undefined: as many as there are. */
  readonly most: number | undefined
  /** Keys are whole numbers below this; 0: they may be any. */
  readonly bound: number
  /** By population: 1 when it is judged. */
  readonly judges: Uint8Array
  /** True: rejections say when to come again. */
  readonly tellsWhen: boolean
  readonly isShared: boolean
  /** True: one counter here, which says at once what becomes of a request, and nothing is ever taken back. */
  readonly isSimple: boolean
  /** Undefined: at the node itself, or a store that answers at once and always. */
  readonly store: FixedStore | undefined
}

export interface FixedStore {
  readonly latency: Drawn
  readonly outages: readonly Outage[]
  /** While it is out everything passes; else nothing does. */
  readonly failsOpen: boolean
}

/** What a tier's limits remember. */
export interface LimitState {
  /** Counter i at the tier's node j: i * nodes + j; a shared one has the first place only. */
  readonly zones: Zone[]
  /** By node of the tier: how often it had crashed when its zones were opened. */
  readonly crashes: Int32Array
  readonly storeLatency: Stream
  /** By call: two bits for each limit that counts it while it goes on: in common, in its class. */
  counted: Int32Array
}

/** Undefined when a tier lets everything in. */
export function fixedLimits(
  { rateLimits, replicas }: Tier,
  { clients }: Scenario,
): readonly FixedLimit[] | undefined {
  let counters = 0
  let classes = 0
  return rateLimits?.map((limit): FixedLimit => {
    const { rule, key, keys, status, scope, store, only } = limit
    const limiter = limiters.get(rule.policy)
    const told = fixedClasses(limit, clients, classes)
    const alike = rateLimits.filter((one) => limiters.get(one.rule.policy).countsTogether)
    const firstCounter = counters
    const ofLimit = countersOf(limit, limiter)
    counters += ofLimit.length
    classes += ofLimit.length - 1
    const judges = Uint8Array.from(clients, ({ id }) => (only === undefined || only.includes(id) ? 1 : 0))
    const isForNow = told?.passes === 'both' || (limiter.countsTogether === true && alike.length > 1)
    return Object.freeze({
      limiter,
      counters: ofLimit,
      firstCounter,
      classes: told,
      isForNow,
      isSimple: !(told || isForNow || store || limiter.ended || rateLimits.length > 1),
      key,
      most: keysThereAre(limit, clients) <= keys ? undefined : keys,
      bound: key === 'address' ? addressBound(clients, replicas.length * widthOf(limiter, ofLimit)) : 0,
      judges,
      tellsWhen: status === 429,
      isShared: scope === 'shared',
      store: store && {
        latency: drawn(store.latency),
        outages: store.outages,
        failsOpen: store.onOutage === 'open',
      },
    })
  })
}

/** Doubles that all counters of a limit together have for a key. */
function widthOf(limiter: Limiter, counters: readonly (Params | undefined)[]): number {
  return counters.reduce((sum, params) => sum + (params === undefined ? 0 : limiter.width(params)), 0)
}

/** At most so many different keys can come. */
function keysThereAre({ key }: RateLimit, clients: Scenario['clients']): number {
  if (key === 'global') return 1
  if (key !== 'address' && key !== 'visitor') return Infinity
  return clients.reduce((sum, { addresses, nat }) => sum + addresses + (nat?.gateways ?? 0), 0)
}

/** Nothing has been judged yet. */
export function limitState({ id, limits, count }: FixedTier, seed: Scenario['seed']): LimitState | undefined {
  if (limits === undefined) return undefined
  return {
    zones: limits.flatMap(({ limiter, counters, most, bound, isShared }) =>
      counters.flatMap((params) =>
        Array.from({ length: count }, (_, i) =>
          zone(
            limiter,
            params ?? counters.find((one) => one !== undefined)!,
            isShared && i > 0 ? 1 : most,
            isShared && i > 0 ? 0 : bound,
          ),
        ),
      ),
    ),
    crashes: new Int32Array(count),
    storeLatency: stream(seed, `limits/${id}`),
    counted: new Int32Array(0),
  }
}

/** The place of a counter's zone. @param counter 0: the common one; by class, from 1 on */
export function placeOf(
  { count, first }: FixedTier,
  limit: FixedLimit,
  counter: number,
  node: number,
): number {
  return (limit.firstCounter + counter) * count + (limit.isShared ? 0 : node - first)
}
