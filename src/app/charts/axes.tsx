/** Grid lines and labels of a plot: values on the left, time below. */

import css from './chart.module.css'
import { type TimeScale, toX } from './time-scale.ts'
import { timeTicks } from './time-ticks.ts'
import type { ValueScale } from './value-scale.ts'

interface AxesProps {
  readonly time: TimeScale
  readonly height: number
  readonly scale: ValueScale
  readonly format: ((value: number) => string) | undefined
}

/** Room that a time label needs, CSS pixels. */
const LABEL_ROOM = 68

export function Axes({ time, height, scale, format }: AxesProps) {
  if (time.width < 1) return null
  const ticks = timeTicks(time.duration, Math.max(2, Math.floor(time.width / LABEL_ROOM)))
  return (
    <svg className={css.axes} aria-hidden="true" width={time.width} height={height}>
      {format &&
        scale.ticks.map((tick) => {
          const y = Math.round(height - scale.at(tick) * height) + 0.5
          return (
            <g key={tick}>
              <line className={css.grid} x1={0} x2={time.width} y1={y} y2={y} />
              <text className={css.value} x={-7} y={y} dy="0.32em">
                {format(tick)}
              </text>
            </g>
          )
        })}
      {ticks.map(({ at, label }) => {
        const x = toX(time, at)
        const isLast = x > time.width - 16
        return (
          <g key={at}>
            <line className={css.tick} x1={x} x2={x} y1={height} y2={height + 4} />
            <text
              className={css.time}
              x={x}
              y={height + 14}
              data-edge={at === 0 ? 'start' : isLast ? 'end' : ''}
            >
              {label}
            </text>
          </g>
        )
      })}
      <line className={css.base} x1={0} x2={time.width} y1={height + 0.5} y2={height + 0.5} />
    </svg>
  )
}
