/** Random valid scenarios: everything that a scenario can say, small enough that thousands run in a minute. */

import fc, { type Arbitrary } from 'fast-check'
import { MILLISECOND, SECOND } from '../../src/base/time.ts'
import { strategies } from '../../src/policies/balancing/index.ts'
import type { Chosen } from '../../src/policies/policy.ts'
import type { Affinity } from '../../src/policies/upstream/settings.ts'
import type { Front } from '../../src/scenario/front.ts'
import {
  type ClientPopulation,
  type Fault,
  type RandomFailures,
  type Replica,
  type Scenario,
  type SessionState,
  type Structure,
  type Tier,
  UNLIMITED,
} from '../../src/scenario/scenario.ts'
import { always, between, chosen, exponential, fault, scenario, tier } from '../model/build.ts'
import { cacheOf, clientCacheOf } from './caches.ts'
import { health, warmUp } from './health.ts'
import { connections, pool, rateLimits, tls } from './limits.ts'
import { type ComesAndGoes, comesAndGoes, outsideFaults } from './outside.ts'
import { balancerRetries, habits, protection } from './resilience.ts'

/** About as many requests as a scenario's open populations bring. */
const MOST_REQUESTS = 400

/** Lengths of time that meet each other often: few distinct ones, from nothing to a tenth of the run. */
function lengths(duration: number): Arbitrary<number> {
  return fc.constantFrom(0, 1e-6, 1e-4, 1e-3, 2e-3, 0.01, 0.1).map((share) => Math.ceil(share * duration))
}

/** Constants make many events of the same instant. */
function times(duration: number): Arbitrary<Chosen> {
  const positive = lengths(duration).filter((ns) => ns > 0)
  return fc.oneof(
    { weight: 3, arbitrary: lengths(duration).map(always) },
    { weight: 2, arbitrary: positive.map(exponential) },
    positive.map((ns) => between(0, ns)),
    positive.map((mean) => chosen('erlang', { k: 3, mean })),
    positive.map((mean) => chosen('hyperexponential', { mean, cv: 4 })),
    positive.map((mean) => chosen('lognormal', { mean, cv: 2 })),
    positive.map((min) => chosen('pareto', { shape: 1.2, min, max: 20 * min })),
  )
}

function latencies(duration: number): Arbitrary<Chosen> {
  const short = times(duration / 20)
  return fc.oneof(fc.constant(always(0)), short)
}

function arrivals(duration: number): Arbitrary<Chosen> {
  const most = (MOST_REQUESTS * SECOND) / duration
  const rate = fc.constantFrom(0.05, 0.25, 1).map((share) => share * most)
  const within = fc.constantFrom(0.25, 0.5, 0.75).map((share) => Math.round(share * duration))
  return fc.oneof(
    { weight: 3, arbitrary: rate.map((perSecond) => chosen('poisson', { rate: perSecond })) },
    rate.map((perSecond) => chosen('constant', { rate: perSecond })),
    rate.map((perSecond) => chosen('renewal', { interarrival: between(0, (2 * SECOND) / perSecond) })),
    fc.tuple(rate, within).map(([perSecond, stay]) => {
      const states = [
        { rate: perSecond, stay: stay / 4 },
        { rate: perSecond / 10, stay: stay / 2 },
      ]
      return chosen('mmpp', { states, next: 'cyclic' })
    }),
    fc.tuple(rate, within).map(([perSecond, from]) => {
      const points = [
        { at: from, rate: perSecond },
        { at: from + 1000, rate: 0 },
        { at: from + 2000, rate: perSecond },
      ]
      return chosen('steps', { points, between: 'hold' })
    }),
    fc
      .tuple(rate, within)
      .map(([peak, from]) => chosen('spike', { base: peak / 20, peak, at: from, for: from / 4, rise: 0 })),
    fc
      .tuple(fc.integer({ min: 1, max: 20 }), times(duration))
      // Thinking takes its time, or a closed loop without latency would never let time pass.
      .map(([users, think]) => chosen('closed', { users, thinkTime: longerThan(duration / 50, think) })),
  )
}

