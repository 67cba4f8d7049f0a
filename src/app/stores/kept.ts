/**
 * What the browser keeps for the next visit. Where it keeps nothing (its storage is full, or forbidden as in some
 * private windows) everything works as before, and a sentence says once what that means.
 */

import { createJSONStorage, type PersistStorage } from 'zustand/middleware'
import { notice } from './notice.ts'

let isTold = false

/** Options of a store that is kept under a name. */
export function kept<T>(name: string): {
  readonly name: string
  readonly version: number
  readonly storage: PersistStorage<T> | undefined
} {
  return { name, version: 1, storage: createJSONStorage<T>(() => BROWSER) }
}

/** @returns whether it was kept */
export function keep(storage: () => Storage, key: string, value: string): boolean {
  try {
    storage().setItem(key, value)
    return true
  } catch {
    return false
  }
}

/** Says once that nothing is kept. */
export function tellThatNothingIsKept(): void {
  if (isTold) return
  isTold = true
  notice.setState({
    text: 'This browser keeps nothing: its storage is full or forbidden. Everything works, but a reload begins anew.',
  })
}

const BROWSER = {
  getItem(key: string): string | null {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },
  setItem(key: string, value: string): void {
    if (!keep(() => localStorage, key, value) && 'document' in globalThis) tellThatNothingIsKept()
  },
  removeItem(key: string): void {
    try {
      localStorage.removeItem(key)
    } catch {
      // There is nothing to remove.
    }
  },
}
