/**
 * Priority queues over the same numbered members, each member in at most one queue at a time: the least key
 * first, among equal keys the least tie. A queue is known by its first member, or `EMPTY`.
 *
 * Skew heaps in flat arrays: adding and removing any member cost O(log n), amortised; nothing is allocated.
 *
 * Source: D. D. Sleator, R. E. Tarjan, "Self-adjusting heaps", SIAM J. Comput. 15(1), 1986.
 */

/** The first member of a queue without members. */
export const EMPTY = -1

/** Set a member's key and tie before adding it, and leave them alone while it is in a queue. */
export interface Heaps {
  readonly key: Float64Array
  readonly tie: Float64Array
  readonly left: Int32Array
  readonly right: Int32Array
  readonly above: Int32Array
}

/** Room for members 0 … size-1, none of them in a queue. */
export function heaps(size: number): Heaps {
  return {
    key: new Float64Array(size),
    tie: new Float64Array(size),
    left: new Int32Array(size).fill(EMPTY),
    right: new Int32Array(size).fill(EMPTY),
    above: new Int32Array(size).fill(EMPTY),
  }
}

/**
 * Adds a member that is in no queue.
 * @returns the queue's first member from now on
 */
export function enqueue(h: Heaps, first: number, member: number): number {
  h.left[member] = EMPTY
  h.right[member] = EMPTY
  const root = join(h, first, member)
  h.above[root] = EMPTY
  return root
}

/**
 * Removes a member of the queue that begins with `first`.
 * @returns the queue's first member from now on
 */
export function dequeue(h: Heaps, first: number, member: number): number {
  const { left, right, above } = h
  const below = join(h, left[member]!, right[member]!)
  const over = above[member]!
  if (below !== EMPTY) above[below] = over
  if (over === EMPTY) return below
  if (left[over] === member) left[over] = below
  else right[over] = below
  return first
}

/** True when `a` stands before `b` in a queue that holds both. */
export function isBefore(h: Heaps, a: number, b: number): boolean {
  const gap = h.key[a]! - h.key[b]!
  return gap < 0 || (gap === 0 && h.tie[a]! < h.tie[b]!)
}

/** Merges along the right spines, swapping the children of each node on the way. */
function join(h: Heaps, a: number, b: number): number {
  if (a === EMPTY) return b
  if (b === EMPTY) return a
  const { left, right, above } = h
  let node = isBefore(h, b, a) ? b : a
  let other = node === a ? b : a
  const root = node
  for (;;) {
    const rest = right[node]!
    right[node] = left[node]!
    if (rest === EMPTY) break
    const next = isBefore(h, other, rest) ? other : rest
    if (next === other) other = rest
    left[node] = next
    above[next] = node
    node = next
  }
  left[node] = other
  above[other] = node
  return root
}
