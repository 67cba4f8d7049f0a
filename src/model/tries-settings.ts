/** What a scenario says about trying again, as the cluster keeps it: names looked up, causes as bits. */

import { stream } from '../base/stream.ts'
import type { Params } from '../policies/policy.ts'
import type { BackOff } from '../policies/resilience/back-off.ts'
import type { Budget } from '../policies/resilience/budgets/budget.ts'
import { budgets } from '../policies/resilience/budgets/index.ts'
import { bitsOf } from '../policies/resilience/conditions.ts'
import { type Hedge, openHedge } from '../policies/resilience/hedging.ts'
import { openThrottle, type Throttle } from '../policies/resilience/throttle.ts'
import type { TryRules } from '../policies/upstream/tries.ts'
import type { ClientRetries } from '../scenario/resilience.ts'
import type { ClientPopulation, Tier } from '../scenario/scenario.ts'
import type { ClientTries } from './tries-client.ts'

/** Of the balancers of a tier; frozen. */
export interface FixedTries {
  readonly rules: TryRules
  readonly on: number
  readonly timeout: number | undefined
  readonly cancels: boolean
  readonly backOff: BackOff | undefined
  readonly budget: Budget | undefined
  readonly budgetParams: Params
  readonly pause: number
}

/** Of a population; frozen. */
export interface FixedClientTries {
  readonly retries: ClientRetries | undefined
  readonly on: number
  readonly budget: Budget | undefined
  readonly budgetParams: Params
  readonly hedge: Hedge | undefined
  readonly throttle: Throttle | undefined
}

const NO_PARAMS: Params = Object.freeze({})

export function fixedTries({ retries }: Tier): FixedTries | undefined {
  if (retries === undefined) return undefined
  const { budget } = retries
  return Object.freeze({
    rules: Object.freeze({ ...retries, overall: retries.overall ?? Infinity }),
    on: bitsOf(retries.on),
    timeout: retries.timeout,
    cancels: retries.onTimeout === 'cancel',
    backOff: retries.backOff,
    budget: budget && budgets.get(budget.policy),
    budgetParams: budget?.params ?? NO_PARAMS,
    pause: retries.pause,
  })
}

export function fixedClientTries({
  retries,
  hedge,
  throttle,
}: ClientPopulation): FixedClientTries | undefined {
  if (!retries && !hedge && !throttle) return undefined
  const budget = retries?.budget
  return Object.freeze({
    retries,
    on: bitsOf(retries?.on ?? []),
    budget: budget && budgets.get(budget.policy),
    budgetParams: budget?.params ?? NO_PARAMS,
    hedge,
    throttle,
  })
}

/** What a population remembers of its tries. */
export function clientTries(client: ClientPopulation, seed: string | number): ClientTries | undefined {
  const fixed = fixedClientTries(client)
  if (fixed === undefined) return undefined
  const { budget, budgetParams, hedge } = fixed
  return {
    backOffs: stream(seed, `back-off/${client.id}`),
    works: stream(seed, `copies/${client.id}`),
    throttles: stream(seed, `throttle/${client.id}`),
    budget: budget?.remember(budgetParams) ?? new Float64Array(0),
    hedge: hedge === undefined ? new Float64Array(0) : openHedge(hedge),
    throttle: fixed.throttle === undefined ? new Float64Array(0) : openThrottle(),
  }
}

/** Strategies that HAProxy takes for a kind of round robin: another server is tried at once. */
const ROTATING = /round-robin|static-rr|random|two-choices/

export function rotates(strategy: string): boolean {
  return ROTATING.test(strategy)
}