function longerThan(least: number, time: Chosen): Chosen {
  const parts = [
    { weight: 1, of: always(Math.ceil(least)) },
    { weight: 1, of: between(Math.ceil(least), Math.ceil(4 * least)) },
  ]
  return time.policy === 'constant' ? always(Math.ceil(least)) : chosen('mixture', { parts })
}

const keys: Arbitrary<Chosen> = fc.constantFrom(
  chosen('uniform', { count: 1 }),
  chosen('uniform', { count: 100 }),
  chosen('zipf', { count: 1000, exponent: 0.9 }),
  chosen('hot-set', { count: 50, hot: 5, share: 0.8, drift: 20 * MILLISECOND }),
)

function population(duration: number, id: string): Arbitrary<ClientPopulation> {
  return fc
    .record({
      arrivals: arrivals(duration),
      keys,
      size: times(duration),
      addresses: fc.constantFrom(1, 7),
      skew: fc.constantFrom(undefined, undefined, 0.8),
      nat: fc.constantFrom(undefined, undefined, { gateways: 2, share: 0.5 }),
      sessions: fc.option(
        fc.record({
          requests: fc.constantFrom(always(1), always(3), chosen('geometric', { mean: 2 })),
          thinkTime: times(duration),
        }),
        { nil: undefined, freq: 2 },
      ),
      connections: fc.constantFrom(
        undefined,
        { requests: 3 },
        { lifetime: Math.ceil(duration / 5) },
        { requests: 2, lifetime: Math.ceil(duration / 20) },
      ),
      cache: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, clientCacheOf(duration)),
      timeout: fc.option(times(duration), { nil: undefined }),
      sending: fc.option(times(duration), { nil: undefined, freq: 3 }),
      onTimeout: fc.constantFrom('continue' as const, 'cancel' as const),
      latency: latencies(duration),
      habits: fc.option(habits(duration), { nil: {}, freq: 2 }),
    })
    .map(({ habits: more, ...wanted }) => ({ id, ...given(wanted), ...more }) as ClientPopulation)
}

const replica: Arbitrary<Partial<Replica>> = fc.record({
  weight: fc.constantFrom(1, 2, 5, 0.5),
  speed: fc.constantFrom(1, 1, 2, 0.3),
  priority: fc.constantFrom(0, 0, 0, 1),
  zone: fc.constantFrom('', 'a', 'b'),
  maxConnections: fc.constantFrom(0, 0, 0, 1, 3),
})

/** Strategies that can work with counts that are old. */
const COUNTING = ['least-connections', 'two-choices', 'haproxy-leastconn']

function structure(duration: number, isFirst: boolean): Arbitrary<Structure> {
  const time = fc.constantFrom(0.001, 0.02, 0.2).map((share) => Math.ceil(share * duration))
  return fc
    .record({
      balancers: fc.constantFrom(undefined, 1, 3),
      front: front(duration),
      zones: fc.constantFrom(undefined, ['a', 'b']),
      ownZoneFirst: fc.constantFrom(undefined, true),
      line: fc.option(fc.record({ length: fc.constantFrom(1, 5, 1000), timeout: time }), { nil: undefined }),
      levels: fc.constantFrom(
        undefined,
        { rule: 'spill', overprovisioning: 1.4 } as const,
        { rule: 'first-backup', overprovisioning: 1.4 } as const,
      ),
      panic: fc.constantFrom(undefined, 0.5, 1),
      cluster: fc.option(
        fc.record({
          connections: fc.constantFrom(0, 1, 3),
          pending: fc.constantFrom(0, 2, 100),
          requests: fc.constantFrom(1, 4, 100),
          isMultiplexed: fc.boolean(),
        }),
        { nil: undefined, freq: 2 },
      ),
      slowStart: fc.option(
        fc.record({
          rule: fc.constantFrom('haproxy' as const, 'envoy' as const),
          window: time,
          aggression: fc.constantFrom(1, 2),
          least: fc.constant(0.1),
        }),
        { nil: undefined },
      ),
      subset: fc.constantFrom(
        undefined,
        { rule: 'aperture', size: 2 } as const,
        { rule: 'random', size: 2 } as const,
      ),
      affinity: fc.option(affinity(duration), { nil: undefined, freq: 2 }),
      perConnection: fc.constantFrom(undefined, undefined, true),
      refresh: fc.option(
        fc.record({ every: time, of: fc.constantFrom('own' as const, 'replicas' as const) }),
        {
          nil: undefined,
        },
      ),
    })
    .map(({ balancers, front: rule, zones, line: wanted, ...rest }) => {
      const line = rest.cluster === undefined ? wanted : undefined
      const several =
        balancers === 3 ? { balancers: rule?.by === 'vrrp' ? 2 : 3, front: rule } : { balancers }
      const all = { ...(isFirst ? given({ ...several, zones }) : {}), line, ...rest }
      return given(all) as Structure
    })
}

