/** Keys of the zoom: + and − anywhere but in a text field, 0 for everything, F for what has the focus, Escape back. */

import { type RefObject, useEffect } from 'react'
import type { StageZoom } from './use-zoom.ts'

const STEP = 1.5

export function useZoomKeys(
  stage: RefObject<HTMLElement | null>,
  zoom: StageZoom,
  isOneOfMany: boolean,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body
      const isInside = stage.current?.contains(target) ?? false
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isOneOfMany ? !isInside : isTaken(target)) return
      if (act(event.key, target, zoom, isInside)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [stage, zoom, isOneOfMany])
}

/** @returns whether the key was for the zoom */
function act(key: string, target: Element, zoom: StageZoom, isInside: boolean): boolean {
  switch (key) {
    case '+':
    case '=':
      zoom.by(STEP)
      return true
    case '-':
      zoom.by(1 / STEP)
      return true
    case '0':
      zoom.fit()
      return true
    case 'Escape':
      if (zoom.scale === 1) return false
      zoom.fit()
      return true
    case 'f':
    case 'F': {
      const part = isInside ? target.closest('[data-target]') : null
      if (part) zoom.fitScreen(boundsOf(part))
      return part !== null
    }
    default:
      return false
  }
}

/** A tier has no box of its own: that of what is in it. */
function boundsOf(part: Element): DOMRect {
  const parts = part.matches('.stage-tier')
    ? [...part.querySelectorAll('.stage-replica, .stage-title')]
    : [part]
  const rects = parts.map((one) => one.getBoundingClientRect())
  const left = Math.min(...rects.map((rect) => rect.left))
  const top = Math.min(...rects.map((rect) => rect.top))
  const right = Math.max(...rects.map((rect) => rect.right))
  const bottom = Math.max(...rects.map((rect) => rect.bottom))
  return new DOMRect(left, top, right - left, bottom - top)
}

function isTaken(target: Element): boolean {
  const typing =
    'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'
  return target.closest(`${typing}, [role="dialog"], [role="menu"], [role="listbox"]`) !== null
}
