/** What may stand at one place, kind by kind: a schema without references and without "any of". */

import type { JsonSchema } from '../shapes/shape.ts'

export type AlternativeKind = 'map' | 'list' | 'choice' | 'number' | 'boolean' | 'quantity' | 'text'

export interface Alternative {
  readonly kind: AlternativeKind
  readonly schema: JsonSchema
  /** The definition that it stands in: `duration`, `service`. */
  readonly name: string | undefined
}

/** All alternatives of a schema; those of another way to write the same number (`60x`) are left out. */
export function alternativesOf(schema: JsonSchema, root: JsonSchema, name?: string): readonly Alternative[] {
  if (typeof schema.$ref === 'string') {
    const definition = schema.$ref.replace('#/definitions/', '')
    const found = (root.definitions as Record<string, JsonSchema>)[definition]
    return found ? alternativesOf(found, root, definition) : []
  }
  if (Array.isArray(schema.anyOf)) {
    return (schema.anyOf as JsonSchema[]).flatMap((one) => alternativesOf(one, root, name))
  }
  const kind = kindOf(schema)
  return kind ? [{ kind, schema, name }] : []
}

function kindOf(schema: JsonSchema): AlternativeKind | undefined {
  if ('const' in schema || 'enum' in schema) return 'choice'
  const types = [schema.type].flat()
  if (types.includes('object')) return 'map'
  if (types.includes('array')) return 'list'
  if (types.includes('boolean') && types.length === 1) return 'boolean'
  if (types.includes('number') || (types.includes('integer') && types.length === 1)) {
    return types.includes('string') ? 'text' : 'number'
  }
  if (!types.includes('string')) return undefined
  if ('pattern' in schema) return 'examples' in schema ? 'quantity' : undefined
  return 'text'
}

/** The values of a choice, each with its words where it has some. */
export function choicesOf({ schema }: Alternative): readonly { value: string | number; about: string }[] {
  const about = typeof schema.description === 'string' ? schema.description : ''
  if ('const' in schema) return [{ value: schema.const as string, about }]
  return ((schema.enum ?? []) as (string | number)[]).map((value) => ({ value, about: '' }))
}

export function propertiesOf({ schema }: Alternative): Readonly<Record<string, JsonSchema>> {
  return (schema.properties ?? {}) as Record<string, JsonSchema>
}

/** `{ exponential: { mean: 1s } }`: a map that names one policy, its parameters below. */
export function isPolicyMap({ kind, schema }: Alternative): boolean {
  return kind === 'map' && schema.maxProperties === 1 && 'properties' in schema
}
