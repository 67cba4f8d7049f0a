/** Lists, maps by id, and places where one of several kinds of value may stand. */

import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import type { Entry, Tree } from '../source/tree.ts'
import { count, isNothing } from './record.ts'
import { type JsonSchema, quoted, type Shape } from './shape.ts'

/** A list of at least `least` and at most `most` items; `of` is what they are called. */
export function listOf<T>(
  item: Shape<T>,
  { of, least = 0, most }: { readonly of: string; readonly least?: number; readonly most: number },
): Shape<readonly T[]> {
  const what = `a list of ${of} is needed`
  function read(tree: Tree, spot: Spot): readonly T[] | undefined {
    if (isNothing(tree) && least === 0) return []
    if (tree.kind !== 'list') return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
    const { length } = tree.items
    if (length > most)
      return complain(spot, tree.place, `${length} ${of} are given; the most allowed is ${most}`)
    if (length < least) return complain(spot, tree.place, `at least ${least} of the ${of} must be given`)
    const before = count(spot)
    const items = tree.items.map((part, i) => item.read(part, within(spot, i + 1)))
    return count(spot) === before ? (items as T[]) : undefined
  }
  return {
    what,
    read,
    schema: (definitions) => ({
      type: least === 0 ? ['array', 'null'] : 'array',
      items: item.schema(definitions),
      minItems: least,
      maxItems: most,
    }),
    child: (key) => (/^[1-9]\d*$/.test(key) ? item : undefined),
  }
}

/** What an id may look like: it becomes part of names such as web/1 and of paths. */
const ID = /^[a-zA-Z][a-zA-Z0-9-]{0,62}$/

/** A map from ids to values, in the order of the file. */
export function byId<T>(
  value: Shape<T>,
  { of, ofMany, most }: { readonly of: string; readonly ofMany: string; readonly most: number },
): Shape<readonly (readonly [id: string, value: T, entry: Entry])[]> {
  const what = `a map of ${ofMany} by name is needed`
  return {
    what,
    entriesAre: of,
    read(tree, spot) {
      if (tree.kind !== 'map') return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
      const { length } = tree.entries
      if (length === 0) return complain(spot, tree.place, `at least one ${of} is needed`)
      if (length > most)
        return complain(spot, tree.place, `${length} ${ofMany} are given; the most allowed is ${most}`)
      const before = count(spot)
      const read = tree.entries.map((entry) => {
        checkId(entry, of, spot)
        return [entry.key, value.read(entry.value, within(spot, entry.key)), entry] as const
      })
      return count(spot) === before ? (read as (readonly [string, T, Entry])[]) : undefined
    },
    schema: (definitions): JsonSchema => ({
      type: 'object',
      additionalProperties: value.schema(definitions),
      propertyNames: { pattern: ID.source },
      minProperties: 1,
      maxProperties: most,
    }),
    child: () => value,
  }
}

function checkId({ key, place }: Entry, of: string, spot: Spot): void {
  const at = within(spot, key)
  if (key in {}) {
    complain(at, place, `"${key}" cannot be the name of a ${of}: JavaScript has its own use for it`)
  } else if (!ID.test(key)) {
    const near = key
      .trim()
      .replace(/[^a-z0-9-]+/gi, '-')
      .replace(/^[^a-z]+|-+$/gi, '')
      .slice(0, 63)
    const message = `"${key}" cannot be the name of a ${of}: only letters, digits and "-", from a letter on, at most 63`
    complain(at, place, message, near === '' ? undefined : didYouMean(near))
  }
}

/** Different shapes for a scalar, a list and a map at one place. */
export function eitherOf<T>(
  what: string,
  kinds: { readonly scalar?: Shape<T>; readonly list?: Shape<T>; readonly map?: Shape<T> },
): Shape<T> {
  const all = [kinds.scalar, kinds.list, kinds.map].filter((shape) => shape !== undefined)
  return {
    what,
    read(tree, spot) {
      const shape = kinds[tree.kind]
      return shape ? shape.read(tree, spot) : complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
    },
    schema: (definitions) => ({ anyOf: all.map((shape) => shape.schema(definitions)) }),
    child: (key) => all.map((shape) => shape.child?.(key)).find((found) => found !== undefined),
    beside: (entries, key) => kinds.map?.beside?.(entries, key) ?? entries,
  }
}

/** The same place in a file, read as something else. */
export function mapped<T, U>(
  shape: Shape<T>,
  turn: (value: T, tree: Tree, spot: Spot) => U | undefined,
): Shape<U> {
  return {
    ...shape,
    read(tree, spot) {
      const value = shape.read(tree, spot)
      return value === undefined ? undefined : turn(value, tree, spot)
    },
  } as Shape<U>
}
