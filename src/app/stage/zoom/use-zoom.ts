/**
 * Zooming and panning of a stage by wheel, pinch, drag and keys. The stage is moved without React, since that
 * happens many times a second; what is drawn differently when it is close is told by `scale`.
 */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { listenToGestures } from './gestures.ts'
import { between, type Extent, panBy, WHOLE, within, type Zoom, zoomAt, zoomTo } from './zoom.ts'

export interface StageZoom {
  readonly scale: number
  /** Times as large, around the middle. */
  by(factor: number): void
  pan(dx: number, dy: number): void
  /** A box of the whole stage fills the viewport, CSS pixels; the whole stage when there is none. */
  fit(box?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }): void
  /** A box on the screen does. */
  fitScreen(rect: DOMRect): void
}

const FLIGHT_MS = 220

export function useZoom(
  viewport: RefObject<HTMLElement | null>,
  show: (zoom: Zoom) => void,
  isStill: boolean,
): StageZoom {
  const zoom = useRef(WHOLE)
  const flight = useRef(0)
  const shown = useRef(show)
  shown.current = show
  const [scale, setScale] = useState(1)
  // What a layout unit is may change without any gesture, and is known only after the size was looked at.
  useLayoutEffect(() => show(zoom.current), [show])

  const set = useCallback((next: Zoom) => {
    zoom.current = next
    shown.current(next)
    setScale(next.scale)
  }, [])
  const extent = useCallback((): Extent => {
    const { clientWidth: width = 1, clientHeight: height = 1 } = viewport.current ?? {}
    return { width, height }
  }, [viewport])
  const flyTo = useCallback(
    (to: Zoom) => {
      cancelAnimationFrame(flight.current)
      if (isStill) return set(to)
      const from = zoom.current
      const began = performance.now()
      const step = (now: number) => {
        const share = Math.min(1, (now - began) / FLIGHT_MS)
        set(share === 1 ? to : between(from, to, 1 - (1 - share) ** 3))
        if (share < 1) flight.current = requestAnimationFrame(step)
      }
      flight.current = requestAnimationFrame(step)
    },
    [isStill, set],
  )

  useEffect(() => {
    const node = viewport.current
    if (!node) return undefined
    const move = (change: (zoom: Zoom) => Zoom) => {
      cancelAnimationFrame(flight.current)
      set(change(zoom.current))
    }
    const stop = listenToGestures(node, {
      isClose: () => zoom.current.scale > 1,
      zoom: (factor, x, y) => move((now) => zoomAt(now, factor, x, y, extent())),
      pan: (dx, dy) => move((now) => panBy(now, dx, dy, extent())),
    })
    const observer = new ResizeObserver(() => move((now) => within(now, extent())))
    observer.observe(node)
    return () => {
      stop()
      observer.disconnect()
      cancelAnimationFrame(flight.current)
    }
  }, [viewport, set, extent])

  return useMemo(
    () => ({
      scale,
      by(factor) {
        const { width, height } = extent()
        flyTo(zoomAt(zoom.current, factor, width / 2, height / 2, { width, height }))
      },
      pan: (dx, dy) => set(panBy(zoom.current, dx, dy, extent())),
      fit: (box) => flyTo(box ? zoomTo(box, extent()) : WHOLE),
      fitScreen(rect) {
        const around = viewport.current?.getBoundingClientRect()
        if (!around) return
        const { scale: now, x, y } = zoom.current
        flyTo(
          zoomTo(
            {
              x: (rect.left - around.left - x) / now,
              y: (rect.top - around.top - y) / now,
              w: rect.width / now,
              h: rect.height / now,
            },
            extent(),
          ),
        )
      },
    }),
    [scale, extent, flyTo, set, viewport],
  )
}
