/** A click on a moving dot of a stage follows its request; the arithmetic is not in the first scripts. */

import { type MouseEvent, useCallback } from 'react'
import { ahead } from '../parts/later.tsx'
import type { Ports } from '../stage/ports.ts'
import { playhead } from '../stores/playhead.ts'
import { windowAt } from '../trace-source.ts'
import { goTo, inspect } from './inspected.ts'

const loadSearch = ahead(() => import('./dot-at.ts'))

/** @param unit CSS pixels of a layout unit */
export function useDotClick(
  lane: string,
  ports: Ports,
  unit: number,
): (event: MouseEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      const { target, currentTarget, clientX, clientY } = event
      if (target instanceof Element && target.closest('button, input, select, a')) return
      const { at, speed } = playhead.getState()
      const window = windowAt(lane, at)
      if (!window) return
      const { left, top } = currentTarget.getBoundingClientRect()
      const x = (clientX - left) / unit
      const y = (clientY - top) / unit
      void loadSearch().then(({ requestAt }) => {
        const request = requestAt(window, ports, at, speed, x, y)
        if (request === undefined) return
        goTo(at)
        inspect(lane, { kind: 'request', request })
      })
    },
    [lane, ports, unit],
  )
}
