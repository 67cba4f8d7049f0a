/** A closed set of named things: refuses doubles, and names the nearest right name when one is missing. */

import { nearest } from './nearest.ts'

/** Anything that is looked up by a public name. */
export interface Named {
  readonly name: string
}

/** A table of named things, in the order in which they were listed. */
export interface Registry<T extends Named> {
  /** What the things are, for messages: "balancing strategy". */
  readonly kind: string
  readonly all: readonly T[]
  readonly names: readonly string[]
  has(name: string): boolean
  /** @throws Error when there is none of that name; user input is checked with `has` first. */
  get(name: string): T
  /**
   * One more, from outside the product; the very same thing again changes nothing.
   * @throws Error when another one has its name
   */
  add(thing: T): void
}

/**
 * Builds a registry.
 * @throws Error when two things share a name
 */
export function registry<T extends Named>(kind: string, listed: readonly T[]): Registry<T> {
  const byName = new Map<string, T>()
  const all: T[] = []
  const names: string[] = []
  function enter(thing: T): void {
    if (byName.has(thing.name)) throw new Error(`two ${kind} entries are called "${thing.name}"`)
    byName.set(thing.name, thing)
    all.push(thing)
    names.push(thing.name)
  }
  for (const thing of listed) enter(thing)
  return {
    kind,
    all,
    names,
    has: (name) => byName.has(name),
    add(thing) {
      if (byName.get(thing.name) !== thing) enter(thing)
    },
    get(name) {
      const found = byName.get(name)
      if (!found) {
        const hint = nearest(name, names)
        throw new Error(`no ${kind} is called "${name}"${hint ? `; did you mean "${hint}"?` : ''}`)
      }
      return found
    },
  }
}
