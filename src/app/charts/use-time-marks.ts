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

export function useTimeMarks({ duration, width, span }: TimeScale, marks: TimeMarks): void {
  const { playhead: line, veil, cursor: pointer } = marks
  const from = span?.from ?? 0
  const to = span?.to ?? duration
  useEffect(() => {
    const scale = { duration, width, span: { from, to } }
    let lastX = Number.NaN
    let lastPointer: number | undefined
    return onFrame(() => {
      const x = Math.round(toX(scale, playhead.getState().at) * 4) / 4
      if (x !== lastX) {
        lastX = x
        if (line.current) place(line.current, x, width)
        if (veil.current)
          veil.current.style.transform = `translateX(${Math.min(width + 1, Math.max(0, x))}px)`
      }
      const { at } = cursor.getState()
      if (at === lastPointer) return
      lastPointer = at
      if (pointer.current) place(pointer.current, at === undefined ? -1 : toX(scale, at), width)
    }, THEN_CHARTS)
  }, [duration, width, from, to, line, veil, pointer])
}

/** A line that is out of sight is not there. */
function place(line: HTMLElement, x: number, width: number): void {
  const isInSight = x >= -0.5 && x <= width + 0.5
  line.style.visibility = isInSight ? 'visible' : 'hidden'
  if (isInSight) line.style.transform = `translateX(${x}px)`
}
