/** Replicas end to end on a line, each as long as its weight, ready or not: nginx's place for a hash. */

import type { Pool } from '../balancing/strategy.ts'

export interface WeightLine {
  /** Where each replica ends. */
  readonly ends: Float64Array
  readonly total: number
  /** The weights it is made of. */
  readonly weight: Float64Array
}

export function weightLine(pool: Pool): WeightLine {
  const ends = new Float64Array(pool.size)
  let total = 0
  for (let i = 0; i < pool.size; i++) {
    total += pool.weight[i]!
    ends[i] = total
  }
  return Object.freeze({ ends, total, weight: pool.weight.slice() })
}

/** The replica that stands at `hash` modulo the length of the line. */
export function standingAt({ ends, total }: WeightLine, hash: number): number {
  const mark = hash % total
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ends[middle]! > mark) high = middle
    else low = middle + 1
  }
  return low
}
