/**
 * The size of an element as it changes, and the length of a layout unit there: one CSS pixel, more where the
 * page's type is larger (4K, presenter), so that a replica grows with the words in it.
 */

import { type RefObject, useLayoutEffect, useState } from 'react'

export interface Size {
  /** Layout units; 0 x 0 before they are known. */
  readonly width: number
  readonly height: number
  /** CSS pixels of a layout unit: 1, 1.125, 1.25, … */
  readonly unit: number
}

const NONE: Size = { width: 0, height: 0, unit: 1 }

export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState(NONE)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      const unit = unitFor(Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
      const width = Math.floor(element.clientWidth / unit)
      const height = Math.floor(element.clientHeight / unit)
      const isSame = (old: Size) => old.width === width && old.height === height && old.unit === unit
      setSize((old) => (isSame(old) ? old : { width, height, unit }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}

/** In eighths, so that most lengths stay whole pixels; usual type sizes are one pixel a unit. */
function unitFor(rootFontSize: number): number {
  return Math.max(1, Math.round((rootFontSize / 16) * 8 - 0.25) / 8)
}
