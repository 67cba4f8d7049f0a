/** The timed entries of the text on show, as soon as the reader is here. */

import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { TimedEntry } from '../../scenario/edit/entries.ts'
import { isReaderHere, loadReader, reader } from '../reader.ts'
import { draft } from '../stores/draft.ts'

/** undefined before, and while the text has problems: what is on show then is not what it says. */
export function useEntries(): readonly TimedEntry[] | undefined {
  const text = useStore(draft, (state) => (state.text === state.source ? state.text : undefined))
  const [isHere, setHere] = useState(isReaderHere)
  useEffect(() => {
    if (isHere) return
    let isWanted = true
    loadReader().then(
      () => isWanted && setHere(true),
      () => undefined, // whoever edits is told
    )
    return () => {
      isWanted = false
    }
  }, [isHere])
  return useMemo(() => (isHere && text !== undefined ? reader().entriesOf(text) : undefined), [isHere, text])
}