function front(duration: number): Arbitrary<Front | undefined> {
  const part = (share: number) => Math.ceil(share * duration)
  return fc.constantFrom<Front | undefined>(
    undefined,
    { by: 'vrrp', advert: part(0.02), priorities: [255, 100] },
    { by: 'vrrp', advert: part(0.01), priorities: [90, 100] },
    { by: 'dns', keptFor: part(0.1) },
    { by: 'ecmp', detect: part(0.05) },
    { by: 'dns', keptFor: part(0.05), detect: part(0.03) },
  )
}

function affinity(duration: number): Arbitrary<Affinity> {
  return fc.record({
    by: fc.constantFrom('cookie', 'app-cookie', 'header', 'source', 'key'),
    onFailure: fc.constantFrom('rebalance', 'break'),
    afterRecovery: fc.constantFrom('stay', 'return'),
    expiry: fc.constantFrom(0, Math.ceil(duration / 10)),
    size: fc.constantFrom(0, 3),
  })
}

function sessionState(duration: number): Arbitrary<SessionState> {
  const length = Math.ceil(duration / 4)
  return fc
    .record({
      state: fc.constantFrom('replica', 'none'),
      onLoss: fc.constantFrom('error', 'login', 'rebuild'),
      rebuild: times(duration / 20),
    })
    .chain((state) =>
      fc.constantFrom<SessionState>(state, {
        ...state,
        state: 'store',
        store: { latency: always(Math.ceil(duration / 1000)), outages: [{ from: length, to: 2 * length }] },
      }),
    )
}

