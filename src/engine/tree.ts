/**
 * State is a tree of plain data, and one rule copies it all: frozen is shared, the rest is copied. No part
 * of the model writes snapshot code of its own.
 *
 * A tree holds numbers, strings, booleans, undefined, typed arrays, arrays and plain objects; no object may
 * be reachable twice (refer by number instead), or it would be two objects after a restore. Two typed arrays of
 * one object may show the same memory, all of it (rows of doubles and whole numbers): their copies do, too.
 */

type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

type Branch = Record<string, unknown>

/** Copies of memory that typed arrays of one object show. */
type Copies = Map<ArrayBufferLike, ArrayBufferLike>

/** A deep copy; frozen objects are shared. */
export function copyTree<T>(live: T): T {
  if (typeof live !== 'object' || live === null) return live
  if (isTyped(live)) return live.slice() as T
  if (Object.isFrozen(live)) return live
  if (Array.isArray(live)) return live.map(copyTree) as T
  const copy: Branch = {}
  const copies: Copies = new Map()
  for (const key of Object.keys(live)) {
    const value = (live as Branch)[key]
    copy[key] = isTyped(value) ? copyTyped(value, copies) : copyTree(value)
  }
  return copy as T
}

/** Makes `live` equal to `saved` in place, so that everyone who holds `live` sees it; `saved` stays untouched. */
export function restoreTree(live: object, saved: object): void {
  if (Array.isArray(live)) live.length = (saved as unknown[]).length
  const copies: Copies = new Map()
  for (const key of Object.keys(saved)) {
    const from = (saved as Branch)[key]
    const to = (live as Branch)[key]
    if (typeof from !== 'object' || from === null) {
      ;(live as Branch)[key] = from
    } else if (isTyped(from)) {
      if (isTyped(to) && to.length === from.length) to.set(from)
      else (live as Branch)[key] = copyTyped(from, copies)
    } else if (Object.isFrozen(from)) {
      ;(live as Branch)[key] = from
    } else if (typeof to === 'object' && to !== null && !Object.isFrozen(to) && isOfOneKind(to, from)) {
      restoreTree(to, from)
    } else {
      ;(live as Branch)[key] = copyTree(from)
    }
  }
}

/** Bytes in typed arrays, frozen parts left out: what a copy costs. */
export function bytesOf(tree: unknown): number {
  if (typeof tree !== 'object' || tree === null) return 0
  if (isTyped(tree)) return tree.byteLength
  if (Object.isFrozen(tree)) return 0
  let bytes = 0
  const seen = new Set<ArrayBufferLike>()
  for (const value of Object.values(tree)) {
    if (!isTyped(value) || !seen.has(value.buffer)) bytes += bytesOf(value)
    if (isTyped(value)) seen.add(value.buffer)
  }
  return bytes
}

/** False where one has taken the place of another, as memories of different strategies do. */
function isOfOneKind(a: object, b: object): boolean {
  if (isTyped(a) || Array.isArray(a) !== Array.isArray(b)) return false
  return Array.isArray(a) || Object.keys(a).length === Object.keys(b).length
}

/** A copy; of two arrays that show the same memory, the second shows the copy that was made for the first. */
function copyTyped(from: TypedArray, copies: Copies): TypedArray {
  const made = copies.get(from.buffer)
  if (made !== undefined) {
    const Kind = from.constructor as new (memory: ArrayBufferLike) => TypedArray
    return new Kind(made)
  }
  const copy = from.slice()
  copies.set(from.buffer, copy.buffer)
  return copy
}

function isTyped(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value)
}
