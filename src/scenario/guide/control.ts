/** How a place of a file can be filled in on a form: picked, typed, as settings of its own, as a list. */

import { NAMES, type Naming } from '../shapes/naming.ts'
import type { JsonSchema } from '../shapes/shape.ts'
import { type Alternative, choicesOf, isPolicyMap, propertiesOf } from './alternatives.ts'
import { namesFor } from './names.ts'
import { allChoices, keysOf, mapsOf } from './narrow.ts'
import { type Known, knownOf, plainMap } from './resolve.ts'
import { isNumberToo } from './words.ts'

export interface Option {
  readonly value: string | number | boolean
  readonly about: string
}

/** Other ways to say the same place. */
export type Manner = 'plain' | 'settings' | 'list'

export type Control = (
  | { readonly kind: 'pick'; readonly options: readonly Option[] }
  | { readonly kind: 'type'; readonly suggestions: readonly string[]; readonly isText: boolean }
  | { readonly kind: 'settings' }
  | { readonly kind: 'list' }
  /** `chosen`: its name; "" for a bare value, undefined for nothing yet. */
  | {
      readonly kind: 'policy'
      readonly options: readonly Option[]
      readonly chosen: string | undefined
      readonly hasBare: boolean
    }
) & { readonly others: readonly Manner[] }

const MOST_SUGGESTIONS = 300

/** What fits a place that says `value` now. */
export function controlOf(known: Known, value: unknown, file: unknown): Control {
  const { alternatives } = known
  const policies = alternatives.find(isPolicyMap)
  if (policies) {
    const names = Object.entries(propertiesOf(policies)).map(([name, schema]) => ({
      value: name,
      about: String(schema.description ?? ''),
    }))
    const hasBare = alternatives.some(({ kind }) => kind === 'quantity' || kind === 'number')
    return { kind: 'policy', options: names, chosen: chosenIn(value, names), hasBare, others: [] }
  }
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  const has = (kind: string) => alternatives.some((one) => one.kind === kind)
  const scalars = alternatives.filter(({ kind }) => kind !== 'map' && kind !== 'list')
  const manners: Manner[] = [
    ...(scalars.some((one) => !isNone(one)) ? ['plain' as const] : []),
    ...(has('map') ? ['settings' as const] : []),
    ...(has('list') ? ['list' as const] : []),
  ]
  const now: Manner = isMap ? 'settings' : Array.isArray(value) ? 'list' : (manners[0] ?? 'plain')
  const others = manners.filter((manner) => manner !== now)
  if (now !== 'plain') return { kind: now, others }
  const options = scalars.every(({ kind }) => kind === 'choice' || kind === 'boolean')
  if (options) return { kind: 'pick', options: picks(known), others }
  const names = scalars.flatMap(({ kind, schema }) =>
    kind === 'text' && schema[NAMES] ? namesFor(schema[NAMES] as Naming, file) : [],
  )
  const suggestions = [...allChoices(scalars).map(({ value: of }) => String(of)), ...names]
  const isText = scalars.every(({ kind, schema }) => kind === 'text' && !isNumberToo(schema))
  return { kind: 'type', suggestions: suggestions.slice(0, MOST_SUGGESTIONS), isText, others }
}

function picks({ alternatives }: Known): readonly Option[] {
  return alternatives.flatMap((one): readonly Option[] => {
    if (one.kind === 'boolean') return [true, false].map((value) => ({ value, about: '' }))
    return one.kind === 'choice' ? choicesOf(one) : []
  })
}

function chosenIn(value: unknown, names: readonly Option[]): string | undefined {
  if (value === undefined || value === null) return undefined
  const [key] = Object.keys(plainMap(value))
  const name = key ?? String(value)
  return names.some((one) => one.value === name) ? name : ''
}

/** A right value for a place, as a start: its default, what it needs, or an example. */
export function sample(schema: JsonSchema, root: JsonSchema, file: unknown): unknown {
  const { alternatives, standard } = knownOf(schema, root, true)
  if (standard !== undefined && !isEmptyMap(standard) && !isEmptyList(standard)) return standard
  const [first, second] = alternatives
  const one = first && isNone(first) ? second : first
  if (!one) return undefined
  switch (one.kind) {
    case 'quantity':
      // Of durations the longer example: some settings have a least of a second.
      return ((one.schema.examples ?? []) as string[]).at(one.name === 'duration' ? -1 : 0)
    case 'boolean':
      return true
    case 'choice':
      return choicesOf(one).find(({ value }) => value !== 'none')?.value
    case 'number':
      return Math.max(Number(one.schema.minimum ?? 0), one.schema.exclusiveMinimum === undefined ? 1 : 2)
    case 'text': {
      const what = one.schema[NAMES] as Naming | undefined
      const name = what && namesFor(what, file)[0]
      return what === 'figure' ? 'availability > 99%' : (name ?? 'text')
    }
    case 'list':
      return Number(one.schema.minItems ?? 0) > 0 ? [sample(one.schema.items as JsonSchema, root, file)] : []
    case 'map':
      return withNeeded(schema, {}, root, file)
  }
}

/** `none` takes a setting away, which only a variant has a use for. */
function isNone({ schema }: Alternative): boolean {
  return schema.const === 'none' || String(schema.enum) === 'none'
}

/** Settings with what they need beside them. */
export function withNeeded(
  schema: JsonSchema,
  written: Readonly<Record<string, unknown>>,
  root: JsonSchema,
  file: unknown,
): Record<string, unknown> {
  const needed = keysOf(mapsOf(schema, root), written, root).filter(
    ({ name, isNeeded }) => isNeeded && !Object.hasOwn(written, name),
  )
  return {
    ...written,
    ...Object.fromEntries(needed.map(({ name, schema: of }) => [name, sample(of, root, file)])),
  }
}

/** What a policy is written as when it is first chosen: its name, with what it cannot do without. */
export function policySample(known: Known, name: string, root: JsonSchema, file: unknown): unknown {
  const policies = known.alternatives.find(isPolicyMap)
  const schema = policies && propertiesOf(policies)[name]
  const params = schema ? withNeeded(schema, {}, root, file) : {}
  return Object.keys(params).length === 0 ? name : { [name]: params }
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
