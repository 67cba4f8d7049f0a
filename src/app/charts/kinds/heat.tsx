/** How latency is spread in each step: the darker a cell, the more of the step's requests took that long. */

import { type CSSProperties, useCallback, useMemo } from 'react'
import { milliseconds, span } from '../../format.ts'
import { type ChartOfRun, sourceOf, wholeOf } from '../among.ts'
import { Chart } from '../chart.tsx'
import { stepsIn } from '../columns.ts'
import { type ChartKey, timeTable } from '../frame/chart-data.ts'
import type { Pen } from '../pen.ts'
import { logarithmic } from '../value-scale.ts'
import css from './heat.module.css'
import { type HeatPicture, heatPicture, heatRange, octaves } from './heat-bins.ts'
import { blend } from './shades.ts'

const RAMP = ['--heat-0', '--heat-1', '--heat-2', '--heat-3', '--heat-4']
/** Shades told apart. */
const SHADES = 64
/** How far up the ramp a cell with the least begins, so that it differs from an empty one. */
const FAINTEST = 0.14
/** CSS pixels that a cell takes at least, in each direction. */
const CELL = 2.5
const DEFINITION =
  'Latency of requests that succeeded, step by step: each column is a step, each row a narrow range of latency, its shade the share of the step’s requests in it. Bands that split or drift are what percentiles hide.'

const NO_KEYS: readonly ChartKey[] = []

export function Heat({ run, among, lane }: ChartOfRun) {
  const all = useMemo(() => among ?? [run], [among, run])
  const { series, duration } = run
  const range = useMemo(() => heatRange(series), [series])
  const scale = useMemo(() => {
    const ranges = all.flatMap((one) => heatRange(one.series) ?? [])
    if (ranges.length === 0) return logarithmic(1, 1000)
    const low = Math.min(...ranges.map((one) => one.low))
    return logarithmic(low / 1e6, Math.max(...ranges.map((one) => one.high)) / 1e6)
  }, [all])
  const draw = useCallback(
    (pen: Pen) => {
      if (!range) return
      const rows = (pen.y(range.low / 1e6) - pen.y(range.high / 1e6)) / CELL
      const picture = heatPicture(series, range, pen.width / CELL, rows, stepsIn(series, pen.span))
      paint(pen, picture, series.step, duration)
    },
    [range, series, duration],
  )
  const ends = range
    ? `from ${milliseconds(range.low / 1e6)} to ${milliseconds(range.high / 1e6)}`
    : 'nothing yet'
  return (
    <Chart
      title="Latency heat map"
      definition={DEFINITION}
      summary={`Heat map of latency over ${span(duration)}: ${ends}.`}
      duration={wholeOf(all)}
      sources={[sourceOf(run, lane)]}
      lane={lane}
      keys={NO_KEYS}
      table={() => timeTable(series, range ? octaves(series, range) : [])}
      scale={scale}
      format={milliseconds}
      draw={draw}
      controls={
        <span className={css.key}>
          few
          <span
            className={css.ramp}
            style={{ '--ramp': RAMP.map((token) => `var(${token})`).join(', ') } as CSSProperties}
          />
          many requests
        </span>
      }
    />
  )
}

function paint(pen: Pen, picture: HeatPicture, step: number, end: number): void {
  const { columns, rows, per, first, shares, most } = picture
  const pixels = new Uint32Array(columns * rows)
  const shades = blend(
    RAMP.map((token) => pen.color(token)),
    SHADES,
    FAINTEST,
  )
  for (let cell = 0; cell < shares.length; cell++) {
    if (shares[cell] === 0) continue
    const level = Math.sqrt(shares[cell]! / most)
    pixels[cell] = shades[Math.min(SHADES - 1, Math.ceil(level * (SHADES - 1)))]!
  }
  const top = pen.y(picture.high / 1e6)
  const bottom = pen.y(picture.low / 1e6)
  const left = pen.x(first * step)
  pen.context.save()
  pen.context.beginPath()
  pen.context.rect(0, 0, pen.x(end), pen.height)
  pen.context.clip()
  pen.cells({ columns, rows, pixels }, left, top, pen.x((first + columns * per) * step) - left, bottom - top)
  pen.context.restore()
}
