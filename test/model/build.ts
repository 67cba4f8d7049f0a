/** Scenarios built in code, for tests: what matters is said, everything else has a plain default. */

import { MILLISECOND, SECOND } from '../../src/base/time.ts'
import type { Chosen, Params } from '../../src/policies/policy.ts'
import { CAUSES } from '../../src/policies/resilience/conditions.ts'
import type { LogSource } from '../../src/scenario/access-log/log-source.ts'
import type { CacheSettings } from '../../src/scenario/cache.ts'
import type { BalancerRetries, ClientRetries } from '../../src/scenario/resilience.ts'
import {
  type ActiveChecks,
  type ClientPopulation,
  type Fault,
  type FaultKind,
  type Health,
  type Replica,
  type Scenario,
  type Service,
  type Tier,
  UNLIMITED,
} from '../../src/scenario/scenario.ts'

export const ms = (n: number): number => n * MILLISECOND

export function chosen(policy: string, params: Params = {}): Chosen {
  return { policy, params }
}

/** Always `value` (ns where a duration is meant). */
export const always = (value: number): Chosen => chosen('constant', { value })
export const exponential = (mean: number): Chosen => chosen('exponential', { mean })
export const between = (min: number, max: number): Chosen => chosen('uniform', { min, max })
export const poisson = (rate: number): Chosen => chosen('poisson', { rate })
/** One request every `1 / rate` seconds, the first after one interval. */
export const paced = (rate: number): Chosen => chosen('constant', { rate })
export const closed = (users: number, thinkTime: Chosen): Chosen => chosen('closed', { users, thinkTime })

/** Requests at exactly the instants of `listed`. */
export const asListed: Chosen = chosen('log', { file: 'listed', speed: 1, spread: 'none' })

/** Requests at exactly these instants (ns), ascending; to be replayed by the population `users` (`asListed`). */
export function listed(...instants: readonly number[]): ReadonlyMap<string, LogSource> {
  const source: LogSource = {
    count: instants.length,
    end: instants.at(-1) ?? 0,
    read(index, into) {
      const at = instants[index]
      if (at === undefined) return false
      Object.assign(into, { at, address: 0, key: 0, size: 0 })
      return true
    },
  }
  return new Map([['users', source]])
}

/** Checks by the plain rule; one second apart, three failures and two passes count, unless said otherwise. */
export function checks(params: Params = {}, more: Partial<ActiveChecks> = {}): Health {
  const standard = { interval: SECOND, timeout: ms(300), rise: 2, fall: 3 }
  return {
    active: {
      rule: chosen('standard', { ...standard, ...params }),
      path: 'cheap',
      queued: false,
      cost: 0,
      onMarkedDown: 'keep',
      ...more,
    },
  }
}

export const roundRobin = chosen('round-robin')
export const leastConnections = chosen('least-connections')

export function clients(arrivals: Chosen, more: Partial<ClientPopulation> = {}): ClientPopulation {
  return {
    id: 'users',
    arrivals,
    keys: chosen('uniform', { count: 1 }),
    size: always(1000),
    addresses: 1,
    onTimeout: 'continue',
    latency: always(0),
    ...more,
  }
}

export interface WantedTier extends Partial<Omit<Tier, 'replicas' | 'service'>>, Partial<Service> {
  /** How many, or each with what is special about it. */
  readonly replicas?: number | readonly Partial<Replica>[]
}

/** FIFO, one slot, no limit to the queue, 10 ms of work a request. */
export function tier(wanted: WantedTier = {}): Tier {
  const {
    id = 'web',
    replicas = 1,
    strategy,
    latency,
    health,
    failures,
    structure,
    sessions,
    retries,
    rateLimits,
    connections,
    tls,
    pool,
    cache,
    ...service
  } = wanted
  const each = typeof replicas === 'number' ? Array.from({ length: replicas }, () => ({})) : replicas
  return {
    id,
    strategy: strategy ?? roundRobin,
    ...(structure ? { structure } : {}),
    replicas: each.map((replica, i) => ({ id: `${id}/${i + 1}`, weight: 1, speed: 1, ...replica })),
    service: {
      demand: always(ms(10)),
      concurrency: 1,
      queue: UNLIMITED,
      discipline: 'fifo',
      blocking: false,
      ...service,
    },
    latency: latency ?? always(0),
    ...(health ? { health } : {}),
    ...(failures ? { failures } : {}),
    ...(sessions ? { sessions } : {}),
    ...(retries ? { retries } : {}),
    ...(cache ? { cache } : {}),
    ...(rateLimits ? { rateLimits } : {}),
    ...(connections ? { connections } : {}),
    ...(tls ? { tls } : {}),
    ...(pool ? { pool } : {}),
  }
}

/** Three tries at once after each other, whatever went wrong. */
export function retrying(more: Partial<BalancerRetries> = {}): BalancerRetries {
  return {
    rule: 'standard',
    tries: 3,
    on: CAUSES,
    onTimeout: 'continue',
    nonIdempotent: false,
    redispatch: 0,
    pause: SECOND,
    ...more,
  }
}

/** The same of clients, with pauses of 100, 200, 400 … ms. */
export function clientRetrying(more: Partial<ClientRetries> = {}): ClientRetries {
  return {
    tries: 3,
    on: CAUSES,
    backOff: { jitter: 'none', base: ms(100), max: SECOND, factor: 2 },
    nonIdempotent: false,
    ...more,
  }
}

/** Something that befalls replica `replica` (from 0; -1: all) of tier `tier` at `at` ns. */
export function fault(at: number, kind: FaultKind, replica = 0, amount = 0, tier = 0): Fault {
  return { at, kind, tier, replica, amount }
}

/** Ten seconds without warm-up. */
export function scenario(wanted: Partial<Scenario>): Scenario {
  return {
    format: 'evenkeel/1',
    name: 'test',
    summary: '',
    seed: 1,
    duration: 10 * SECOND,
    warmUp: 0,
    clients: [clients(poisson(50))],
    tiers: [tier()],
    faults: [],
    variants: [],
    expect: [],
    ...wanted,
  }
}

/** A cache in front of a tier for ten objects, each for a second; what is fetched is waited for. */
export function cacheSettings(more: Partial<CacheSettings> = {}): CacheSettings {
  return {
    at: 'tier',
    rule: 'standard',
    capacity: 10,
    hasSizes: false,
    eviction: chosen('lru', { interval: 0 }),
    ttl: SECOND,
    ttlJitter: 0,
    grace: 0,
    staleIfError: 0,
    negative: 0,
    coalesce: true,
    hitForMiss: 0,
    lockTimeout: 5 * SECOND,
    minUses: 1,
    uncacheable: 0,
    variants: 1,
    ...more,
  }
}
