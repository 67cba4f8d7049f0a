/** What a tier can say of health, filled in: how replicas are checked and watched, and how they start. */

import type { Duration } from '../base/time.ts'
import type { Probe } from '../policies/health/kubelet.ts'
import type { Chosen } from '../policies/policy.ts'

/** How it is found out which replicas can be used, and how they start. */
export interface Health {
  readonly active?: ActiveChecks
  /** Kubernetes' probes, by which the pod itself says whether it is ready; in place of `active`. */
  readonly probes?: PodProbes
  /** How each balancer judges by the requests that it has sent. */
  readonly passive?: Chosen
  readonly outliers?: Chosen
  readonly circuitBreaker?: Chosen
  readonly agent?: AgentChecks
  readonly startUp?: StartUp
}

/** What a check asks for: a page that is always there, or the way of a request. */
export type CheckPath = 'cheap' | 'deep'

/** Checks that each balancer sends to each replica. */
export interface ActiveChecks {
  /** A rule of policies/health/active with its parameters. */
  readonly rule: Chosen
  readonly path: CheckPath
  /** True: a check waits and is served like a request. */
  readonly queued: boolean
  /** Its work at the replica, ns at speed 1. */
  readonly cost: Duration
  /** What happens to requests at a replica that is marked down. */
  readonly onMarkedDown: 'keep' | 'shutdown-sessions'
}

export interface PodProbe extends Probe {
  readonly path: CheckPath
}

export interface PodProbes {
  readonly startup?: PodProbe
  readonly readiness?: PodProbe
  readonly liveness?: PodProbe
  /** How long a container that does not stop by itself is given, ns. */
  readonly grace: Duration
}

/** A program on each replica that tells each balancer what to make of it. */
export interface AgentChecks {
  readonly interval: Duration
  /** The least weight it asks for, as a share of what is configured. */
  readonly least: number
}

/** What a replica does between its start and being able to serve. */
export interface StartUp {
  /** How long that takes, ns. */
  readonly time: Chosen
  readonly meanwhile: 'refuses' | 'errors'
  /** `early`: it passes cheap checks before it can serve. */
  readonly readiness: 'honest' | 'early'
}
