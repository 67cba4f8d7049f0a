/** The marks that charts are made of: stepped areas, stepped lines, bands over time. */

import { type Merged, merge } from './columns.ts'
import type { Pen } from './pen.ts'
import type { Layer } from './stack.ts'

/** Fills between two stepped columns; `length` is a step's, ns. */
export function area(pen: Pen, layer: Layer, length: number, end: number, color: string): void {
  const { context } = pen
  const count = layer.upper.length
  context.beginPath()
  for (let i = 0; i < count; i++) {
    context.lineTo(pen.x(i * length), pen.y(layer.upper[i]!))
    context.lineTo(pen.x(Math.min(end, (i + 1) * length)), pen.y(layer.upper[i]!))
  }
  for (let i = count - 1; i >= 0; i--) {
    context.lineTo(pen.x(Math.min(end, (i + 1) * length)), pen.y(layer.lower[i]!))
    context.lineTo(pen.x(i * length), pen.y(layer.lower[i]!))
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
  const step = length * merged.per
  context.beginPath()
  let isOpen = false
  for (let i = 0; i < merged.count; i++) {
    const value = merged.values[i]!
    if (Number.isNaN(value)) {
      isOpen = false
      continue
    }
    const x = pen.x(Math.min(end, (i + 0.5) * step))
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
  const step = length * merged.per
  context.fillStyle = color
  for (let i = 0; i < merged.count; i++) {
    if (Number.isNaN(merged.low[i]!)) continue
    const high = pen.y(merged.high[i]!)
    context.fillRect(
      pen.x(i * step),
      high,
      Math.max(1, pen.x(step)),
      Math.max(1, pen.y(merged.low[i]!) - high),
    )
  }
}

/** As many steps as there are pixels, at most. */
export function forWidth(
  pen: Pen,
  values: ArrayLike<number>,
  steps: number,
  kind: Parameters<typeof merge>[2],
): Merged {
  return merge(values, steps, kind, Math.max(1, Math.floor(pen.width)))
}

function stroke(context: CanvasRenderingContext2D, style: LineStyle): void {
  context.strokeStyle = style.color
  context.lineWidth = style.width
  context.lineJoin = 'round'
  context.lineCap = style.cap ?? 'round'
  context.setLineDash(style.dash ? [...style.dash] : [])
  context.stroke()
  context.setLineDash([])
}
