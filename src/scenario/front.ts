/** Which of several balancers in front a request goes to; absent: each request to any of them (as by ECMP). */

import type { Duration } from '../base/time.ts'

export type Front = ActivePassive | BehindDns | BehindEcmp

/** One address that only the master serves, by VRRP (RFC 5798). */
export interface ActivePassive {
  readonly by: 'vrrp'
  /** From one advertisement of the master to the next, ns. */
  readonly advert: Duration
  /** By balancer: 1 to 255, no two alike; 255 takes the address at once when it is back. */
  readonly priorities: readonly number[]
}

/** Each visitor keeps the address that DNS last gave it. */
export interface BehindDns {
  readonly by: 'dns'
  /** How long, ns. */
  readonly keptFor: Duration
  /** Until DNS knows that a balancer is dead, or is back, ns; absent: it never looks. */
  readonly detect?: Duration
}

/** Routers spread requests, or connections that are kept, over all balancers that they know to live (RFC 2992). */
export interface BehindEcmp {
  readonly by: 'ecmp'
  /** Until they know that a balancer is dead (BGP's hold time, or BFD), or is back, ns. */
  readonly detect: Duration
}
