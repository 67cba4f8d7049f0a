/** What share of the keys moved when a pool changed. */

/**
 * Compares where the same keys were and are (a replica for each key).
 * @returns share that moved, and the part of it that need not have: neither did the key's replica go, nor did
 *   it move to one that came
 */
export function sharesMoved(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): { readonly moved: number; readonly needlessly: number } {
  const old = new Set(Array.from(before))
  const now = new Set(Array.from(after))
  let moved = 0
  let needless = 0
  for (let key = 0; key < before.length; key++) {
    if (before[key] === after[key]) continue
    moved++
    if (now.has(before[key]!) && old.has(after[key]!)) needless++
  }
  return { moved: moved / before.length, needlessly: needless / before.length }
}