/** Without what is undefined. */
function given(all: object): object {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const strategy: Arbitrary<Chosen> = fc.oneof(
  fc.constantFrom('round-robin', 'random', 'least-connections').map((name) => chosen(name)),
  fc
    .record({ choices: fc.integer({ min: 1, max: 4 }), replacement: fc.boolean() })
    .map((params) => chosen('two-choices', params)),
  fc.constantFrom(...strategies.all).map(({ name, params }) => {
    const defaults = Object.entries(params).map(([param, { default: value }]) => [param, value])
    return chosen(name, Object.fromEntries(defaults))
  }),
)

function failures(duration: number): Arbitrary<RandomFailures> {
  return fc
    .record({
      upTime: fc.constantFrom(exponential(duration / 2), always(Math.ceil(duration / 3))),
      downTime: fc.constantFrom(exponential(duration / 10), always(Math.ceil(duration / 1000))),
      as: fc.constantFrom('crash' as const, 'hang' as const),
      crews: fc.constantFrom(undefined, 1),
    })
    .map(({ crews, ...rest }) => (crews === undefined ? rest : { ...rest, crews }))
}

function tierNamed(id: string, duration: number, isFirst: boolean, isLast: boolean): Arbitrary<Tier> {
  return fc
    .record({
      replicas: fc.array(replica, { minLength: 1, maxLength: 4 }),
      strategy,
      latency: latencies(duration),
      demand: times(duration),
      concurrency: fc.constantFrom(1, 1, 2, 5),
      queue: fc.constantFrom(0, 1, 3, UNLIMITED),
      discipline: fc.constantFrom('fifo', 'lifo', 'ps', 'codel', 'adaptive-lifo'),
      protection: fc.option(protection(duration), { nil: {}, freq: 2 }),
      retries: fc.option(balancerRetries(duration), { nil: undefined, freq: 2 }),
      blocking: fc.boolean(),
      patience: fc.option(times(duration), { nil: undefined }),
      rateLimits: fc.option(rateLimits(duration), { nil: undefined, freq: 2 }),
      connections: fc.option(connections(duration), { nil: undefined, freq: 2 }),
      tls: fc.option(tls(duration), { nil: undefined, freq: 2 }),
      pool: fc.option(pool(duration), { nil: undefined, freq: 2 }),
      cache: fc.option(cacheOf(duration, isLast), { nil: undefined, freq: 2 }),
      setUp: fc.option(times(duration), { nil: undefined, freq: 3 }),
      warmUp: fc.option(warmUp, { nil: undefined }),
      health: fc.option(health(duration), { nil: undefined }),
      failures: fc.option(failures(duration), { nil: undefined, freq: 3 }),
      sessions: fc.option(sessionState(duration), { nil: undefined, freq: 2 }),
      structure: fc.option(structure(duration, isFirst), { nil: undefined, freq: 2 }),
      outside: fc.option(comesAndGoes(duration), { nil: undefined, freq: 2 }),
    })
    .map(({ structure: around, protection: more, outside, ...wanted }) => {
      const { refresh, ...others } = around ?? {}
      const isOld = refresh !== undefined && COUNTING.includes(wanted.strategy.policy)
      const whole = { ...others, ...(isOld ? { refresh } : {}) }
      const made = tier({
        id,
        ...given(wanted),
        ...more,
        ...(Object.keys(whole).length > 0 ? { structure: whole } : {}),
      })
      return outside === undefined ? made : withRoom(made, outside)
    })
}

function withRoom(made: Tier, { spares, scaling, ...life }: ComesAndGoes): Tier {
  const { id, replicas } = made
  const like = replicas.at(-1)!
  const more = Array.from({ length: spares }, (_, i) => ({
    ...like,
    id: `${id}/${replicas.length + i + 1}`,
    spare: true as const,
  }))
  const max = replicas.length + spares
  return {
    ...made,
    replicas: [...replicas, ...more],
    ...life,
    ...(scaling ? { scaling: { ...scaling, max } } : {}),
  }
}

function faults(duration: number, tiers: readonly Tier[]): Arbitrary<readonly Fault[]> {
  const instant = fc.oneof(
    fc.constantFrom(0, 0.25, 0.5, 1).map((share) => Math.round(share * duration)),
    fc.integer({ min: 0, max: duration }),
  )
  const one = fc
    .record({
      at: instant,
      what: fc.constantFrom(
        ['crash', 0] as const,
        ['hang', 0] as const,
        ['slow', 5] as const,
        ['slow', 0.5] as const,
        ['errors', 0.3] as const,
        ['recover', 0] as const,
      ),
      tier: fc.nat({ max: tiers.length - 1 }),
      replica: fc.integer({ min: -1, max: 3 }),
    })
    .map(({ at, what, tier: t, replica: r }) =>
      fault(at, what[0], Math.min(r, tiers[t]!.replicas.length - 1), what[1], t),
    )
  return fc.array(one, { maxLength: 6 }).map((all) => all.sort((a, b) => a.at - b.at))
}

/** Any scenario, without a warm-up that has to be found. */
export const anyScenario: Arbitrary<Scenario> = fc
  .constantFrom(MILLISECOND, 30 * MILLISECOND, SECOND, 20 * SECOND, 3600 * SECOND)
  .chain((duration) =>
    fc.record({
      seed: fc.nat(),
      duration: fc.constant(duration),
      warmUp: fc.constantFrom(0, 0.1, 0.5).map((share) => Math.round(share * duration)),
      clients: fc
        .integer({ min: 1, max: 3 })
        .chain((n) => fc.tuple(...['a', 'b', 'c'].slice(0, n).map((id) => population(duration, id)))),
      tiers: fc
        .integer({ min: 1, max: 3 })
        .chain((n) =>
          fc.tuple(
            ...['edge', 'web', 'db']
              .slice(0, n)
              .map((id, i) => tierNamed(id, duration, i === 0, i === n - 1)),
          ),
        ),
    }),
  )
  .chain((wanted) =>
    fc
      .tuple(
        faults(wanted.duration, wanted.tiers),
        fc.option(outsideFaults(wanted.duration, wanted.tiers, wanted.clients), { nil: [] }),
      )
      .map(([befalls, more]) =>
        scenario({ ...wanted, faults: [...befalls, ...more].sort((a, b) => a.at - b.at) }),
      ),
  )
