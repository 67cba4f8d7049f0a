/**
 * HAProxy's weighted round robin: every replica holds a position on a line and comes up when the balancer
 * gets there, then moves on by total weight / own weight. Weights may change while it runs.
 *
 * Not nginx's order: weights 5/1/1 give a a a b a a c. The queues are in haproxy-rounds.ts.
 *
 * Source: HAProxy 2.6.12, lb_fwrr.c (`balance roundrobin`). Limit of realism: HAProxy counts positions in 32
 * bits and so takes at most 4095 replicas; here there is no such limit.
 */

import type { Params } from '../policy.ts'
import { CURRENT, foremost, insert, place, type Rounds, remove, rounds } from './haproxy-rounds.ts'
import { LARGEST, sixteenths } from './haproxy-weight.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

function remember(_params: Params, pool: Pool): Rounds {
  const memory = rounds(pool.size)
  for (const i of pool.ready.subarray(0, pool.readyCount)) {
    memory.share[i] = sixteenths(pool.weight[i]!)
    memory.nextWeight += memory.share[i]!
    insert(memory, i, memory.fresh, LARGEST - memory.share[i]!)
  }
  memory.position = memory.currentWeight = memory.nextWeight
  return memory
}

/** A full replica that comes up is passed over; it moves on as if it had been taken. */
function pick(pool: Pool, _asked: unknown, memory: Rounds): number {
  const passed: number[] = []
  let isNewRound = false
  let picked = NONE
  for (;;) {
    if (memory.currentWeight === 0) memory.position = memory.currentWeight = memory.nextWeight
    picked = foremost(memory)
    if (picked === NONE && !isNewRound) {
      isNewRound = true
      memory.fresh = 3 - memory.fresh
      memory.position = memory.currentWeight = memory.nextWeight
      picked = foremost(memory)
    }
    if (picked === NONE) break
    advance(memory, picked)
    remove(memory, picked)
    if (pool.isFull[picked] === 0) break
    passed.push(picked)
  }
  if (picked !== NONE) place(memory, picked)
  // Whoever was passed over before a new round began has lost its position in the old one.
  while (passed.length > 0) {
    const other = passed.pop()!
    if (isNewRound) insert(memory, other, memory.fresh, LARGEST - memory.share[other]!)
    else place(memory, other)
  }
  return picked
}

/** Moves a replica on by total weight / own weight. */
function advance(memory: Rounds, picked: number): void {
  const { turn, last, rest, share } = memory
  if (memory.queue[picked] === memory.fresh) {
    turn[picked] = memory.position
    rest[picked] = 0
  }
  const own = share[picked]!
  last[picked] = turn[picked]!
  turn[picked]! += Math.floor(memory.nextWeight / own)
  rest[picked]! += memory.nextWeight % own
  if (rest[picked]! >= own) {
    rest[picked]! -= own
    turn[picked]! += 1
  }
  memory.position++
}

function changed(pool: Pool, memory: Rounds, i: number): void {
  const { share, turn, last, rest, queue } = memory
  const before = share[i]!
  const after = pool.isReady[i] === 1 ? sixteenths(pool.weight[i]!) : 0
  if (before === after) return
  share[i] = after
  memory.nextWeight += after - before
  if (before === 0) {
    const { position, currentWeight, nextWeight } = memory
    turn[i] = position + Math.floor((nextWeight + currentWeight - position) / after)
    place(memory, i)
    return
  }
  const from = queue[i]!
  remove(memory, i)
  if (after === 0) return
  if (from === memory.fresh) {
    insert(memory, i, from, LARGEST - after)
    return
  }
  if (from !== CURRENT) turn[i]! += memory.currentWeight
  const step = Math.floor(memory.nextWeight / after)
  turn[i] = Math.min(last[i]! + step, turn[i]!)
  rest[i] = 0
  if (turn[i]! < memory.position + 2) turn[i] = memory.position + step
  place(memory, i)
}

/** In the order in which they would be taken, if those before were not there. */
function explain(pool: Pool, _asked: unknown, memory: Rounds): readonly Score[] {
  const { heaps: h, queue, turn, position } = memory
  const rank = (i: number) => {
    if (pool.isFull[i] === 1) return 4
    if (queue[i] === CURRENT) return turn[i]! <= position ? 0 : 2
    return queue[i] === memory.fresh ? 1 : 3
  }
  return Array.from(pool.ready.subarray(0, pool.readyCount))
    .sort((a, b) => rank(a) - rank(b) || h.key[a]! - h.key[b]! || h.tie[a]! - h.tie[b]!)
    .map((replica, score) => ({ replica, score, note: standing(rank(replica), turn[replica]!, position) }))
}

function standing(rank: number, turn: number, position: number): string {
  if (rank === 4) return 'full'
  if (rank === 1) return 'not yet served in this round'
  return rank === 3 ? 'its next turn is in the next round' : `its turn is at ${turn}, now ${position}`
}

export const haproxyRoundRobin: Strategy<Rounds> = {
  name: 'haproxy-round-robin',
  title: "HAProxy's round robin",
  summary:
    'Each replica in turn by weight, in HAProxy’s order, which is less smooth than nginx’s; weights may change.',
  source: 'HAProxy 2.6.12, balance roundrobin (lb_fwrr.c)',
  params: {},
  whenFull: 'see',
  remember,
  pick,
  changed,
  explain,
}
