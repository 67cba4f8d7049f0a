/** The named parts of a scenario, tiers and populations: added, renamed, moved and removed, with all that refers to them. */

import { schemaOnce } from '../schema.ts'
import { plain } from '../source/tree.ts'
import { changed, type EditPath, setAt } from './at-path.ts'
import { moveEntry, renameKey } from './order.ts'
import { type Named, replaceReferences } from './references.ts'
import { treeIn } from './revise.ts'
import { isSame } from './same.ts'

/** The text with one more entry in the map at `path`, at place `to` (the last one when left out). */
export function addNamed(text: string, path: EditPath, id: string, value: unknown, to?: number): string {
  const added = setAt(text, [...path, id], value)
  return to === undefined ? added : moveEntry(added, path, id, to)
}

/** The text in which a tier or population has another name, wherever it is spoken of; one that is taken changes nothing. */
export function renamePart(text: string, part: Named, to: string): string {
  const { kind, id } = part
  const before = fileIn(text)
  const all = before?.[kind]
  if (!before || !isMap(all) || !Object.hasOwn(all, id) || Object.hasOwn(all, to)) return text
  const after = replaceReferences(before, part, schemaOnce(), (renamed) => renamed(to))
  const wanted = { ...(after as object), [kind]: renamedIn((after as Plain)[kind] as Plain, id, to) }
  // Keys first, as lines that stay where they are; what is left are values.
  let now = renameKey(text, [kind], id, to)
  for (const [name, set] of Object.entries(isMap(before.variants) ? before.variants : {})) {
    for (const path of Object.keys(isMap(set) ? set : {})) {
      const start = `${kind}.${id}`
      if (path !== start && !path.startsWith(`${start}.`)) continue
      now = renameKey(now, ['variants', name], path, `${kind}.${to}${path.slice(start.length)}`)
    }
  }
  return changed(now, () => wanted)
}

export interface Removal {
  readonly text: string
  /** Entries that went with it, as they referred to it: `faults`, `expect`, `variants`, with how many of each. */
  readonly also: Readonly<Record<string, number>>
}

/** The text without a tier or population and without all that refers to it. */
export function removePart(text: string, part: Named): Removal {
  const { kind, id } = part
  const before = fileIn(text)
  const all = before?.[kind]
  if (!before || !isMap(all) || !Object.hasOwn(all, id)) return { text, also: {} }
  const { [id]: _, ...others } = all
  const after = replaceReferences({ ...before, [kind]: others }, part, schemaOnce(), () => undefined) as Plain
  const variants = isMap(after.variants) ? after.variants : {}
  const had = isMap(before.variants) ? before.variants : {}
  // A variant that sets nothing any more would only be the scenario again.
  const left = Object.entries(variants).filter(([name, set]) => !isEmpty(set) || isEmpty(had[name]))
  const wanted: Plain = isMap(after.variants) ? { ...after, variants: Object.fromEntries(left) } : after
  const lost = (key: string) => count(before[key]) - count(wanted[key])
  const also = ['faults', 'rollouts', 'variants', 'expect'].map((key) => [key, lost(key)] as const)
  return {
    text: changed(text, () => withoutEmpty(wanted, before)),
    also: Object.fromEntries(also.filter(([, many]) => many > 0)),
  }
}

/** The text in which a tier or population stands at place `to`, from 0. */
export function movePart(text: string, { kind, id }: Named, to: number): string {
  return moveEntry(text, [kind], id, to)
}

/** A name like `id` that none has yet: `web`, `web-2`, … */
export function freeName(text: string, id: string): string {
  const file = fileIn(text) ?? {}
  const taken = new Set(
    ['tiers', 'clients', 'variants'].flatMap((key) => (isMap(file[key]) ? Object.keys(file[key]) : [])),
  )
  let name = id
  for (let n = 2; taken.has(name); n++) name = `${id}-${n}`
  return name
}

type Plain = Record<string, unknown>

function fileIn(text: string): Plain | undefined {
  const tree = treeIn(text)
  return tree && (plain(tree) as Plain)
}

/** Lists and variants that had something and have nothing now go as a whole. */
function withoutEmpty(after: Plain, before: Plain): Plain {
  const isGone = (key: string) =>
    ['faults', 'rollouts', 'variants', 'expect'].includes(key) &&
    count(after[key]) === 0 &&
    count(before[key]) > 0
  return Object.fromEntries(Object.entries(after).filter(([key]) => !isGone(key)))
}

function renamedIn(map: Plain, id: string, to: string): Plain {
  return Object.fromEntries(Object.entries(map).map(([key, of]) => [key === id ? to : key, of]))
}

function count(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

function isEmpty(value: unknown): boolean {
  return isSame(value, {}) || value === null
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
