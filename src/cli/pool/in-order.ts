/** Brings what is ready in any order back into order. */

/**
 * Takes values by their place, from 0, each once; hands each over as soon as all before it are there.
 * @param deliver called in order of the places
 */
export function inOrder<T>(deliver: (place: number, value: T) => void): (place: number, value: T) => void {
  const waiting = new Map<number, { readonly value: T }>()
  let next = 0
  return (place, value) => {
    waiting.set(place, { value })
    for (let held = waiting.get(next); held; held = waiting.get(next)) {
      waiting.delete(next)
      deliver(next++, held.value)
    }
  }
}
