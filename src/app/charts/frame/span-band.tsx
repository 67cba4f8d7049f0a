/** The stretch that charts show, on a plot of the whole run. */

import { useStore } from 'zustand'
import { brush } from '../../stores/brush.ts'
import { type TimeScale, toX } from '../time-scale.ts'
import css from './span-band.module.css'

export function SpanBand({ time }: { readonly time: TimeScale }) {
  const span = useStore(brush, (state) => state.dragged ?? state.span)
  const isLooped = useStore(brush, (state) => state.isLooped && !state.dragged)
  if (!span) return null
  const left = toX(time, span.from)
  return (
    <div
      className={css.band}
      data-looped={isLooped}
      style={{ left, width: Math.max(2, toX(time, span.to) - left) }}
      aria-hidden="true"
    />
  )
}
