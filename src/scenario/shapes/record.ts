/** A map with known keys. Unknown keys, keys of later versions and keys that exclude each other are problems. */

import { nearest } from '../../base/nearest.ts'
import { complain, didYouMean, problemList, type Spot, within } from '../source/problem-list.ts'
import { type Entry, map, type Tree, treeOf } from '../source/tree.ts'
import { type Definitions, type JsonSchema, NOWHERE, quoted, type Shape } from './shape.ts'

export interface Field<T> {
  readonly shape: Shape<NonNullable<T>>
  /** What it means, for the schema: a sentence. */
  readonly about: string
  readonly isNeeded: boolean
  /** As it would be written. */
  readonly standard?: unknown
  /** Made from `standard` by the shape itself, once. */
  readonly fallback: () => T | undefined
}

export type Fields = Readonly<Record<string, Field<unknown>>>
// biome-ignore lint/suspicious/noExplicitAny: any field will do
type ValueOfField<F> = F extends Field<infer T> ? T : any
export type RecordOf<F extends Fields> = { readonly [K in keyof F]: ValueOfField<F[K]> }

/** A field that must be given. */
export function needed<T>(shape: Shape<T>, about: string): Field<T> {
  return { shape: shape as Shape<NonNullable<T>>, about, isNeeded: true, fallback: () => undefined }
}

/** A field that may be left out, and then is undefined. */
export function optional<T>(shape: Shape<T>, about: string): Field<T | undefined> {
  return { shape: shape as Shape<NonNullable<T>>, about, isNeeded: false, fallback: () => undefined }
}

/** A field that may be left out, and then is as if `standard` were written. */
export function standard<T>(shape: Shape<T>, about: string, written: unknown): Field<T> {
  let made: T | undefined
  const fallback = () =>
    (made ??= shape.read(treeOf(written, NOWHERE), { path: '', problems: problemList() }))
  return { shape: shape as Shape<NonNullable<T>>, about, isNeeded: false, standard: written, fallback }
}

export interface RecordOptions {
  /** "a tier": what has these keys. */
  readonly of: string
  /** Keys that will mean something once what they stand for is modelled. */
  readonly later?: readonly string[]
  /** Groups of keys of which only one may be given. */
  readonly either?: readonly (readonly string[])[]
  /** Keys that mean something only beside one of others; reading them is up to who uses this, the schema says it. */
  readonly belongs?: Readonly<Record<string, readonly string[]>>
  /** Keys that must stand beside a key, in the same way. */
  readonly needs?: Readonly<Record<string, readonly string[]>>
  /** Keys of which at least one must stand beside a key, in the same way. */
  readonly needsOneOf?: Readonly<Record<string, readonly string[]>>
  /** The name under which the schema keeps this shape. */
  readonly named?: string
}

export interface RecordShape<F extends Fields> extends Shape<RecordOf<F>> {
  readonly fields: F
  /** What can be read of it, where some of it is wrong; fields without a right value are left out. */
  readParts(tree: Tree, spot: Spot): Partial<RecordOf<F>>
}

