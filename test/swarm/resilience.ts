/** Random ways of trying again, and of protecting a replica from its load. */

import fc, { type Arbitrary } from 'fast-check'
import type { Chosen, Policy } from '../../src/policies/policy.ts'
import { type BackOff, jitters } from '../../src/policies/resilience/back-off.ts'
import { budgets } from '../../src/policies/resilience/budgets/index.ts'
import { CAUSES } from '../../src/policies/resilience/conditions.ts'
import type { Hedge } from '../../src/policies/resilience/hedging.ts'
import { adaptiveLimits } from '../../src/policies/resilience/limits/index.ts'
import type { BalancerRetries, Protection } from '../../src/scenario/resilience.ts'
import type { ClientPopulation } from '../../src/scenario/scenario.ts'
import { chosen } from '../model/build.ts'

/** Each with its defaults. */
function standardOf(policies: readonly Policy[]): Arbitrary<Chosen> {
  return fc.constantFrom(...policies).map(({ name, params }) => {
    const defaults = Object.entries(params).map(([param, { default: value }]) => [param, value])
    return chosen(name, Object.fromEntries(defaults))
  })
}

const maybe = <T>(of: Arbitrary<T>) => fc.option(of, { nil: undefined })

function lengths(duration: number): Arbitrary<number> {
  return fc.constantFrom(0.0005, 0.005, 0.05).map((share) => Math.ceil(share * duration))
}

function backOff(duration: number): Arbitrary<BackOff> {
  return fc.record({
    jitter: fc.constantFrom(...jitters.names),
    base: fc.oneof(fc.constant(0), lengths(duration)),
    max: lengths(duration),
    factor: fc.constantFrom(1, 2),
  })
}

const causes = fc.oneof(fc.constant(CAUSES), fc.constantFrom(['refused', 'timeout'] as const))

/** Few tries: three tiers that all retry multiply them. */
const few = fc.integer({ min: 1, max: 3 })

export function balancerRetries(duration: number): Arbitrary<BalancerRetries> {
  return fc
    .record({
      rule: fc.constantFrom('standard' as const, 'nginx' as const, 'haproxy' as const),
      tries: few,
      on: causes,
      overall: maybe(lengths(duration)),
      timeout: maybe(lengths(duration)),
      onTimeout: fc.constantFrom('continue' as const, 'cancel' as const),
      backOff: maybe(backOff(duration)),
      budget: maybe(standardOf(budgets.all)),
      nonIdempotent: fc.boolean(),
      redispatch: fc.constantFrom(0, 1, -1),
      pause: lengths(duration),
    })
    .map((all) => present(all) as BalancerRetries)
}

type Habits = Pick<ClientPopulation, 'retries' | 'hedge' | 'throttle' | 'writes' | 'priority'>

export function habits(duration: number): Arbitrary<Habits> {
  const retries = fc
    .record({
      tries: few,
      on: causes,
      timeout: maybe(lengths(duration)),
      backOff: backOff(duration),
      budget: maybe(standardOf(budgets.all)),
      nonIdempotent: fc.boolean(),
    })
    .map(present)
  const hedge = fc
    .record({
      delay: maybe(fc.oneof(fc.constant(0), lengths(duration))),
      quantile: fc.constantFrom(0.5, 0.95),
      copies: fc.constantFrom(1, 2),
      needed: fc.constantFrom(undefined, undefined, 2),
      cancels: fc.boolean(),
      fresh: fc.boolean(),
    })
    .map((all) => present(all) as Hedge)
  const throttle = fc.record({ k: fc.constantFrom(1.1, 2), window: lengths(duration) })
  return fc
    .record({
      retries: maybe(retries),
      hedge: maybe(hedge),
      throttle: maybe(throttle),
      writes: fc.constantFrom(undefined, 0.3),
      priority: fc.constantFrom(undefined, 1),
    })
    .map((all) => present(all) as Habits)
}

export function protection(duration: number): Arbitrary<Protection> {
  const shed = fc.constantFrom(
    chosen('queue-length', { most: 2, reserve: 0.5 }),
    chosen('deadline', { weight: 0.05 }),
  )
  return fc
    .record({
      shed: maybe(shed),
      limit: maybe(standardOf(adaptiveLimits.all)),
      dropsLate: fc.constantFrom(undefined, true),
      codel: fc.constant({ target: Math.ceil(duration / 1000), interval: Math.ceil(duration / 100) }),
      lifoAfter: lengths(duration),
    })
    .map((all) => present(all) as Protection)
}

/** Without what is undefined. */
function present<T extends object>(all: T): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T
}
