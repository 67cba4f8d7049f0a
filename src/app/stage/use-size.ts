/**
 * The size of an element as it changes, and the length of a layout unit there: one CSS pixel, more where the
 * page's type is larger (4K, presenter), so that a replica grows with the words in it, or where the stage is
 * so large that it would stand there lost.
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
      const unit = unitFor(
        Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
        element.clientWidth,
        element.clientHeight,
      )
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

/** A stage larger than this, layout units, is enlarged, at most to so many times the size of the page's type. */
const AMPLE = { width: 1400, height: 720, most: 1.5 }

/** In eighths, so that most lengths stay whole pixels; usual type sizes are one pixel a unit. */
function unitFor(rootFontSize: number, width: number, height: number): number {
  const ofType = rootFontSize / 16
  const ofStage = Math.min(width / AMPLE.width, height / AMPLE.height, ofType * AMPLE.most)
  return Math.max(1, Math.round(Math.max(ofType, ofStage) * 8 - 0.25) / 8)
}
