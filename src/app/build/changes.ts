/** What the form changes: each is one step of the history, and a small change of the text. */

import { appendAt, removeAt, setAt } from '../../scenario/edit/at-path.ts'
import { policySample, sample } from '../../scenario/guide/control.ts'
import { keysOf, mapsOf } from '../../scenario/guide/narrow.ts'
import { type Path, plainMap, resolve, valueAt } from '../../scenario/guide/resolve.ts'
import { revise } from '../edits.ts'
import { dotted, type Sheet } from './sheet.ts'

export function put({ file, root }: Sheet, path: Path, value: unknown): void {
  const change = `${dotted(path)}: ${shortly(value)}`
  const parent = path.slice(0, -1)
  const [key] = path.slice(-1)
  const place = parent.length > 0 && typeof key === 'string' ? resolve(root, parent, file) : undefined
  const written = plainMap(valueAt(file, parent))
  const isVariant = path[0] === 'variants' && path.length === 3
  // Another rule or strategy: settings that only the old one had go with it.
  const allowed =
    place && !isVariant && typeof key === 'string'
      ? keysOf(mapsOf(place.schema, root), { ...written, [key]: value }, root)
      : []
  const strangers = Object.keys(written).filter(
    (name) => allowed.length > 0 && name !== key && !allowed.some((one) => one.name === name),
  )
  const wasKnown = strangers.filter((name) =>
    place ? keysOf(mapsOf(place.schema, root), written, root).some((one) => one.name === name) : false,
  )
  revise(change, (_, text) =>
    wasKnown.reduce((now, name) => removeAt(now, [...parent, name]), setAt(text, path, value)),
  )
}

export function take(path: Path): void {
  revise(`without ${dotted(path)}`, (_, text) => removeAt(text, path))
}

/** Adds a setting with a right value to begin with. */
export function addSetting(sheet: Sheet, path: Path, key: string): void {
  const place = resolve(sheet.root, [...path, key], sheet.file)
  if (place) put(sheet, [...path, key], sample(place.schema, sheet.root, sheet.file))
}

export function addItem(path: Path, item: unknown): void {
  revise(`${dotted(path)}: ${shortly(item)}`, (_, text) => appendAt(text, path, item))
}

/** Another policy, with what it cannot do without; what the old one said in the same words, or as a mean, stays. */
export function choosePolicy(sheet: Sheet, path: Path, name: string): void {
  const place = resolve(sheet.root, path, sheet.file)
  if (!place) return
  const fresh = policySample(place, name, sheet.root, sheet.file)
  const old = paramsIn(valueAt(sheet.file, path))
  const params = Object.entries(plainMap(plainMap(fresh)[name])).map(([key, value]) => [
    key,
    old[key] ?? value,
  ])
  put(sheet, path, params.length > 0 ? { [name]: Object.fromEntries(params) } : fresh)
}

/** One value in the place of a policy: the mean that the policy had. */
export function chooseBare(sheet: Sheet, path: Path, otherwise: unknown): void {
  put(sheet, path, paramsIn(valueAt(sheet.file, path)).mean ?? otherwise)
}

/** What a policy is given, with its one value as `mean` and `value` alike. */
function paramsIn(value: unknown): Readonly<Record<string, unknown>> {
  const [inside] = Object.values(plainMap(value))
  const bare = typeof value === 'object' ? (typeof inside === 'object' ? undefined : inside) : value
  const params = plainMap(inside)
  const mean = bare ?? params.mean ?? params.value
  return { ...params, ...(mean === undefined ? {} : { mean, value: mean }) }
}

/** What was typed, as the file has it: numbers and yes or no as such. */
export function written(typed: string, isText: boolean): string | number | boolean {
  const text = typed.trim()
  if (isText) return text
  if (/^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text)))
    return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}

const LONGEST = 40

function shortly(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
