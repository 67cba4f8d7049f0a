/**
 * HAProxy's map of a backend: a list in which each ready replica stands as often as its weight says, spread
 * out. `static-rr` walks it; hashes that are not consistent take hash modulo length.
 *
 * HAProxy fills the list in turns: every replica's score rises by its weight, the first with the most whole
 * lists' worth of score is written down and pays one. Whole worths change seldom, so here they are looked at
 * only when they do: length x log(replicas) instead of length x replicas.
 *
 * Source: HAProxy 2.6.12, lb_map.c. Its weights are whole, 1 to 256, divided by what they have in common.
 */

import { dequeue, EMPTY, enqueue, heaps } from '../../base/heaps.ts'
import type { Pool } from './strategy.ts'

const HEAVIEST = 256

/** The replicas in the order of the map; empty when none is ready. */
export function mapOf(pool: Pool): Int32Array {
  const weight = wholeWeights(pool.weight)
  const ready = pool.ready.subarray(0, pool.readyCount)
  const total = ready.reduce((sum, i) => sum + weight[i]!, 0)
  const map = new Int32Array(total)
  const h = heaps(pool.size)
  let first = EMPTY
  /** For each turn, who reaches one more whole worth in it; for each replica, worths reached so far. */
  const due = new Int32Array(total + 1).fill(EMPTY)
  const next = new Int32Array(pool.size).fill(EMPTY)
  const reached = new Int32Array(pool.size)
  const wait = (i: number) => {
    const turn = Math.floor(((reached[i]! + 1) * total + weight[i]! - 1) / weight[i]!) - 1
    next[i] = due[turn]!
    due[turn] = i
  }
  for (const i of ready) {
    h.tie[i] = i
    first = enqueue(h, first, i)
    wait(i)
  }
  for (let turn = 0; turn < total; turn++) {
    for (let i = due[turn]!; i !== EMPTY; ) {
      const after = next[i]!
      first = dequeue(h, first, i)
      h.key[i]! -= 1
      first = enqueue(h, first, i)
      reached[i]!++
      if (reached[i]! < weight[i]!) wait(i)
      i = after
    }
    const best = first
    map[turn] = best
    first = dequeue(h, first, best)
    h.key[best]! += 1
    first = enqueue(h, first, best)
  }
  return map
}

/** Weights as whole numbers up to 256 without a common divisor. */
function wholeWeights(given: Float64Array): Float64Array {
  const finer = given.every((weight) => Number.isInteger(weight)) ? given : given.map((weight) => 16 * weight)
  const heaviest = finer.reduce((most, weight) => Math.max(most, weight), 0)
  const scale = heaviest > HEAVIEST ? HEAVIEST / heaviest : 1
  const whole = finer.map((weight) => Math.max(1, Math.round(weight * scale)))
  const common = whole.reduce(commonDivisor)
  return whole.map((weight) => weight / common)
}

function commonDivisor(a: number, b: number): number {
  while (b > 0) {
    const rest = a % b
    a = b
    b = rest
  }
  return a
}
