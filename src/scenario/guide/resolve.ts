/** What the schema says of a place in a file. */

import type { JsonSchema } from '../shapes/shape.ts'
import { type Alternative, alternativesOf, propertiesOf } from './alternatives.ts'
import { keysOf } from './narrow.ts'

/** Keys, and numbers of items from 0 on. */
export type Path = readonly (string | number)[]

/** A place that the schema knows. */
export interface Known {
  readonly schema: JsonSchema
  readonly alternatives: readonly Alternative[]
  /** What it means. */
  readonly about: string
  /** As it would be written; undefined when there is none. */
  readonly standard: unknown
  readonly isNeeded: boolean
}

/** The place at `path` of a file that says `file`; undefined when nothing can stand there. */
export function resolve(root: JsonSchema, path: Path, file: unknown): Known | undefined {
  let schema: JsonSchema | undefined = root
  let value = file
  let isNeeded = false
  for (const [i, step] of path.entries()) {
    if (i === 2 && path[0] === 'variants') return ofVariant(root, path, file)
    const next = stepInto(schema, step, value, root)
    if (!next) return undefined
    schema = next.schema
    isNeeded = next.isNeeded
    value = valueAt(value, [step])
  }
  return knownOf(schema, root, isNeeded)
}

/** In a variant, dotted paths lead to the rest of the file. */
function ofVariant(root: JsonSchema, path: Path, file: unknown): Known | undefined {
  const dotted = String(path[2]).split('.')
  const inside = dotted.map((key) => (/^[1-9]\d*$/.test(key) ? Number(key) - 1 : key))
  return resolve(root, [...inside, ...path.slice(3)], file)
}

function stepInto(
  schema: JsonSchema,
  step: string | number,
  value: unknown,
  root: JsonSchema,
): { readonly schema: JsonSchema; readonly isNeeded: boolean } | undefined {
  const alternatives = alternativesOf(schema, root)
  if (typeof step === 'number') {
    const list = alternatives.find(({ kind }) => kind === 'list')
    return list && { schema: list.schema.items as JsonSchema, isNeeded: true }
  }
  const maps = alternatives.filter(({ kind }) => kind === 'map')
  const key = keysOf(maps, plainMap(value), root).find(({ name }) => name === step)
  if (key) return key
  const known = maps.map((map) => propertiesOf(map)[step]).find((one) => one !== undefined)
  const any = maps.map(({ schema: of }) => of.additionalProperties).find((of) => typeof of === 'object')
  const found = known ?? (any as JsonSchema | undefined)
  return found && { schema: found, isNeeded: false }
}

export function knownOf(schema: JsonSchema, root: JsonSchema, isNeeded: boolean): Known {
  return {
    schema,
    alternatives: alternativesOf(schema, root),
    about: typeof schema.description === 'string' ? schema.description : '',
    standard: schema.default,
    isNeeded,
  }
}

/** What plain data say at a path; undefined when nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}

export function plainMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
