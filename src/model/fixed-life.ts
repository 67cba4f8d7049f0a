/** Parts of a tier that never change: the life of its replicas, and what it knows of sessions. */

import type { Duration } from '../base/time.ts'
import type { Discovery } from '../scenario/membership.ts'
import type { Outage, SessionState } from '../scenario/scenario.ts'
import type { Drawn } from './cluster.ts'

/** How replicas come and go. */
export interface FixedLife {
  readonly boot: Drawn
  readonly readiness: boolean
  readonly preStop: Duration
  readonly grace: Duration
}

/** When balancers hear of that. */
export interface FixedDiscovery {
  readonly rule: Discovery['rule']
  readonly delay: Drawn
  readonly every: Duration
}

/** What a tier must know of sessions. */
export interface FixedSessions {
  readonly state: SessionState['state']
  readonly onLoss: SessionState['onLoss']
  readonly rebuild: Drawn
  /** Of the store, where there is one. */
  readonly storeLatency: Drawn | undefined
  readonly outages: readonly Outage[]
}

/** From a replica's start until it can serve. */
export interface FixedStart {
  readonly time: Drawn
  /** True: it answers meanwhile, with errors; false: nothing listens. */
  readonly errs: boolean
  /** True: cheap checks pass meanwhile. */
  readonly isEarly: boolean
}
