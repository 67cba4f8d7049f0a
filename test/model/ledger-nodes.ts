/** What the ledger knows of replicas and balancers: their limits from the scenario, and what stands there. */

import { FRONT, HEALTH_UP } from '../../src/model/facts.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'

export type Place = 'on its way' | 'waiting' | 'in service' | 'below' | 'below in its slot'

/** One request at one replica. */
export interface Call {
  readonly request: number
  readonly from: number
  readonly arrives: number
  place: Place
  /** In this place since. */
  since: number
}

export interface Node {
  readonly id: string
  readonly tier: number
  readonly slots: number
  readonly room: number
  readonly isShared: boolean
  readonly isBlocking: boolean
  readonly isLast: boolean
  /** By request. */
  readonly calls: Map<number, Call>
  queued: number
  /** In a slot, those that keep theirs while the next tier works included. */
  busy: number
  /** At the next tier, without a slot here. */
  below: number
  health: number
  /** When its last set-up ends. */
  isSetUpAt: number
  /** Requests sent to it, and begun by it, in order. */
  readonly sent: number[]
  readonly starts: number[]
  /** Request and ns waited of each service that did not begin at once. */
  readonly waits: [request: number, ns: number][]
  /** Requests turned away at its door, or that waited for too long. */
  readonly rejected: number[]
  /** Request and ns of service given in vain. */
  readonly wasted: [request: number, ns: number][]
}

export function nodesOf({ tiers }: Scenario): Node[] {
  return tiers.flatMap(({ replicas, service }, tier) =>
    replicas.map(({ id }) => ({
      id,
      tier,
      slots: service.concurrency,
      room: service.queue,
      isShared: service.discipline === 'ps',
      isBlocking: service.blocking && service.discipline !== 'ps',
      isLast: tier === tiers.length - 1,
      calls: new Map(),
      queued: 0,
      busy: 0,
      below: 0,
      health: HEALTH_UP,
      isSetUpAt: 0,
      sent: [],
      starts: [],
      waits: [],
      rejected: [],
      wasted: [],
    })),
  )
}

export interface Balancer {
  /** The node that sends, or `FRONT`. */
  readonly from: number
  readonly tier: number
  /** By replica of the tier. */
  readonly ready: boolean[]
}

/** In the order of their numbers: the one in front, then one in each node of each tier but the last. */
export function balancersOf({ tiers }: Scenario): Balancer[] {
  const ready = (tier: number) => tiers[tier]!.replicas.map(() => true)
  const all: Balancer[] = [{ from: FRONT, tier: 0, ready: ready(0) }]
  let node = 0
  for (const [t, { replicas }] of tiers.slice(0, -1).entries()) {
    for (const _ of replicas) all.push({ from: node++, tier: t + 1, ready: ready(t + 1) })
  }
  return all
}
