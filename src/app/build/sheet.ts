/** What the form is filled from: the text on show as data, its problems, the schema. */

import { type ComponentType, createContext, useContext } from 'react'
import type { Path } from '../../scenario/guide/resolve.ts'
import type { Problem } from '../../scenario/problem.ts'
import type { JsonSchema } from '../../scenario/shapes/shape.ts'

export interface FieldProps {
  readonly path: Path
  /** Its last key in words, when left out. */
  readonly label?: string
}

export interface Sheet {
  readonly file: unknown
  readonly problems: readonly Problem[]
  readonly root: JsonSchema
  /** One setting; settings are made of settings, so it is handed down. */
  readonly Field: ComponentType<FieldProps>
}

export const SheetContext = createContext<Sheet | undefined>(undefined)

export function useSheet(): Sheet {
  const sheet = useContext(SheetContext)
  if (!sheet) throw new Error('a part of the form stands outside of it')
  return sheet
}

/** As problems have it: items are counted from 1. */
export function dotted(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? step + 1 : step)).join('.')
}

/** `fastInterval` as `fast interval`. */
export function words(name: string): string {
  return name.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
  )
}
