/**
 * The frame that every chart shares: title with its definition, legend with values, canvas for the marks,
 * axes as SVG, and the lines that move with time. Redraws only when data, size or theme change.
 */

import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { LaneTag } from '../parts/lane-tag.tsx'
import { Term } from '../parts/term.tsx'
import { theme } from '../theme.ts'
import type { LaneMark } from './among.ts'
import { Axes } from './axes.tsx'
import css from './chart.module.css'
import { type Pen, takePen } from './pen.ts'
import { useScrub } from './use-scrub.ts'
import { useSize } from './use-size.ts'
import { useTimeMarks } from './use-time-marks.ts'
import type { ValueScale } from './value-scale.ts'

export interface ChartProps {
  readonly title: string
  /** What is drawn, its unit and window: shown on hover and focus. */
  readonly definition: string
  /** What one would see, as a sentence for those who cannot. */
  readonly summary: string
  /** Length of the run, ns. */
  readonly duration: number
  readonly scale: ValueScale
  /** Label of a value on the axis; without it the chart labels its rows itself. */
  readonly format?: (value: number) => string
  /** Must be the same function as long as its data are the same. */
  readonly draw: (pen: Pen) => void
  readonly legend?: ReactNode
  readonly controls?: ReactNode
  /** Something over the plot: labels of rows. */
  readonly children?: ReactNode
  readonly height?: string
  /** One of several charts below each other, one a lane: only the first has the common head. */
  readonly lane?: LaneMark | undefined
}

export function Chart(props: ChartProps) {
  const { title, definition, summary, duration, scale, format, draw, legend, controls, children, height } =
    props
  const { lane } = props
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  const pointer = useRef<HTMLDivElement>(null)
  const size = useSize(plot)
  const { name: themeName } = useStore(theme)
  const time = useMemo(() => ({ duration, width: size.width }), [duration, size.width])
  useTimeMarks(time, { playhead: line, veil, cursor: pointer })
  const scrub = useScrub(duration)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides the colours that a pen reads
  useEffect(() => {
    const pen = canvas.current && takePen(canvas.current, time, scale, size.height)
    if (pen) draw(pen)
  }, [draw, scale, time, size.height, themeName])

  return (
    <figure
      className={css.chart}
      aria-label={lane ? `${title}, ${lane.name}` : title}
      data-follows={lane?.follows ?? false}
    >
      <figcaption>
        {!lane?.follows && (
          <span className={css.head}>
            <Term className={css.title} definition={definition}>
              {title}
            </Term>
            {controls}
          </span>
        )}
        {lane && <LaneTag lane={lane} />}
        <span className={css.hidden}>{summary}</span>
      </figcaption>
      {legend}
      <div className={css.body}>
        <div className={css.plot} ref={plot} style={height ? { height } : undefined} {...scrub}>
          <Axes time={time} height={size.height} scale={scale} format={format} />
          <canvas className={css.canvas} ref={canvas} />
          {children}
          <div className={css.future}>
            <div className={css.veil} ref={veil} />
          </div>
          <div className={css.pointer} ref={pointer} />
          <div className={css.playhead} ref={line} />
        </div>
      </div>
    </figure>
  )
}
