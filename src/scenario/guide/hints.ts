/** What can be written at a place: keys that are not there yet, and values. */

import { NAMES, type Naming } from '../shapes/naming.ts'
import type { JsonSchema } from '../shapes/shape.ts'
import { type Alternative, isPolicyMap, propertiesOf } from './alternatives.ts'
import { namesFor } from './names.ts'
import { allChoices, keysOf, mapsOf } from './narrow.ts'
import { type Known, knownOf, type Path, plainMap, resolve, valueAt } from './resolve.ts'
import { allowedAt, standardText } from './words.ts'

export interface Hint {
  readonly label: string
  /** What it means: a sentence, or "". */
  readonly about: string
  /** Beside the label: what is allowed there, or its default. */
  readonly detail: string
  /** What to write, with `#{…}` around what is to be filled in. */
  readonly insert: string
  readonly kind: 'key' | 'value' | 'name'
  readonly isNeeded: boolean
}

/** More names than anyone would look through. */
const MOST_NAMES = 400

/** Keys that may stand in the map at `path` and are not written yet; `isBlock`: each on a line of its own. */
export function keyHints(root: JsonSchema, path: Path, file: unknown, isBlock: boolean): readonly Hint[] {
  if (path[0] === 'variants' && path.length === 2) return settingHints(root, file)
  const place = resolve(root, path, file)
  if (!place) return []
  const written = plainMap(valueAt(file, path))
  const maps = place.alternatives.filter(({ kind }) => kind === 'map')
  return keysOf(maps, written, root)
    .filter(({ name }) => !Object.hasOwn(written, name))
    .map(({ name, schema, isNeeded }) => {
      const known = knownOf(schema, root, isNeeded)
      const standard = standardText(known.standard)
      const detail = isNeeded ? 'needed' : standard === undefined ? '' : `default ${standard}`
      const insert = `${name}:${valueInsert(known, root, isBlock)}`
      return { label: name, about: known.about, detail, insert, kind: 'key', isNeeded }
    })
}

/** Dotted paths that a variant may set: the keys of tiers and clients, and of the file itself. */
function settingHints(root: JsonSchema, file: unknown): readonly Hint[] {
  const { tiers, clients } = plainMap(file)
  const under = [
    ...Object.keys(plainMap(tiers)).map((id) => ['tiers', id]),
    ...Object.keys(plainMap(clients)).map((id) => ['clients', id]),
  ]
  const own = keyHints(root, [], {}, false).filter(({ label }) => !OUTSIDE.includes(label))
  const below = under.flatMap((path) =>
    keysOf(mapsAt(root, path, file), {}, root).map(({ name, schema, isNeeded }): Hint => {
      const { about } = knownOf(schema, root, isNeeded)
      const label = [...path, name].join('.')
      return { label, about, detail: '', insert: `${label}: #{}`, kind: 'key', isNeeded: false }
    }),
  )
  return [...own, ...below]
}

/** What a variant cannot change as a whole. */
const OUTSIDE = ['$schema', 'format', 'variants', 'tiers', 'clients']

function mapsAt(root: JsonSchema, path: Path, file: unknown): readonly Alternative[] {
  return resolve(root, path, file)?.alternatives.filter(({ kind }) => kind === 'map') ?? []
}

/** What follows a key's colon. */
function valueInsert({ alternatives, schema }: Known, root: JsonSchema, isBlock: boolean): string {
  const kinds = new Set(alternatives.map(({ kind }) => kind))
  if (kinds.size === 1 && kinds.has('list')) return isBlock ? '\n  - #{}' : ' [#{}]'
  if (kinds.size > 1 || !kinds.has('map')) return ' #{}'
  const [first] = mapsOf(schema, root)
  if (first && Object.keys(propertiesOf(first)).length === 0) return isBlock ? '\n  #{}' : ' { #{} }'
  const needed = keysOf(mapsOf(schema, root), {}, root).filter(({ isNeeded }) => isNeeded)
  const inside = needed.map(({ name }) => `${name}: #{}`).join(', ')
  return ` { ${inside || '#{}'} }`
}

/** Values that may stand at `path`. */
export function valueHints(root: JsonSchema, path: Path, file: unknown): readonly Hint[] {
  const place = resolve(root, path, file)
  if (!place) return []
  const standard = standardText(place.standard)
  const hints = [
    ...allChoices(place.alternatives).map(({ value, about }) => hint(String(value), about)),
    ...place.alternatives.flatMap((one) => ofKind(one, root, file)),
  ]
  const isDefault = ({ label }: Hint) => label === standard
  if (standard !== undefined && !hints.some(isDefault)) hints.unshift(hint(standard, ''))
  const found = hints.map((one) => (isDefault(one) ? { ...one, detail: 'default' } : one))
  return [...new Map(found.map((one) => [one.label, one])).values()]
}

function ofKind(alternative: Alternative, root: JsonSchema, file: unknown): Hint[] {
  const { kind, schema, name } = alternative
  if (kind === 'boolean') return [hint('true', ''), hint('false', '')]
  if (kind === 'quantity') {
    return ((schema.examples ?? []) as string[]).map((text) => hint(text, `A ${name}.`))
  }
  if (isPolicyMap(alternative)) {
    return Object.entries(propertiesOf(alternative)).map(([policy, of]) => {
      const { about } = knownOf(of, root, true)
      const keys = keysOf(mapsOf(of, root), {}, root)
      const needed = keys.filter(({ isNeeded }) => isNeeded).map((key) => `${key.name}: #{}`)
      const insert = `{ ${policy}: { ${needed.join(', ') || '#{}'} } }`
      const label = `{ ${policy}: … }`
      return {
        label,
        about,
        detail: keys.map((key) => key.name).join(', '),
        insert,
        kind: 'value',
        isNeeded: false,
      }
    })
  }
  const what = schema[NAMES] as Naming | undefined
  if (kind !== 'text' || what === undefined) return []
  return namesFor(what, file)
    .slice(0, MOST_NAMES)
    .map((text) => ({ ...hint(text, ''), kind: 'name' }))
}

function hint(label: string, about: string): Hint {
  return { label, about, detail: '', insert: label, kind: 'value', isNeeded: false }
}

/** What is known of a place, for people. */
export interface Explained {
  readonly path: string
  readonly about: string
  readonly allowed: string
  readonly standard: string | undefined
}

export function explain(root: JsonSchema, path: Path, file: unknown): Explained | undefined {
  if (path.length === 0) return undefined
  const place = resolve(root, path, file)
  if (!place) return undefined
  const shown = path.map((step) => (typeof step === 'number' ? step + 1 : step)).join('.')
  const choice = allChoices(place.alternatives).find(({ value }) => value === valueAt(file, path))
  const about = choice?.about ? `${place.about} ${choice.value}: ${choice.about}` : place.about
  return {
    path: shown,
    about,
    allowed: allowedAt(place),
    standard: standardText(place.standard),
  }
}
