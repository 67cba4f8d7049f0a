/**
 * The ways between balancers and replicas when something is wrong with them: latency, loss, partitions.
 *
 * A lost message is sent again after 200 ms, then after twice as long, and so on (RFC 6298 with Linux's least
 * timeout of 200 ms). A partition stops requests on their way to the replica: a blackhole keeps them until it
 * is over (retransmissions get through then) or the sender gives up; `refuse` answers at once. Answers pass.
 */

import { stream, uniform } from '../../base/stream.ts'
import { NO_TIMER, schedule } from '../../engine/event-queue.ts'
import type { Fault } from '../../scenario/fault.ts'
import { type Cluster, draw } from '../cluster.ts'
import { PASSES_AGAIN } from '../event-kinds.ts'
import { REFUSED } from '../facts.ts'
import type { Ways } from '../outside.ts'
import { NODE, PHASE, PHASE_IN, POOL, TIMER } from '../tables.ts'

export const OPEN = 0
export const BLACKHOLE = 1
export const REFUSES = 2

const RESEND = 200e6
/** Beyond this a connection counts as broken in practice; here the message arrives at last. */
const MOST_RESENDS = 8

/** Puts a fault of the way down, or takes it back. */
export function disturb(c: Cluster, fault: Fault): void {
  const ways = waysOf(c)
  const { kind, replica, amount, ends, from } = fault
  let sender = 0
  for (const [pool, { tier }] of c.pools.entries()) {
    if (tier.index !== fault.tier) continue
    if (from === undefined || from === sender) {
      for (let i = 0; i < tier.count; i++) {
        if (replica >= 0 && i !== replica) continue
        const at = ways.first[pool]! + i
        if (kind === 'latency') ways.added[at] = ends ? 0 : amount
        else if (kind === 'loss') ways.loss[at] = ends ? 0 : amount
        else if (ends) reopen(c, ways, pool, i)
        else ways.cut[at] = fault.as === 'refuse' ? REFUSES : BLACKHOLE
      }
    }
    sender++
  }
}

/** What a message on this way takes longer, ns. */
export function extraTime(c: Cluster, pool: number, replica: number): number {
  const ways = c.outside.ways!
  const at = ways.first[pool]! + replica
  let extra = ways.added[at]!
  const loss = ways.loss[at]!
  if (loss > 0) {
    const { tier, from } = c.pools[pool]!
    ways.losses[pool] ??= stream(c.fixed.scenario.seed, `loss/${tier.id}/${from}`)
    const random = ways.losses[pool]!
    let wait = RESEND
    for (let n = 0; n < MOST_RESENDS && uniform(random) < loss; n++) {
      extra += wait
      wait *= 2
    }
  }
  return extra
}

/** What a disturbed way adds to an answer's time, ns. */
export function timeBack(c: Cluster, call: number, node: number): number {
  if (c.outside.ways === undefined) return 0
  return extraTime(c, c.calls.int[(call << 3) | POOL]!, node - c.fixed.tierOf[node]!.first)
}

/** What a request meets that arrives on this way: `OPEN`, `BLACKHOLE` or `REFUSES`. */
export function cutOf(c: Cluster, pool: number, replica: number): number {
  const ways = c.outside.ways!
  return ways.cut[ways.first[pool]! + replica]!
}

/** True when a call does not get through: it is refused, or kept where nobody hears of it. */
export function isCutOff(c: Cluster, call: number): boolean {
  const b = call << 3
  const pool = c.calls.int[b | POOL]!
  const cut = cutOf(c, pool, c.calls.int[b | NODE]! - c.pools[pool]!.tier.first)
  if (cut === OPEN) return false
  if (cut === BLACKHOLE) {
    c.calls.int[b | PHASE] = PHASE_IN
    c.calls.num[(call << 2) | TIMER] = NO_TIMER
  } else c.fixed.leave(c, call, REFUSED)
  return true
}

/** What is in the blackhole gets through, in the order of its rows. */
function reopen(c: Cluster, ways: Ways, pool: number, replica: number): void {
  const at = ways.first[pool]! + replica
  if (ways.cut[at] === OPEN) return
  // A way that refuses may have been a blackhole before, which has kept what came.
  ways.cut[at] = OPEN
  const { tier } = c.pools[pool]!
  const { int, num } = c.calls
  for (let call = 0; call < c.calls.used; call++) {
    const b = call << 3
    if (int[b | PHASE] !== PHASE_IN || int[b | POOL] !== pool || int[b | NODE] !== tier.first + replica)
      continue
    if (num[(call << 2) | TIMER] !== NO_TIMER) continue
    const delay = draw(tier.latency, c.tiers[tier.index]!.latency)
    num[(call << 2) | TIMER] = schedule(c.queue, c.now + delay, PASSES_AGAIN, call, 0)
  }
}

function waysOf(c: Cluster): Ways {
  if (c.outside.ways !== undefined) return c.outside.ways
  const first = new Int32Array(c.pools.length)
  let total = 0
  for (const [pool, { tier }] of c.pools.entries()) {
    first[pool] = total
    total += tier.count
  }
  c.outside.ways = {
    first,
    added: new Float64Array(total),
    loss: new Float64Array(total),
    cut: new Uint8Array(total),
    losses: c.pools.map(() => undefined),
  }
  return c.outside.ways
}
