/** Device pixels per CSS pixel, at most two, as it changes (zoom, another screen). */

import { useSyncExternalStore } from 'react'

const SHARPEST = 2

export function useRatio(): number {
  return Math.min(
    SHARPEST,
    useSyncExternalStore(subscribe, () => devicePixelRatio),
  )
}

/** A query holds for one ratio only, so each change asks for the next one. */
function subscribe(changed: () => void): () => void {
  let query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
  const next = () => {
    query.removeEventListener('change', next)
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener('change', next)
    changed()
  }
  query.addEventListener('change', next)
  return () => query.removeEventListener('change', next)
}
