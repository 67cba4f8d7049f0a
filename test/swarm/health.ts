/** Random ways to find out which replicas can be used, and to start them. */

import fc, { type Arbitrary } from 'fast-check'
import { MILLISECOND, SECOND } from '../../src/base/time.ts'
import { checkRules } from '../../src/policies/health/active/index.ts'
import { passiveRules, watches } from '../../src/policies/health/passive/index.ts'
import type { Chosen, ParamSpec, Params } from '../../src/policies/policy.ts'
import type { ActiveChecks, AgentChecks, Health, PodProbe, StartUp } from '../../src/scenario/scenario.ts'
import { always, chosen } from '../model/build.ts'

function defaults(params: ParamSpec): Params {
  return Object.fromEntries(Object.entries(params).map(([name, { default: value }]) => [name, value]))
}

function some(duration: number, ...shares: number[]): Arbitrary<number> {
  return fc.constantFrom(...shares).map((share) => Math.ceil(share * duration))
}

/** A rule with times that fit the run, whatever they are called. */
function rule(duration: number): Arbitrary<Chosen> {
  const few = fc.integer({ min: 1, max: 3 })
  return fc
    .record({
      name: fc.constantFrom(...checkRules.names),
      interval: some(duration, 0.01, 0.05, 0.3),
      timeout: some(duration, 0.002, 0.009, 0.04),
      up: few,
      down: few,
    })
    .map(({ name, interval, timeout, up, down }) => {
      const common = { ...defaults(checkRules.get(name).params), interval, timeout }
      const counts = { rise: up, fall: down, healthyThreshold: up, unhealthyThreshold: down }
      const window = { window: up + down, threshold: up, noTrafficInterval: interval }
      return chosen(name, { ...common, ...counts, ...window })
    })
}

function active(duration: number): Arbitrary<ActiveChecks> {
  return fc.record({
    rule: rule(duration),
    path: fc.constantFrom('cheap' as const, 'deep' as const),
    queued: fc.boolean(),
    cost: some(duration, 0, 1e-4, 0.01),
    onMarkedDown: fc.constantFrom('keep' as const, 'shutdown-sessions' as const),
  })
}

function probe(duration: number): Arbitrary<PodProbe> {
  return fc.record({
    initialDelay: some(duration, 0, 0.02),
    period: some(duration, 0.01, 0.05),
    timeout: some(duration, 0.005, 0.02),
    success: fc.integer({ min: 1, max: 3 }),
    failure: fc.integer({ min: 1, max: 3 }),
    path: fc.constantFrom('cheap' as const, 'deep' as const),
  })
}

const startUp = (duration: number): Arbitrary<StartUp> =>
  fc.record({
    time: some(duration, 0, 0.02, 0.1).map(always),
    meanwhile: fc.constantFrom('refuses' as const, 'errors' as const),
    readiness: fc.constantFrom('honest' as const, 'early' as const),
  })

const passive: Arbitrary<Chosen> = fc.constantFrom(...passiveRules.all).map(({ name, params }) => {
  return chosen(name, { ...defaults(params), errorLimit: 2 })
})

function sooner(name: string, duration: number): Arbitrary<Chosen> {
  const times = Math.ceil(duration / 20)
  const given = { interval: times, baseEjectionTime: times, maxEjectionTime: 3 * times, openFor: times }
  const few = {
    consecutive5xx: 2,
    consecutiveGatewayFailure: 1,
    failures: 2,
    requestVolume: 3,
    minimumHosts: 2,
  }
  return fc.constantFrom(0.5, 1).map((maxPercent) => {
    return chosen(name, { ...defaults(watches.get(name).params), ...given, ...few, maxPercent })
  })
}

function agent(duration: number): Arbitrary<AgentChecks> {
  return fc
    .record({
      interval: some(duration, 0.02),
      least: fc.constant(0.1),
      asksNoWeight: fc.constantFrom(undefined, true as const),
      drainAbove: fc.constantFrom(undefined, 0.5),
      downAbove: fc.constantFrom(undefined, 1),
      drainsOnStop: fc.constantFrom(undefined, true as const),
      says: fc.constantFrom(undefined, [
        { at: Math.ceil(0.2 * duration), until: Math.ceil(0.4 * duration), replica: -1, words: 'maint' },
        { at: Math.ceil(0.3 * duration), replica: 0, words: 'down 0%' },
        { at: Math.ceil(0.7 * duration), replica: 0, words: 'up ready 50%' },
      ]),
    })
    .map(
      (all) =>
        Object.fromEntries(
          Object.entries(all).filter(([, value]) => value !== undefined),
        ) as unknown as AgentChecks,
    )
}

/** Anything that `health` of a tier can say. */
export function health(duration: number): Arbitrary<Health> {
  const isLong = duration >= SECOND
  return fc
    .record({
      active: fc.option(active(duration), { nil: undefined, freq: 3 }),
      probes: fc.record({
        readiness: probe(duration),
        liveness: probe(duration),
        grace: some(duration, 0, 0.01),
      }),
      isProbed: fc.constantFrom(isLong, false, false),
      passive: fc.option(passive, { nil: undefined }),
      outliers: fc.option(sooner('outliers', duration), { nil: undefined }),
      circuitBreaker: fc.option(sooner('circuit-breaker', duration), { nil: undefined }),
      agent: fc.option(agent(duration), { nil: undefined }),
      startUp: fc.option(startUp(duration), { nil: undefined }),
    })
    .map(({ probes, isProbed, passive: rule, ...rest }) => {
      const isRight =
        rule?.policy !== 'haproxy-observe' || (rest.active?.rule.policy === 'haproxy' && !isProbed)
      const said = Object.entries({ ...rest, passive: isRight ? rule : undefined }).filter(([, v]) => v)
      const { active: checks, ...others } = Object.fromEntries(said) as Health
      if (isProbed) return { ...others, probes }
      return checks ? { ...others, active: checks } : others
    })
}

/** Warm-ups for the services of such tiers. */
export const warmUp = fc.constantFrom(
  { for: MILLISECOND, slowdown: 3 },
  { for: 100 * MILLISECOND, slowdown: 10 },
)
