/** Our own mistakes stop the run at once; a user's mistakes are `Problem`s (see scenario/problem.ts). */

/**
 * Throws when `condition` is false.
 * @param what the invariant that was broken, in words
 */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${what}`)
}
