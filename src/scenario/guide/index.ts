/** Helps whoever writes a scenario: what may stand where, what it means, and what can be written next. */

import { schemaOnce } from '../schema.ts'
import { type Explained, explain as explainIn, type Hint, keyHints, valueHints } from './hints.ts'
import { placeToComplete, placeUnder, readLoosely } from './place-at.ts'
import type { Path } from './resolve.ts'

export type { Explained, Hint } from './hints.ts'

export interface Completion {
  readonly from: number
  readonly to: number
  readonly hints: readonly Hint[]
}

/** What can be written at a position of a text; undefined when nothing is known of it. */
export function completionAt(text: string, at: number): Completion | undefined {
  const place = placeToComplete(text, at)
  if (!place) return undefined
  const { path, isKey, isBlock, file, from, to } = place
  const root = schemaOnce()
  const keys = isKey ? keyHints(root, path, file, isBlock) : []
  // Where only one key is begun it may still become a value instead: `balancing:` and then a name below.
  const values = isKey && !isBlock ? [] : !isKey || isEmpty(file, path) ? valueHints(root, path, file) : []
  const hints = [...keys, ...values.filter(({ label }) => !isKey || !label.startsWith('{'))]
  return hints.length > 0 ? { from, to, hints } : undefined
}

function isEmpty(file: unknown, path: Path): boolean {
  let at: unknown = file
  for (const step of path) at = (at as Record<string | number, unknown> | null | undefined)?.[step]
  return path.length > 0 && typeof at === 'object' && at !== null && Object.keys(at).length === 0
}

/** What stands at a position, explained, and from where to where it stands. */
export function explainAt(
  text: string,
  at: number,
): (Explained & { readonly from: number; readonly to: number }) | undefined {
  const place = placeUnder(text, at)
  const explained = place && explainIn(schemaOnce(), place.path, readLoosely(text))
  return explained && { ...explained, from: place.from, to: place.to }
}
