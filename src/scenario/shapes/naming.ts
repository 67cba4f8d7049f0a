/** Texts that name something of the file: whoever offers names learns from the schema which. */

import type { Shape } from './shape.ts'

/**
 * `replica`: a tier or one replica of it; `sender`: that, or a balancer; `cache`: of a tier with a cache; `checked`: a tier
 * with active checks; `figure`: an expectation begins with one.
 */
export type Naming =
  | 'replica'
  | 'sender'
  | 'cache'
  | 'tier'
  | 'checked'
  | 'balancer'
  | 'client'
  | 'zone'
  | 'figure'

/** The keyword of the schema; validators pass over what they do not know. */
export const NAMES = 'x-names'

export function naming<T>(what: Naming, shape: Shape<T>): Shape<T> {
  return { ...shape, schema: (definitions) => ({ ...shape.schema(definitions), [NAMES]: what }) }
}
