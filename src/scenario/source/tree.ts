/**
 * What a file says, apart from how it is written down: maps, lists and scalars, each with the place it
 * stands at. Keys are kept in lists, so that no key (`__proto__`) can mean anything to JavaScript.
 */

/** Where something is written. */
export interface Place {
  /** File name, or the flag that said it. */
  readonly file: string
  /** 1-based; 0 when there is no text to point into. */
  readonly line: number
  readonly column: number
}

export type Scalar = string | number | boolean | null

interface Written {
  readonly place: Place
  /** The beginning of the text as written, on one line, for messages. */
  readonly source: string
  /** How many values it holds, itself included; what an alias stands for counts at each use. */
  readonly size: number
}

export interface Entry {
  readonly key: string
  /** Of the key. */
  readonly place: Place
  readonly value: Tree
}

export interface MapTree extends Written {
  readonly kind: 'map'
  readonly entries: readonly Entry[]
}

export interface ListTree extends Written {
  readonly kind: 'list'
  readonly items: readonly Tree[]
}

export interface ScalarTree extends Written {
  readonly kind: 'scalar'
  readonly value: Scalar
}

export type Tree = MapTree | ListTree | ScalarTree

export function scalar(value: Scalar, place: Place, source = String(value)): ScalarTree {
  return { kind: 'scalar', value, place, source: clip(source), size: 1 }
}

export function map(entries: readonly Entry[], place: Place, source = '{…}'): MapTree {
  const size = entries.reduce((sum, { value }) => sum + value.size, 1)
  return { kind: 'map', entries, place, source: clip(source), size }
}

export function list(items: readonly Tree[], place: Place, source = '[…]'): ListTree {
  const size = items.reduce((sum, item) => sum + item.size, 1)
  return { kind: 'list', items, place, source: clip(source), size }
}

/** What a map says about `key`. */
export function lookUp(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === key)?.value : undefined
}

/** Plain data as a tree, all of it at one place. */
export function treeOf(value: unknown, place: Place): Tree {
  if (Array.isArray(value)) {
    return list(
      value.map((item) => treeOf(item, place)),
      place,
    )
  }
  if (typeof value === 'object' && value !== null) {
    return map(
      Object.entries(value).map(([key, of]) => ({ key, place, value: treeOf(of, place) })),
      place,
    )
  }
  return scalar(value as Scalar, place)
}

/** A tree as plain data. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(plain)
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]))
}

const LONGEST_SOURCE = 40

function clip(source: string): string {
  const line = source.slice(0, 4 * LONGEST_SOURCE).replace(/\s+/g, ' ')
  return line.length > LONGEST_SOURCE ? `${line.slice(0, LONGEST_SOURCE - 1)}…` : line
}
