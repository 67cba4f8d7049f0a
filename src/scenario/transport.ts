/** Connections to a tier's replicas, of visitors or of balancers, and the TLS that ends there, as the engine takes them. */

import type { Duration } from '../base/time.ts'
import type { Chosen } from '../policies/policy.ts'

/** All that is absent is without limit, but for `idle` (75 s), `streams` (1) and `patience` (60 s). */
export interface Connections {
  /** How long a connection without requests is kept, ns; 0: it is closed with the answer. */
  readonly idle?: Duration
  /** Requests that it carries in all. */
  readonly requests?: number
  /** Requests that it carries at once: 1 as in HTTP/1.1, more as in HTTP/2. */
  readonly streams?: number
  /** Connections that a replica has at once; further ones are turned away. */
  readonly perNode?: number
  /** How long a replica waits for the whole of a request, ns. */
  readonly patience?: Duration
}

/** Work of handshakes, ns at speed 1. One of `resumption` and `tickets` is there, or nothing resumes. */
export interface Tls {
  readonly handshake: Chosen
  readonly resumed: Chosen
  /** Share of new connections that resume a session. */
  readonly resumption?: number
  /** A visitor resumes for so long after its last handshake with this tier, ns. */
  readonly tickets?: Duration
  /** `replica`: each knows its own tickets only, and forgets its key with a crash; absent: all share a key. */
  readonly ticketKeys?: 'replica'
}

/** Connections that each balancer keeps to each replica of a tier. All that is absent is without limit, but for `idle` (60 s) and `streams` (1). */
export interface ConnectionPool {
  /** How long a connection without requests is kept, ns; 0: it is closed with the answer. */
  readonly idle?: Duration
  /** Of connections without requests, how many a balancer keeps to a replica. */
  readonly kept?: number
  /** Requests that a connection carries in all. */
  readonly requests?: number
  /** Requests that it carries at once: 1 as in HTTP/1.1, more as in HTTP/2. */
  readonly streams?: number
  /** Connections that a balancer has to a replica at once; a replica to which it has them all busy is full. */
  readonly size?: number
}
