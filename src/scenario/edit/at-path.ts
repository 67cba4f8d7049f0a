/** Sets, takes out and adds what stands at a path of a scenario's text; a path is keys, and numbers of items from 0. */

import { plain } from '../source/tree.ts'
import { revise, treeIn } from './revise.ts'

export type EditPath = readonly (string | number)[]

type Plain = Record<string, unknown>

/** The text that says `value` at `path`; maps on the way there are made. One that cannot be read stays as it is. */
export function setAt(text: string, path: EditPath, value: unknown): string {
  return changed(text, (file) => put(file, path, value))
}

/** The text without what stands at `path`; comments on lines of their own stay. */
export function removeAt(text: string, path: EditPath): string {
  return changed(text, (file) => without(file, path))
}

/** The text with one more item at the end of the list at `path`, which is made where there is none. */
export function appendAt(text: string, path: EditPath, item: unknown): string {
  return changed(text, (file) => {
    const list = path.reduce<unknown>((at, step) => (at as Plain | null | undefined)?.[step as string], file)
    return put(file, path, [...(Array.isArray(list) ? list : []), item])
  })
}

/** The text that says what `change` makes of what it says. */
export function changed(text: string, change: (file: unknown) => unknown): string {
  const tree = treeIn(text)
  if (!tree) return text
  const after = change(plain(tree))
  return after === undefined ? text : revise(text, tree, after)
}

/** Undefined when there is no such place. */
function put(at: unknown, [step, ...rest]: EditPath, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(at)) {
    const index = Number(step)
    if (!Number.isInteger(index) || index < 0 || index >= at.length) return undefined
    const item = put(at[index], rest, value)
    return item === undefined ? undefined : at.with(index, item)
  }
  if (typeof step === 'number' || (typeof at !== 'object' && at !== undefined)) return undefined
  const map: Plain = (at as Plain | null) ?? {}
  const item = put(Object.hasOwn(map, step) ? map[step] : undefined, rest, value)
  return item === undefined ? undefined : { ...map, [step]: item }
}

function without(at: unknown, [step, ...rest]: EditPath): unknown {
  if (typeof at !== 'object' || at === null || step === undefined || !Object.hasOwn(at, step))
    return undefined
  if (rest.length > 0) {
    const inside = without((at as Plain)[step], rest)
    if (inside === undefined) return undefined
    return Array.isArray(at) ? at.with(Number(step), inside) : { ...at, [step]: inside }
  }
  if (Array.isArray(at)) return at.toSpliced(Number(step), 1)
  const { [step]: _, ...others } = at as Plain
  return others
}
