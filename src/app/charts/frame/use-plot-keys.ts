/** The keyboard on a chart: the cursor by steps, playhead, pins and zoom. */

import type { KeyboardEvent } from 'react'
import { lookAtAll, shift, zoom } from '../../stores/brush.ts'
import { clearPins, pins, setPin } from '../../stores/pins.ts'
import { playhead, seek } from '../../stores/playhead.ts'
import { cursor } from '../../stores/shown.ts'
import type { TimeScale } from '../time-scale.ts'
import { goInto } from './go-into.ts'

/** How much a key zooms. */
const ZOOM = 2
const FAR = 10

export function usePlotKeys({ duration, span }: TimeScale, step: number) {
  const from = span?.from ?? 0
  const to = span?.to ?? duration
  return {
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const at = cursor.getState().at ?? playhead.getState().at
      const target = targetOf(event, at, step, from, to)
      if (target !== undefined) cursor.setState({ at: Math.min(to, Math.max(from, target)) })
      else if (!perform(event.key, at, duration)) return
      event.preventDefault()
      event.stopPropagation()
    },
    onBlur() {
      cursor.setState({ at: undefined })
    },
  }
}

function targetOf(
  { key, shiftKey }: KeyboardEvent,
  at: number,
  step: number,
  from: number,
  to: number,
): number | undefined {
  const far = step * (shiftKey ? FAR : 1)
  switch (key) {
    case 'ArrowLeft':
      return at - far
    case 'ArrowRight':
      return at + far
    case 'Home':
      return from
    case 'End':
      return to
  }
  return undefined
}

/** @returns whether the key does anything */
function perform(key: string, at: number, duration: number): boolean {
  switch (key.toLowerCase()) {
    case 'enter':
      seek(at)
      return true
    case 'a':
    case 'b':
      setPin(key.toLowerCase() as 'a' | 'b', at)
      return true
    case 'delete':
    case 'backspace':
      clearPins()
      return true
    case 'z': {
      const { a, b } = pins.getState()
      if (a !== undefined && b !== undefined) goInto(a, b, duration)
      return true
    }
    case '+':
    case '=':
      zoom(1 / ZOOM, at, duration)
      return true
    case '-':
      zoom(ZOOM, at, duration)
      return true
    case '0':
    case 'escape':
      lookAtAll()
      return true
    case 'pageup':
      shift(-0.5, duration)
      return true
    case 'pagedown':
      shift(0.5, duration)
      return true
  }
  return false
}
