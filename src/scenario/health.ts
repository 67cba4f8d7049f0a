/** What a tier can say of health, filled in: how replicas are checked and watched, and how they start. */

import type { Duration, Instant } from '../base/time.ts'
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
  /** True: it asks for no weight by itself; absent: for the share of its slots that is idle. */
  readonly asksNoWeight?: true
  /** It says drain while a larger share of its slots is busy, else ready; absent: neither. */
  readonly drainAbove?: number
  /** It says down while more requests wait at its replica, else up; absent: neither. */
  readonly downAbove?: number
  /** True: it says drain while its replica goes on before it stops. */
  readonly drainsOnStop?: true
  /** Sorted by instant. */
  readonly says?: readonly AgentEntry[]
}

/** What an agent is told to say, in place of its own words. */
export interface AgentEntry {
  readonly at: Instant
  /** Absent: until the next entry for its replica. */
  readonly until?: Instant
  /** Place in the tier, from 0; -1: all. */
  readonly replica: number
  /** HAProxy's words. */
  readonly words: string
}

/** What a replica does between its start and being able to serve. */
export interface StartUp {
  /** How long that takes, ns. */
  readonly time: Chosen
  readonly meanwhile: 'refuses' | 'errors'
  /** `early`: it passes cheap checks before it can serve. */
  readonly readiness: 'honest' | 'early'
}
