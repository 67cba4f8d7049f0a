/** A chart over time: the frame that all charts share around a plot of the stretch that is looked at. */

import { type ReactNode, useMemo } from 'react'
import { useStore } from 'zustand'
import { brush, spanWithin } from '../stores/brush.ts'
import { overTime } from './across.ts'
import type { LaneMark } from './among.ts'
import { type ChartKey, type ChartTable, type Source, type Steps, tableOf } from './frame/chart-data.ts'
import { ChartFrame } from './frame/chart-frame.tsx'
import { TimePlot } from './frame/time-plot.tsx'
import type { Pen } from './pen.ts'
import type { ValueScale } from './value-scale.ts'

interface ChartProps {
  readonly title: string
  /** What a file of it is called, where the title does not say it all. */
  readonly savedAs?: string | undefined
  /** What is drawn, its unit and window: shown on hover and focus. */
  readonly definition: string
  /** What one would see, as a sentence for those who cannot. */
  readonly summary: string
  /** Length of the run, ns. */
  readonly duration: number
  /** The runs that it shows. */
  readonly sources: readonly Source[]
  readonly scale: ValueScale
  /** Label of a value on the axis; without it the chart labels its rows itself. */
  readonly format?: (value: number) => string
  /** Must be the same function as long as its data are the same. */
  readonly draw: (pen: Pen) => void
  readonly keys: readonly ChartKey[]
  /** The same as rows; made from the lines when absent. */
  readonly table?: () => ChartTable
  readonly controls?: ReactNode
  readonly note?: ReactNode
  /** Something over the plot: labels of rows. */
  readonly children?: ReactNode
  readonly rows?: readonly string[]
  readonly height?: string
  readonly lane?: LaneMark | undefined
}

export function Chart(props: ChartProps) {
  const { title, definition, duration, sources, scale, format, draw, keys, rows, children } = props
  const steps: Steps = sources[0]?.run.series ?? NO_STEPS
  const chosen = useStore(brush, (state) => state.span)
  const across = useMemo(() => overTime(duration, spanWithin(chosen, duration)), [duration, chosen])
  const plate = {
    title,
    definition,
    sources,
    keys,
    across,
    scale,
    format,
    draw,
    ...(rows ? { rows } : {}),
    ...(props.savedAs ? { savedAs: props.savedAs } : {}),
  }
  return (
    <ChartFrame
      plate={plate}
      table={props.table ?? (() => tableOf(steps, keys))}
      steps={steps}
      summary={props.summary}
      controls={props.controls}
      note={props.note}
      height={props.height}
      lane={props.lane}
    >
      <TimePlot plate={plate} duration={duration} steps={steps}>
        {children}
      </TimePlot>
    </ChartFrame>
  )
}

const NO_STEPS: Steps = { step: 1, steps: 0 }
