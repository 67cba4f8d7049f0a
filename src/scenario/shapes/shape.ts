/**
 * A shape says what may stand at one place of a scenario file. Reading, the JSON Schema and the paths of
 * settings are all derived from it, so that they cannot disagree.
 */

import type { Spot } from '../source/problem-list.ts'
import type { Entry, Place, Tree } from '../source/tree.ts'

/** A JSON Schema (draft 2020-12), or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Named parts of the schema that is being made. */
export type Definitions = Map<string, JsonSchema>

export interface Shape<T> {
  /** "a duration", "one of fifo, lifo, ps": what a message says is needed here. */
  readonly what: string
  /** Gives the value, or undefined after having noted what is wrong. */
  read(tree: Tree, spot: Spot): T | undefined
  schema(definitions: Definitions): JsonSchema
  /** A value as it would be written; absent where that is the value itself. */
  write?(value: unknown): unknown
  /** The shape of what a settings path calls `key` in here; undefined when nothing is called so. */
  child?(key: string): Shape<unknown> | undefined
  /** The entries that stay when a setting is about to give `key` a value; all, unless it says otherwise. */
  beside?(entries: readonly Entry[], key: string): readonly Entry[]
  /** Only of maps by name: what their entries are; a setting cannot add one. */
  readonly entriesAre?: string
}

/** The offender, in quotes, cut short. */
export function quoted(tree: Tree): string {
  if (tree.kind !== 'scalar') return tree.source
  if (tree.value === null) return 'nothing'
  if (typeof tree.value !== 'string') return `"${tree.source}"`
  const { length } = tree.value
  return JSON.stringify(length > 40 ? `${tree.value.slice(0, 39)}…` : tree.value)
}

/** The place where defaults stand: they are right, so nobody is ever sent there. */
export const NOWHERE: Place = { file: 'default', line: 0, column: 0 }
