/**
 * A plot over time: canvas for the marks, axes, the lines that move with time, two pinned instants and the
 * stretch that is being chosen. The pointer's and the keyboard's way to all of these.
 */

import { type ReactNode, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { span as lengthOf } from '../../format.ts'
import { brush } from '../../stores/brush.ts'
import { shown } from '../../stores/shown.ts'
import { Axes } from '../axes.tsx'
import { valueAt } from '../columns.ts'
import { type TimeScale, toX } from '../time-scale.ts'
import { useSize } from '../use-size.ts'
import { useTimeMarks } from '../use-time-marks.ts'
import { valueText } from '../values.ts'
import type { ChartKey, Plate, Steps } from './chart-data.ts'
import { PinLines } from './pin-lines.tsx'
import css from './plot.module.css'
import { useBrush } from './use-brush.ts'
import { useDrawing } from './use-drawing.ts'
import { usePlotKeys } from './use-plot-keys.ts'

interface TimePlotProps {
  readonly plate: Plate
  /** Length of the run, ns. */
  readonly duration: number
  readonly steps: Steps
  /** Something over the plot: labels of rows. */
  readonly children?: ReactNode
}

export function TimePlot({ plate, duration, steps, children }: TimePlotProps) {
  const { across, scale, format, keys, title } = plate
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  const pointer = useRef<HTMLDivElement>(null)
  const size = useSize(plot)
  const { span } = across
  const time = useMemo(() => ({ duration, width: size.width, span }), [duration, size.width, span])
  useTimeMarks(time, { playhead: line, veil, cursor: pointer })
  useDrawing(canvas, plate, size)
  return (
    <div className={css.plot} ref={plot}>
      <Axes across={across} size={size} scale={scale} format={format} />
      <canvas className={css.canvas} ref={canvas} />
      <div className={css.future}>
        <div className={css.veil} ref={veil} />
      </div>
      <div className={css.pointer} ref={pointer} />
      <div className={css.playhead} ref={line} />
      <Dragged time={time} />
      <Surface title={title} keys={keys} time={time} steps={steps} />
      {children}
      <PinLines time={time} />
    </div>
  )
}

/** What is being chosen, on all charts at once. */
function Dragged({ time }: { readonly time: TimeScale }) {
  const dragged = useStore(brush, (state) => state.dragged)
  if (!dragged) return null
  const left = Math.max(0, toX(time, dragged.from))
  const right = Math.min(time.width, toX(time, dragged.to))
  return <div className={css.dragged} style={{ left, width: Math.max(0, right - left) }} />
}

interface SurfaceProps {
  readonly title: string
  readonly keys: readonly ChartKey[]
  readonly time: TimeScale
  readonly steps: Steps
}

/** Takes pointer and keys; for a screen reader it is a slider that says the values at its instant. */
function Surface({ title, keys, time, steps }: SurfaceProps) {
  const at = useStore(shown, (state) => state.at)
  const surface = useRef<HTMLDivElement>(null)
  const handlers = useBrush(surface, time)
  const { onKeyDown, onBlur } = usePlotKeys(time, steps.step)
  const said = keys
    .filter(({ column }) => column)
    .map((key) => `${key.title} ${valueText(key, valueAt(key.steps ?? steps, key.column?.values, at))}`)
  return (
    <div
      ref={surface}
      className={css.surface}
      role="slider"
      tabIndex={0}
      aria-label={`${title}, cursor`}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(time.duration / 1e6) / 1e3}
      aria-valuenow={Math.round(at / 1e6) / 1e3}
      aria-valuetext={[lengthOf(at), ...said].join(', ')}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      {...handlers}
    />
  )
}
