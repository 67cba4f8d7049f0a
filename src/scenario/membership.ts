/** Replicas that come and go, as the engine takes them: how they start and stop, and who hears of it when. */

import type { Duration, Instant } from '../base/time.ts'
import type { Chosen } from '../policies/policy.ts'

/** How a replica starts and stops. */
export interface Lifecycle {
  /** From the decision until its process runs, ns. */
  readonly boot: Chosen
  /** True: balancers are told of it when it can serve; false: as soon as its process runs. */
  readonly readiness: boolean
  /** Between the decision to stop it and the signal to do so it goes on as before, ns. */
  readonly preStop: Duration
  /** From the decision to stop it until it is killed, whatever it has, ns. */
  readonly grace: Duration
}

/**
 * When a balancer hears that a replica has come or will go.
 * - `instant`: at once
 * - `endpoints`: after a delay of its own (Kubernetes EndpointSlices)
 * - `polling`: when it asks next, every `every`
 * - `dns`: the same, with the record's time to live, which some keep for longer
 */
export interface Discovery {
  readonly rule: 'instant' | 'endpoints' | 'polling' | 'dns'
  /** Until the registry, the record or the balancer knows, ns. */
  readonly delay: Chosen
  /** Of `polling` and `dns`, ns. */
  readonly every: Duration
}

/** How the number of replicas of a tier is decided: by Kubernetes' autoscaler, where `rule` is absent. */
export interface Scaling {
  /** `simple`: so many more or fewer beyond thresholds, then a pause; `scheduled`: by the clock alone. */
  readonly rule?: 'simple' | 'scheduled'
  /** Of rule simple. */
  readonly simple?: SimpleScaling
  /** From the instant of an entry on there are no fewer replicas than it says; with rule scheduled, as many. */
  readonly schedule?: Schedule
  readonly min: number
  readonly max: number
  /** Share of the slots that shall be busy. */
  readonly target: number
  readonly sync: Duration
  readonly tolerance: number
  /** Scaling down: the highest wish of so long a time counts, ns; scaling up: the lowest. */
  readonly stabiliseDown: Duration
  readonly stabiliseUp: Duration
  /** A replica younger than this and not ready counts as unready, ns. */
  readonly readinessDelay: Duration
}

/** Simple scaling policies: one for more, one for less. */
export interface SimpleScaling {
  /** Shares of the slots that are busy. */
  readonly above: number
  readonly below: number
  /** Replicas. */
  readonly add: number
  readonly remove: number
  /** After a change is complete, nothing is changed for so long, ns. */
  readonly cooldown: Duration
}

export interface Schedule {
  /** Sorted by instant. */
  readonly entries: readonly { readonly at: Instant; readonly replicas: number }[]
  /** It begins anew after so long, ns; absent: never. */
  readonly every?: Duration
}

export interface Version {
  /** Share of the speed of the present replicas. */
  readonly speed: number
  /** Share of requests that fail. */
  readonly errors: number
}

export interface CanaryStep {
  /** Replicas of the new version. */
  readonly replicas: number
  readonly for: Duration
}

/** So many replicas, or a share of those wanted, 0 to 1. */
export type Amount = number | { readonly share: number }

/** One deploy. */
export interface Rollout {
  readonly strategy: 'recreate' | 'rolling' | 'blue-green' | 'canary'
  readonly surge: Amount
  readonly unavailable: Amount
  readonly version: Version
  readonly steps: readonly CanaryStep[]
  /** Of a canary: more than this share of failed answers at the new replicas ends it; 1: never. */
  readonly rollbackAbove: number
}

/**
 * How many replicas more, and how many fewer, there may be while a deploy goes on: of shares, what is more is
 * rounded up and what is fewer down; where both come to nothing, one may be unavailable.
 *
 * Source: Kubernetes 1.30, deployment_util.go (ResolveFenceposts).
 */
export function leeway(
  { surge: more, unavailable: fewer }: Pick<Rollout, 'surge' | 'unavailable'>,
  wanted: number,
) {
  const surge = Math.ceil(replicasIn(more, wanted))
  const unavailable = Math.floor(replicasIn(fewer, wanted))
  return { surge, unavailable: surge + unavailable === 0 ? 1 : unavailable }
}

/** Without the rounding of the product: 7% of 100 are 7. */
function replicasIn(amount: Amount, wanted: number): number {
  return typeof amount === 'number' ? amount : Math.round(amount.share * wanted * 1e9) / 1e9
}
