/**
 * Spikes: more requests of a population for a while, or fewer. With more, the population's own arrivals stay as they are, to the
 * nanosecond and the draw; further ones come by copies of its process, each with a stream of its own, of
 * which the last is thinned where the factor is no whole number. With fewer, each of its own arrivals stays
 * with a chance of the factor, drawn from a stream that nothing else draws from: those that stay come at the
 * instants at which they would have come anyway, and ask for what is next in the population's own order (the
 * n-th request to be sent is the same whatever the factor), so that runs stay comparable request by request.
 */

import { stream, uniform } from '../../base/stream.ts'
import { schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import { arrivals } from '../../policies/arrivals/index.ts'
import type { Fault } from '../../scenario/fault.ts'
import { beginSession, drawInSession, drawRequest } from '../birth.ts'
import { send } from '../clients.ts'
import type { Cluster } from '../cluster.ts'
import { SPIKE_ARRIVAL } from '../event-kinds.ts'
import { HAPPENED, HAPPENINGS } from '../facts.ts'
import type { Spike } from '../outside.ts'
import { NIL } from '../tables.ts'
import { drawVisitor } from '../visitors.ts'

/** Copies in a round, at most: an arrival carries round and copy in one number. */
const COPIES = 1000

/** A spike begins or ends. */
export function spike(c: Cluster, { client = 0, amount, ends }: Fault): void {
  const one = spikeOf(c, client)
  one.factor = ends ? 1 : amount
  one.round++
  record(c.fixed.log, c.now, HAPPENED + (HAPPENINGS.indexOf('spike') << 8), -1, client, one.factor)
  const copies = Math.ceil(one.factor) - 1
  for (let copy = 0; copy < copies; copy++) {
    const { policy } = c.fixed.scenario.clients[client]!.arrivals
    one.memory[copy] = new Float64Array(Math.max(1, arrivals.get(policy).memory))
    one.arrivals[copy] ??= stream(c.fixed.scenario.seed, `spike/${copy}/${c.fixed.clients[client]!.id}`)
    planNext(c, one, client, copy)
  }
}

/** One of the further requests comes. */
export function spikeArrival(c: Cluster, client: number, number: number): void {
  const one = spikeOf(c, client)
  const copy = number % COPIES
  if (Math.floor(number / COPIES) !== one.round || c.requests.born >= c.fixed.mostRequests) return
  planNext(c, one, client, copy)
  const share = one.factor - 1 - copy
  if (share < 1 && uniform(one.thinning) >= share) return
  const fixed = c.fixed.clients[client]!
  const visitor = drawVisitor(fixed, one.addresses)
  const request =
    fixed.sessions === undefined
      ? drawRequest(c, client, one, NIL, visitor, NIL)
      : drawInSession(c, client, beginSession(c, client, visitor, NIL))
  send(c, request, client)
}

function planNext(c: Cluster, one: Spike, client: number, copy: number): void {
  const at = c.fixed.clients[client]!.next?.(c.now, one.memory[copy]!, one.arrivals[copy]!) ?? Infinity
  if (at <= c.fixed.lastBirth) schedule(c.queue, at, SPIKE_ARRIVAL, client, one.round * COPIES + copy)
}

function spikeOf(c: Cluster, client: number): Spike {
  c.outside.spikes ??= c.clients.map(() => undefined)
  const { seed, tiers } = c.fixed.scenario
  const { id } = c.fixed.clients[client]!
  const of = (purpose: string) => stream(seed, `spike-${purpose}/${id}`)
  c.outside.spikes[client] ??= {
    factor: 1,
    round: 0,
    memory: [],
    arrivals: [],
    thinning: of('thinning'),
    own: of('own'),
    addresses: of('addresses'),
    keys: of('keys'),
    sizes: of('sizes'),
    timeouts: of('timeouts'),
    doors: of('doors'),
    demand: tiers.map((tier) => of(`demand/${tier.id}`)),
  }
  return c.outside.spikes[client]!
}
