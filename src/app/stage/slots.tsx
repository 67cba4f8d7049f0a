/** The outlines of a replica's slots; what fills them is painted on the canvas above. */

import { memo } from 'react'
import type { Gauge } from './gauge.ts'

interface SlotsProps {
  readonly gauge: Gauge
  readonly w: number
  readonly h: number
  /** The others are not there now: dotted. */
  readonly there: number
}

export const Slots = memo(function Slots({ gauge, w, h, there }: SlotsProps) {
  const { slots, slotW, slotH, store } = gauge
  const outline = slots.map(({ x, y }) => `M${x - 0.5} ${y - 0.5}h${slotW + 1}v${slotH + 1}h${-slotW - 1}z`)
  if (store) outline.push(`M${store.x - 0.5} ${store.y - 0.5}h${store.w + 1}v${store.h + 1}h${-store.w - 1}z`)
  return (
    <svg className="stage-slots" width={w} height={h} aria-hidden="true">
      <path d={[...outline.slice(0, there), ...outline.slice(slots.length)].join('')} />
      {there < slots.length && (
        <path className="stage-slots-gone" d={outline.slice(there, slots.length).join('')} />
      )}
    </svg>
  )
})
