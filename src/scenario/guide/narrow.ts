/** Which of several maps is meant, as far as what is already written tells. */

import type { JsonSchema } from '../shapes/shape.ts'
import { type Alternative, alternativesOf, choicesOf, isPolicyMap, propertiesOf } from './alternatives.ts'

type Plain = Readonly<Record<string, unknown>>

/** A key that may stand in a map here. */
export interface Key {
  readonly name: string
  readonly schema: JsonSchema
  readonly isNeeded: boolean
}

/** The keys that make sense beside those that are written, these included. */
export function keysOf(maps: readonly Alternative[], written: Plain, root: JsonSchema): readonly Key[] {
  const by = discriminatorOf(maps)
  const meant = by === undefined ? maps : chosenBy(by, maps, written)
  const keys = new Map<string, Key>()
  for (const map of meant) {
    const required = (map.schema.required ?? []) as string[]
    for (const [name, schema] of Object.entries(besideStrategy(map, written, root))) {
      if (keys.has(name) || !isInPlace(map, name, written)) continue
      const isNeeded = required.includes(name) || isCalledFor(map, name, written)
      keys.set(name, { name, schema, isNeeded })
    }
  }
  const choosing = by === undefined ? undefined : keys.get(by)
  if (by !== undefined && choosing) keys.set(by, { ...choosing, schema: anyOf(maps, by) })
  return [...keys.values()]
}

/** The key whose value says which of the maps is meant: `rule`, `policy`. */
function discriminatorOf(maps: readonly Alternative[]): string | undefined {
  if (maps.length < 2) return undefined
  return Object.keys(propertiesOf(maps[0]!)).find((key) =>
    maps.every((map) => (propertiesOf(map)[key]?.enum as unknown[] | undefined)?.length === 1),
  )
}

/** The one that is named; when none is, the first. */
function chosenBy(by: string, maps: readonly Alternative[], written: Plain): readonly Alternative[] {
  const named = maps.filter((map) => (propertiesOf(map)[by]!.enum as unknown[])[0] === written[by])
  return named.length > 0 ? named : maps.slice(0, 1)
}

function anyOf(maps: readonly Alternative[], key: string): JsonSchema {
  const each = maps.map((map) => propertiesOf(map)[key]!)
  return { ...each[0], enum: each.flatMap((schema) => schema.enum as unknown[]) }
}

/** Parameters stand beside a `strategy`: only its own make sense, and they say what they mean for it. */
function besideStrategy(map: Alternative, written: Plain, root: JsonSchema): Record<string, JsonSchema> {
  const all = propertiesOf(map)
  const policies = all.strategy && alternativesOf(all.strategy, root).find(isPolicyMap)
  if (!policies) return all
  const of = (schema: JsonSchema) =>
    Object.assign({}, ...mapsOf(schema, root).map(propertiesOf)) as Record<string, JsonSchema>
  const params = new Set(Object.values(propertiesOf(policies)).flatMap((one) => Object.keys(of(one))))
  const chosen = propertiesOf(policies)[String(written.strategy)]
  return {
    ...Object.fromEntries(Object.entries(all).filter(([name]) => !params.has(name))),
    ...(chosen ? of(chosen) : {}),
  }
}

export function mapsOf(schema: JsonSchema, root: JsonSchema): readonly Alternative[] {
  return alternativesOf(schema, root).filter(({ kind }) => kind === 'map')
}

/** Neither excluded by what is written nor without what it belongs to. */
function isInPlace({ schema }: Alternative, name: string, written: Plain): boolean {
  if (Object.hasOwn(written, name)) return true
  const rivals = ((schema.allOf ?? []) as { not?: { required: string[] } }[]).flatMap(({ not }) =>
    not?.required.includes(name) ? not.required.filter((other) => other !== name) : [],
  )
  if (rivals.some((rival) => Object.hasOwn(written, rival))) return false
  const owners = dependenciesOf(schema)[name]?.anyOf
  return !owners || owners.some(({ required }) => required.every((key) => Object.hasOwn(written, key)))
}

/** Something that is written needs it, or (the first of several) one of them. */
function isCalledFor({ schema }: Alternative, name: string, written: Plain): boolean {
  const isWritten = ({ required }: OneOf) => required.every((key) => Object.hasOwn(written, key))
  return Object.entries(dependenciesOf(schema)).some(([key, { required, allOf = [] }]) => {
    if (!Object.hasOwn(written, key)) return false
    const lacking = allOf.filter(({ anyOf }) => !anyOf.some(isWritten))
    return required?.includes(name) || lacking.some(({ anyOf }) => anyOf[0]?.required.includes(name))
  })
}

interface OneOf {
  readonly required: readonly string[]
}

interface Dependency {
  /** What it belongs to. */
  readonly anyOf?: readonly OneOf[]
  /** What it needs. */
  readonly required?: readonly string[]
  /** Groups of which it needs one each. */
  readonly allOf?: readonly { readonly anyOf: readonly OneOf[] }[]
}

function dependenciesOf(schema: JsonSchema): Readonly<Record<string, Dependency>> {
  return (schema.dependencies ?? {}) as Record<string, Dependency>
}

/** The values of all choices among alternatives. */
export function allChoices(alternatives: readonly Alternative[]) {
  return alternatives.filter(({ kind }) => kind === 'choice').flatMap(choicesOf)
}
