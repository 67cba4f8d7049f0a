/** Moves a plot's playhead, its veil over the future and the common cursor, in the frame loop. */

import { type RefObject, useEffect } from 'react'
import { onFrame, THEN_CHARTS } from '../frame-loop.ts'
import { playhead } from '../stores/playhead.ts'
import { cursor } from '../stores/shown.ts'
import { type TimeScale, toX } from './time-scale.ts'

export interface TimeMarks {
  readonly playhead: RefObject<HTMLElement | null>
  readonly veil: RefObject<HTMLElement | null>
  readonly cursor: RefObject<HTMLElement | null>
}

export function useTimeMarks({ duration, width }: TimeScale, marks: TimeMarks): void {
  const { playhead: line, veil, cursor: pointer } = marks
  useEffect(() => {
    const scale = { duration, width }
    let lastX = Number.NaN
    let lastPointer: number | undefined
    return onFrame(() => {
      const x = Math.round(toX(scale, playhead.getState().at) * 4) / 4
      if (x !== lastX) {
        lastX = x
        if (line.current) line.current.style.transform = `translateX(${x}px)`
        if (veil.current) veil.current.style.transform = `translateX(${x}px)`
      }
      const { at } = cursor.getState()
      if (at === lastPointer) return
      lastPointer = at
      if (!pointer.current) return
      pointer.current.style.visibility = at === undefined ? 'hidden' : 'visible'
      if (at !== undefined) pointer.current.style.transform = `translateX(${toX(scale, at)}px)`
    }, THEN_CHARTS)
  }, [duration, width, line, veil, pointer])
}
