/** A surface over time: moving the pointer moves the common cursor, pressing and dragging the playhead. */

import { type PointerEvent, useRef } from 'react'
import { pause, play, playhead, seek } from '../stores/playhead.ts'
import { cursor } from '../stores/shown.ts'
import { toInstant } from './time-scale.ts'

/** Handlers for the element whose left and right edges are the beginning and the end of the run. */
export function useScrub(duration: number) {
  const wasPlaying = useRef<boolean | undefined>(undefined)
  const instant = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return toInstant({ duration, width: box.width }, event.clientX - box.left)
  }
  const release = () => {
    const { at, duration: end } = playhead.getState()
    if (wasPlaying.current && at < end) play()
    wasPlaying.current = undefined
  }
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      wasPlaying.current = playhead.getState().playing
      pause()
      seek(instant(event))
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = instant(event)
      if (event.pointerType !== 'touch') cursor.setState({ at })
      if (wasPlaying.current !== undefined) seek(at)
    },
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave() {
      cursor.setState({ at: undefined })
    },
  }
}
