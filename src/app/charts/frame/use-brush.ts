/**
 * The pointer on a chart: moving it moves the common cursor, a click the playhead (or sets a pin), dragging
 * chooses a stretch of time, with Shift it scrubs; Ctrl and the wheel, or a pinch, zoom.
 */

import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { brush, lookAtAll, zoom } from '../../stores/brush.ts'
import { pin, pins } from '../../stores/pins.ts'
import { seek } from '../../stores/playhead.ts'
import { cursor } from '../../stores/shown.ts'
import { type TimeScale, toInstant } from '../time-scale.ts'
import { goInto } from './go-into.ts'

/** A pointer that moves less than this is a click, CSS pixels. */
const SLACK = 4
/** How much more time a notch of the wheel shows. */
const NOTCH = 1.0025

interface Held {
  /** CSS pixels on the screen, and the instant there. */
  readonly x: number
  readonly at: number
  readonly isScrub: boolean
  isDrag: boolean
}

export function useBrush(surface: RefObject<HTMLElement | null>, time: TimeScale) {
  const held = useRef<Held | undefined>(undefined)
  useEffect(() => {
    const element = surface.current
    if (!element) return undefined
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      const { left } = element.getBoundingClientRect()
      zoom(NOTCH ** event.deltaY, toInstant(time, event.clientX - left), time.duration)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [surface, time])

  const instant = (event: PointerEvent<HTMLElement>) =>
    toInstant(time, event.clientX - event.currentTarget.getBoundingClientRect().left)
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      held.current = { x: event.clientX, at: instant(event), isScrub: event.shiftKey, isDrag: false }
      if (event.shiftKey) seek(instant(event))
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = instant(event)
      if (event.pointerType !== 'touch' || held.current) cursor.setState({ at })
      const from = held.current
      if (!from) return
      if (from.isScrub) seek(at)
      else if (from.isDrag || Math.abs(event.clientX - from.x) > SLACK) {
        from.isDrag = true
        brush.setState({ dragged: { from: Math.min(from.at, at), to: Math.max(from.at, at) } })
      }
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const from = held.current
      held.current = undefined
      if (event.pointerType === 'touch') cursor.setState({ at: undefined })
      if (!from || from.isScrub) return
      if (from.isDrag) goInto(from.at, instant(event), time.duration)
      else if (pins.getState().isSetting) pin(from.at)
      else seek(from.at)
    },
    onPointerCancel() {
      held.current = undefined
      cursor.setState({ at: undefined })
      brush.setState({ dragged: undefined })
    },
    onPointerLeave() {
      if (!held.current) cursor.setState({ at: undefined })
    },
    onDoubleClick: lookAtAll,
  }
}
