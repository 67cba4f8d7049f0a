/** The stage's colours, read again whenever the theme changes. */

import { type RefObject, useEffect, useState } from 'react'
import { type Palette, readPalette } from './palette.ts'

/** undefined before the first reading. */
export function usePalette(ref: RefObject<Element | null>): Palette | undefined {
  const [palette, setPalette] = useState<Palette>()
  useEffect(() => {
    const read = () => {
      if (ref.current !== null) setPalette(readPalette(ref.current))
    }
    read()
    const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
      matchMedia(query),
    )
    for (const query of queries) query.addEventListener('change', read)
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, {
      attributeFilter: ['class', 'style', 'data-theme', 'data-palette', 'data-contrast'],
    })
    return () => {
      for (const query of queries) query.removeEventListener('change', read)
      observer.disconnect()
    }
  }, [ref])
  return palette
}
