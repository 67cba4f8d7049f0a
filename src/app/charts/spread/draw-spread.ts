/** How latencies are spread, as bars or as the share that took longer, with theory's curve over it. */

import type { Pen } from '../pen.ts'
import type { KnownQueue } from './known-queue.ts'
import { type LatencyBins, perRange, tailOf } from './latency-bins.ts'

export type SpreadForm = 'bars' | 'tail'

export const MEASURED = '--p90'
export const THEORY = '--lane-3'
export const THEORY_DASH = [6, 3]
/** CSS pixels between two points of a curve. */
const STEP = 2

export function drawBars(
  pen: Pen,
  { bounds, counts, total }: LatencyBins,
  queue: KnownQueue | undefined,
): void {
  const { context } = pen
  context.fillStyle = pen.color(MEASURED)
  context.beginPath()
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] === 0) continue
    const left = pen.x(bounds[bin]!)
    const top = pen.y(perRange(counts[bin]! / total, bounds[bin]!, bounds[bin + 1]!))
    context.rect(left, top, Math.max(1, pen.x(bounds[bin + 1]!) - left - 0.5), pen.height - top)
  }
  context.fill()
  if (!queue?.tail) return
  context.beginPath()
  for (let bin = 0; bin < counts.length; bin++) {
    const [low, high] = [bounds[bin]!, bounds[bin + 1]!]
    const y = pen.y(perRange(queue.tail(low) - queue.tail(high), low, high))
    if (bin === 0) context.moveTo(pen.x(bounds[bin]!), y)
    else context.lineTo(pen.x(bounds[bin]!), y)
    context.lineTo(pen.x(bounds[bin + 1]!), y)
  }
  strokeTheory(pen)
}

export function drawTail(pen: Pen, bins: LatencyBins, queue: KnownQueue | undefined): void {
  const { context } = pen
  const tail = tailOf(bins)
  context.beginPath()
  context.moveTo(0, pen.y(1))
  // Beyond the slowest request there is nothing, which a logarithm cannot draw.
  for (let bin = 0; bin < bins.counts.length; bin++)
    context.lineTo(pen.x(bins.bounds[bin]!), pen.y(tail[bin]!))
  context.strokeStyle = pen.color(MEASURED)
  context.lineWidth = 1.75 * pen.unit
  context.lineJoin = 'round'
  context.stroke()
  if (!queue?.tail) return
  const { from, to } = pen.span
  context.beginPath()
  for (let x = 0; x <= pen.width; x += STEP) {
    const y = pen.y(queue.tail(from * (to / from) ** (x / pen.width)))
    if (x === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  strokeTheory(pen)
}

/** Where theory knows the mean only. */
export function drawMean(pen: Pen, mean: number): void {
  const x = pen.x(mean)
  pen.context.beginPath()
  pen.context.moveTo(x, 0)
  pen.context.lineTo(x, pen.height)
  strokeTheory(pen)
}

function strokeTheory({ context, color, unit }: Pen): void {
  context.strokeStyle = color(THEORY)
  context.lineWidth = 1.75 * unit
  context.setLineDash(THEORY_DASH)
  context.stroke()
  context.setLineDash([])
}
