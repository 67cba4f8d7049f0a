/**
 * Reads and changes scenario files. It is large, so the page does not wait for it: the engine reads the first
 * scenario, and the reader comes while its picture is already there. From then on every edit is made at once.
 */

import { notice } from './stores/notice.ts'

export type Reader = typeof import('./reader-parts.ts')

let here: Reader | undefined
let loading: Promise<Reader> | undefined

export function loadReader(): Promise<Reader> {
  loading ??= import('./reader-parts.ts').then((parts) => {
    here = parts
    return parts
  })
  // Another try may find what this one did not.
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

export function isReaderHere(): boolean {
  return here !== undefined
}

/** For those who come after `isReaderHere` or `withReader`. */
export function reader(): Reader {
  if (!here) throw new Error('the reader has not been loaded yet')
  return here
}

/** Uses the reader at once when it is here, else as soon as it is; in the order of the calls. */
export function withReader(use: (reader: Reader) => void): void {
  if (here) use(here)
  else
    loadReader().then(use, () => {
      notice.setState({ text: 'The part that reads scenarios could not be loaded: is the connection down?' })
    })
}
