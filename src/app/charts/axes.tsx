/** Grid lines and labels of a plot: values on the left, time or values below. */

import type { Across } from './across.ts'
import css from './axes.module.css'
import { edgeOf } from './axes-edge.ts'
import type { Size } from './use-size.ts'
import type { ValueScale } from './value-scale.ts'

interface AxesProps {
  readonly across: Across
  readonly size: Size
  readonly scale: ValueScale
  readonly format: ((value: number) => string) | undefined
}

export function Axes({ across, size: { width, height }, scale, format }: AxesProps) {
  if (width < 1) return null
  return (
    <svg className={css.axes} aria-hidden="true" width={width} height={height}>
      {format &&
        scale.ticks.map((tick) => {
          const y = Math.round(height - scale.at(tick) * height) + 0.5
          return (
            <g key={tick}>
              <line className={css.grid} x1={0} x2={width} y1={y} y2={y} />
              <text className={css.value} x={-7} y={y} dy="0.32em">
                {format(tick)}
              </text>
            </g>
          )
        })}
      {across.ticks(width).map(({ at, label }) => {
        const x = across.x(at, width)
        return (
          <g key={at}>
            <line className={css.tick} x1={x} x2={x} y1={height} y2={height + 4} />
            <text className={css.time} x={x} y={height + 14} data-edge={edgeOf(x, width)}>
              {label}
            </text>
          </g>
        )
      })}
      <line className={css.base} x1={0} x2={width} y1={height + 0.5} y2={height + 0.5} />
    </svg>
  )
}
