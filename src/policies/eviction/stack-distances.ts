/**
 * How large an LRU cache must have been for each request of a trace to be a hit: what is asked for since the
 * object was asked for last, it included. One pass tells the hits of all capacities.
 *
 * With sizes that holds for all capacities that every object fits into; a smaller cache lets large objects
 * go by, and has to be simulated.
 *
 * Source: Mattson et al., "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970;
 * Bennett & Kruskal, "LRU stack processing", IBM J. Res. Dev. 19(4), 1975; the tree: Fenwick, Software:
 * Practice and Experience 24(3), 1994.
 */

/** The distances of requests, one after the other. O(log n) each. */
export interface StackDistances {
  /** How many requests have been looked at. */
  done: number
  /** Sums of what objects take, each at the place of its last request: a Fenwick tree. */
  readonly sums: Float64Array
  /** By object: the place of its last request, from 1 on; 0: none yet. */
  readonly last: Int32Array
}

/** @param requests how many there are at most. @param objects they are numbered from 0 */
export function stackDistances(requests: number, objects: number): StackDistances {
  return { done: 0, sums: new Float64Array(requests + 1), last: new Int32Array(objects) }
}

/**
 * The next request.
 * @param size what its object takes, always the same for one object
 * @returns the least capacity at which it is a hit; Infinity when the object is asked for the first time
 */
export function nextDistance(all: StackDistances, object: number, size: number): number {
  const { last, sums } = all
  const place = ++all.done
  const before = last[object]!
  let distance = Infinity
  if (before > 0) {
    distance = sumTo(sums, place - 1) - sumTo(sums, before) + size
    add(sums, before, -size)
  }
  add(sums, place, size)
  last[object] = place
  return distance
}

function sumTo(sums: Float64Array, place: number): number {
  let sum = 0
  for (let at = place; at > 0; at &= at - 1) sum += sums[at]!
  return sum
}

function add(sums: Float64Array, place: number, size: number): void {
  for (let at = place; at < sums.length; at += at & -at) sums[at]! += size
}
