/** Rows of areas, one for each replica; a heat grid when there are too many to tell apart. */

import type { NodeSeries } from '../../measure/series.ts'
import { merge, ofNode } from './columns.ts'
import type { HealthSpans } from './health-spans.ts'
import { area } from './marks.ts'
import type { Pen } from './pen.ts'

/** Beyond this many replicas a row is too low for an area. */
export const MOST_ROWS = 8
const GAP = 3
const BELIEF = 2

export function drawReplicaRows(
  pen: Pen,
  figure: NodeSeries,
  step: number,
  steps: number,
  most: number,
  spans: readonly HealthSpans[],
): void {
  const { context } = pen
  const { nodes } = figure
  const height = pen.height / nodes
  const isHeat = nodes > MOST_ROWS
  const gap = isHeat ? 0 : GAP
  const down = pen.color('--down-band')
  const belief = pen.color('--ink-2')
  for (let node = 0; node < nodes; node++) {
    const top = node * height
    if (isHeat) heatRow(pen, ofNode(figure, node, steps), step, most, top, height)
    else areaRow(pen, ofNode(figure, node, steps), step, most, top + gap, height - gap - BELIEF - 1)
    context.fillStyle = down
    for (const { from, to } of spans[node]?.down ?? []) {
      context.fillRect(pen.x(from), top + gap, pen.x(to) - pen.x(from), Math.max(1, height - gap))
    }
    context.fillStyle = belief
    for (const { from, to } of isHeat ? [] : (spans[node]?.out ?? [])) {
      context.fillRect(pen.x(from), top + height - BELIEF, Math.max(1, pen.x(to) - pen.x(from)), BELIEF)
    }
  }
}

function areaRow(
  pen: Pen,
  values: Float64Array,
  step: number,
  most: number,
  top: number,
  height: number,
): void {
  const merged = merge(values, values.length, 'gauge', Math.max(1, Math.floor(pen.width)))
  const row: Pen = { ...pen, y: (value) => top + height - (value / most) * height }
  const layer = { upper: merged.values.map((value) => value || 0), lower: new Float64Array(merged.count) }
  const end = values.length * step
  area(row, layer, step * merged.per, end, pen.color('--load'))
}

function heatRow(
  pen: Pen,
  values: Float64Array,
  step: number,
  most: number,
  top: number,
  height: number,
): void {
  const merged = merge(values, values.length, 'gauge', Math.max(1, Math.floor(pen.width / 2)))
  const { context } = pen
  context.fillStyle = pen.color('--load')
  for (let i = 0; i < merged.count; i++) {
    context.globalAlpha = Math.min(1, (merged.values[i]! || 0) / most)
    const left = pen.x(i * merged.per * step)
    context.fillRect(left, top, pen.x((i + 1) * merged.per * step) - left, height)
  }
  context.globalAlpha = 1
}
