/** The marks that charts are made of: stepped areas, stepped lines, level lines, bands over time. */

import type { RunSeries, SeriesKind } from '../../measure/series.ts'
import { type Merged, merge, stepsIn } from './columns.ts'
import type { Ink, Pen } from './pen.ts'
import type { Layer } from './stack.ts'

/** Fills between two stepped columns; `length` is a step's, ns, and `begin` where the first one begins. */
export function area(pen: Pen, layer: Layer, length: number, end: number, color: string, begin = 0): void {
  const { context } = pen
  const count = layer.upper.length
  const x = (i: number) => pen.x(Math.min(end, begin + i * length))
  context.beginPath()
  for (let i = 0; i < count; i++) {
    const y = pen.y(layer.upper[i]!)
    if (i === 0) context.moveTo(x(i), y)
    else context.lineTo(x(i), y)
    context.lineTo(x(i + 1), y)
  }
  for (let i = count - 1; i >= 0; i--) {
    const y = pen.y(layer.lower[i]!)
    context.lineTo(x(i + 1), y)
    context.lineTo(x(i), y)
  }
  context.closePath()
  context.fillStyle = color
  context.fill()
}

export interface LineStyle {
  readonly color: string
  readonly width: number
  readonly dash?: readonly number[]
  /** butt: dashes as long as they say. */
  readonly cap?: CanvasLineCap
}

/** A line through the middle of each step, broken where a step has nothing to say. */
export function line(pen: Pen, merged: Merged, length: number, end: number, style: LineStyle): void {
  const { context } = pen
  context.beginPath()
  let isOpen = false
  for (let i = 0; i < merged.count; i++) {
    const value = merged.values[i]!
    if (Number.isNaN(value)) {
      isOpen = false
      continue
    }
    const x = pen.x(Math.min(end, (merged.first + (i + 0.5) * merged.per) * length))
    if (isOpen) context.lineTo(x, pen.y(value))
    else context.moveTo(x, pen.y(value))
    // A lone step between gaps is a short dash.
    if (!isOpen && Number.isNaN(merged.values[i + 1] ?? Number.NaN)) context.lineTo(x + 1.5, pen.y(value))
    isOpen = true
  }
  stroke(context, style)
}

/** What hides between the lines when several steps share a pixel: from the lowest to the highest. */
export function spread(pen: Pen, merged: Merged, length: number, color: string): void {
  if (merged.per === 1) return
  const { context } = pen
  const at = (i: number) => pen.x((merged.first + i * merged.per) * length)
  context.fillStyle = color
  context.beginPath()
  for (let i = 0; i < merged.count; i++) {
    if (Number.isNaN(merged.low[i]!)) continue
    const high = pen.y(merged.high[i]!)
    const left = at(i)
    context.rect(left, high, Math.max(1, at(i + 1) - left), Math.max(1, pen.y(merged.low[i]!) - high))
  }
  context.fill()
}

/** A value that does not change, from edge to edge: a limit, a goal, an asymptote. */
export function level(pen: Pen, value: number, style: LineStyle): void {
  const { context } = pen
  const y = Math.round(pen.y(value)) + 0.5
  context.beginPath()
  context.moveTo(0, y)
  context.lineTo(pen.width, y)
  stroke(context, style)
}

/** What is in sight of a column, in as many groups of steps as there are pixels, at most. */
export function forWidth(
  pen: Pen,
  values: ArrayLike<number>,
  series: Pick<RunSeries, 'step' | 'steps'>,
  kind: SeriesKind,
): Merged {
  const { from, to } = stepsIn(series, pen.span)
  return merge(values, to, kind, Math.max(1, Math.floor(pen.width)), from)
}

function stroke(context: Ink, style: LineStyle): void {
  context.strokeStyle = style.color
  context.lineWidth = style.width
  context.lineJoin = 'round'
  context.lineCap = style.cap ?? 'round'
  context.setLineDash(style.dash ? [...style.dash] : [])
  context.stroke()
  context.setLineDash([])
}