export function record<F extends Fields>(fields: F, options: RecordOptions): RecordShape<F> {
  const { of, later = [], either = [], belongs = {}, needs = {}, needsOneOf = {}, named } = options
  const names = Object.keys(fields)
  const what = `${of} is needed: a map with ${names.join(', ')}`

  function read(tree: Tree, spot: Spot): RecordOf<F> | undefined {
    const before = count(spot)
    const values = readParts(tree, spot)
    return count(spot) === before ? (values as RecordOf<F>) : undefined
  }

  function readParts(tree: Tree, spot: Spot): Partial<RecordOf<F>> {
    const asMap = isNothing(tree) ? map([], tree.place) : tree
    if (asMap.kind !== 'map') {
      complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
      return {}
    }
    const given = new Map(asMap.entries.map((entry) => [entry.key, entry]))
    for (const entry of asMap.entries) if (!Object.hasOwn(fields, entry.key)) refuse(entry, spot)
    for (const group of either) refuseBoth(group, given, spot)
    const values = names.map((name) => [name, readField(name, given.get(name), asMap, spot)] as const)
    return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Partial<RecordOf<F>>
  }

  function readField(name: string, entry: Entry | undefined, whole: Tree, spot: Spot): unknown {
    const field = fields[name]!
    if (entry) return field.shape.read(entry.value, within(spot, name))
    if (field.isNeeded) complain(spot, whole.place, `${of} needs "${name}"; ${field.shape.what}`)
    return field.fallback()
  }

  function refuse({ key, place }: Entry, spot: Spot): void {
    const at = within(spot, key)
    if (later.includes(key)) complain(at, place, `"${key}" is not modelled yet`)
    else {
      const message = `"${key}" is not a setting of ${of}; allowed: ${names.join(', ') || 'nothing'}`
      complain(at, place, message, () => didYouMean(nearest(key, names)))
    }
  }

  function schema(definitions: Definitions): JsonSchema {
    if (named === undefined) return make(definitions)
    if (!definitions.has(named)) {
      definitions.set(named, {})
      definitions.set(named, make(definitions))
    }
    return { $ref: `#/definitions/${named}` }
  }

  function make(definitions: Definitions): JsonSchema {
    const required = names.filter((name) => fields[name]!.isNeeded)
    return {
      type: required.length > 0 ? 'object' : ['object', 'null'],
      properties: Object.fromEntries(names.map((name) => [name, describe(fields[name]!, definitions)])),
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: false,
      ...(either.length > 0 ? { allOf: either.flatMap(notBoth) } : {}),
      ...dependencies(belongs, needs, needsOneOf),
    }
  }

  return {
    what,
    fields,
    read,
    readParts,
    schema,
    child: (key) => (Object.hasOwn(fields, key) ? fields[key]!.shape : undefined),
    beside(entries, key) {
      const rivals = either.filter((group) => group.includes(key)).flat()
      return entries.filter((entry) => entry.key === key || !rivals.includes(entry.key))
    },
  }
}

/** A field's schema with its meaning and default. */
function describe({ shape, about, standard }: Field<unknown>, definitions: Definitions): JsonSchema {
  return {
    ...shape.schema(definitions),
    description: about,
    ...(standard === undefined ? {} : { default: standard }),
  }
}

function refuseBoth(group: readonly string[], given: ReadonlyMap<string, Entry>, spot: Spot): void {
  const [first, second] = group.filter((name) => given.has(name))
  if (first === undefined || second === undefined) return
  const message = `"${first}" and "${second}" are given; only one of ${group.join(', ')} is allowed here`
  complain(within(spot, second), given.get(second)!.place, message)
}

function notBoth(group: readonly string[]): JsonSchema[] {
  return group.flatMap((a, i) =>
    group.slice(i + 1).map((b) => ({ not: { type: 'object', required: [a, b] } })),
  )
}

function dependencies(
  belongs: Readonly<Record<string, readonly string[]>>,
  needs: Readonly<Record<string, readonly string[]>>,
  needsOneOf: Readonly<Record<string, readonly string[]>>,
): JsonSchema {
  const any = (keys: readonly string[]) => ({ anyOf: keys.map((key) => ({ required: [key] })) })
  const all = [
    ...Object.entries(belongs).map(([key, owners]) => [key, any(owners)]),
    ...Object.entries(needs).map(([key, required]) => [key, { required }]),
    ...Object.entries(needsOneOf).map(([key, keys]) => [key, { allOf: [any(keys)] }]),
  ]
  return all.length > 0 ? { dependencies: Object.fromEntries(all) } : {}
}

/** An empty value, as in `web:`, stands for an empty map. */
export function isNothing(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null
}

/** Problems so far, to see whether reading a part has added one. */
export function count({ problems }: Spot): number {
  return problems.found.length + problems.more
}
