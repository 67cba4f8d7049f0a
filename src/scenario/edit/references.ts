/** Where a scenario refers to a tier or a client population by name; found by what the schema says of each place. */

import { alternativesOf, propertiesOf } from '../guide/alternatives.ts'
import { resolve } from '../guide/resolve.ts'
import { NAMES, type Naming } from '../shapes/naming.ts'
import type { JsonSchema } from '../shapes/shape.ts'

export type NamedKind = 'tiers' | 'clients'

/** A tier or population by its name. */
export interface Named {
  readonly kind: NamedKind
  readonly id: string
}

const TIER: readonly Naming[] = ['replica', 'sender', 'cache', 'tier', 'checked']

/** What a text that refers to `named` says when that is called `to`; undefined when it does not refer to it. */
function renamed(what: Naming, text: string, { kind, id }: Named, to: string): string | undefined {
  if (what === 'figure') {
    const start = `${kind}.${id}.`
    if (!text.trimStart().startsWith(start)) return undefined
    return text.replace(start, `${kind}.${to}.`).replace(`.replicas.${id}/`, `.replicas.${to}/`)
  }
  if (kind === 'clients') return what === 'client' && text === id ? to : undefined
  if (!TIER.includes(what)) return undefined
  if (text === id) return to
  return text.startsWith(`${id}/`) ? to + text.slice(id.length) : undefined
}

/** A visitor of references: what to put in the place of each; undefined takes it out. */
export type Replace = (renamed: (to: string) => string) => string | undefined

/** The file with every reference to `named` replaced; an item of a list goes as a whole with one that is taken out. */
export function replaceReferences(file: unknown, named: Named, root: JsonSchema, replace: Replace): unknown {
  return walk(file, root, [])

  function walk(value: unknown, schema: JsonSchema, path: readonly (string | number)[]): unknown {
    const alternatives = alternativesOf(schema, root)
    if (typeof value === 'string') {
      const what = alternatives.map((one) => one.schema[NAMES]).find((one) => one !== undefined) as Naming
      const refers = what !== undefined && renamed(what, value, named, '') !== undefined
      return refers ? replace((to) => renamed(what, value, named, to) ?? value) : value
    }
    if (Array.isArray(value)) {
      const item = alternatives.find(({ kind }) => kind === 'list')?.schema.items
      if (!item) return value
      const items = value.map((one, i) => walk(one, item as JsonSchema, [...path, i]))
      return items.filter((one, i) => one !== undefined && !hasLost(value[i], one))
    }
    if (typeof value !== 'object' || value === null) return value
    const isVariant = path.length === 2 && path[0] === 'variants'
    const entries = Object.entries(value).flatMap(([key, of]) => {
      const now = isVariant ? renamedPath(key) : key
      if (now === undefined) return []
      const inside = [...path, key]
      const next = isVariant
        ? resolve(root, inside, file)?.schema
        : alternatives
            .filter(({ kind }) => kind === 'map')
            .map((map) => propertiesOf(map)[key] ?? map.schema.additionalProperties)
            .find((one) => typeof one === 'object')
      const found = next ? walk(of, next as JsonSchema, isVariant ? [] : inside) : of
      return found === undefined ? [] : [[now, found] as const]
    })
    return Object.fromEntries(entries)
  }

  function renamedPath(path: string): string | undefined {
    const start = `${named.kind}.${named.id}`
    if (path !== start && !path.startsWith(`${start}.`)) return path
    return replace((to) => `${named.kind}.${to}${path.slice(start.length)}`)
  }
}

/** A key of a map went: what is left of the item makes no sense. */
function hasLost(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null)
    return false
  return Object.keys(before).length !== Object.keys(after).length
}
