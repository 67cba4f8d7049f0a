/**
 * Whether the picture must keep still: `data-motion="reduced"` (or `full`) on the document decides, and
 * without it what the system prefers.
 */

import { useSyncExternalStore } from 'react'

const PREFERS_LESS = '(prefers-reduced-motion: reduce)'

export function useMotion(): boolean {
  return useSyncExternalStore(subscribe, isStill)
}

function isStill(): boolean {
  const chosen = document.documentElement.dataset.motion
  if (chosen === 'reduced') return true
  return chosen !== 'full' && matchMedia(PREFERS_LESS).matches
}

function subscribe(changed: () => void): () => void {
  const query = matchMedia(PREFERS_LESS)
  query.addEventListener('change', changed)
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-motion'] })
  return () => {
    query.removeEventListener('change', changed)
    observer.disconnect()
  }
}
