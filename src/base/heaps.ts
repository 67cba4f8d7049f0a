/**
 * Priority queues over the same numbered members, each member in at most one queue at a time: the least key
 * first, among equal keys the least tie. A queue is known by its first member, or `EMPTY`.
 *
 * Pairing heaps in flat arrays: adding costs O(1), removing any member O(log n), amortised; nothing is
 * allocated.
 *
 * Source: M. L. Fredman et al., "The pairing heap: a new form of self-adjusting heap", Algorithmica 1, 1986.
 */

/** The first member of a queue without members. */
export const EMPTY = -1

/** Set a member's key and tie before adding it, and leave them alone while it is in a queue. */
export interface Heaps {
  readonly key: Float64Array
  readonly tie: Float64Array
  /** The first of those below a member, the next beside it, and the one before it: beside, else above. */
  readonly below: Int32Array
  readonly next: Int32Array
  readonly back: Int32Array
}

/** Room for members 0 … size-1, none of them in a queue. */
export function heaps(size: number): Heaps {
  return {
    key: new Float64Array(size),
    tie: new Float64Array(size),
    below: new Int32Array(size).fill(EMPTY),
    next: new Int32Array(size).fill(EMPTY),
    back: new Int32Array(size).fill(EMPTY),
  }
}

/**
 * Adds a member that is in no queue.
 * @returns the queue's first member from now on
 */
export function enqueue(h: Heaps, first: number, member: number): number {
  h.below[member] = EMPTY
  return first === EMPTY ? member : link(h, first, member)
}

/**
 * Removes a member of the queue that begins with `first`.
 * @returns the queue's first member from now on
 */
export function dequeue(h: Heaps, first: number, member: number): number {
  const { below, next, back } = h
  const rest = joined(h, below[member]!)
  if (member === first) return rest
  const before = back[member]!
  const after = next[member]!
  if (below[before] === member) below[before] = after
  else next[before] = after
  if (after !== EMPTY) back[after] = before
  return rest === EMPTY ? first : link(h, first, rest)
}

/** True when `a` stands before `b` in a queue that holds both. */
function isBefore(h: Heaps, a: number, b: number): boolean {
  const keyA = h.key[a]!
  const keyB = h.key[b]!
  return keyA < keyB || (keyA === keyB && h.tie[a]! < h.tie[b]!)
}

/** Puts the later of two first members below the earlier. */
function link(h: Heaps, a: number, b: number): number {
  const { below, next, back } = h
  const over = isBefore(h, b, a) ? b : a
  const under = over === a ? b : a
  const beside = below[over]!
  next[under] = beside
  if (beside !== EMPTY) back[beside] = under
  back[under] = over
  below[over] = under
  return over
}

/** Joins a member and all beside it: in pairs from left to right, then the pairs from right to left. */
function joined(h: Heaps, from: number): number {
  const { next } = h
  let pairs = EMPTY
  while (from !== EMPTY) {
    const other = next[from]!
    let pair = from
    from = EMPTY
    if (other !== EMPTY) {
      from = next[other]!
      pair = link(h, pair, other)
    }
    next[pair] = pairs
    pairs = pair
  }
  let all = EMPTY
  while (pairs !== EMPTY) {
    const pair = pairs
    pairs = next[pair]!
    all = all === EMPTY ? pair : link(h, all, pair)
  }
  return all
}
