/** A figure of each replica: rows of areas, lines in one plot, or a grid of shades where there are many. */

import type { NodeSeries } from '../../../measure/series.ts'
import { merge, ofNode, stepsIn } from '../columns.ts'
import type { HealthSpans } from '../health-spans.ts'
import { area, line } from '../marks.ts'
import type { Pen } from '../pen.ts'

/** Beyond this many replicas a row is too low for an area. */
export const MOST_ROWS = 8
/** Beyond this many a line is one of a bundle. */
const MOST_HUES = 4
const GAP = 3
const BELIEF = 2

export type ReplicaForm = 'rows' | 'lines' | 'heat'

export interface ReplicaData {
  readonly figure: NodeSeries
  readonly step: number
  readonly steps: number
  /** The top of the scale. */
  readonly most: number
  readonly spans: readonly HealthSpans[]
}

/** Hues of replicas in one plot, by number. */
export function lookOfLine(
  node: number,
  nodes: number,
): { readonly token: string; readonly dash: readonly number[] } {
  if (nodes > MOST_HUES * DASHES.length) return { token: '--load', dash: [] }
  return {
    token: TOKENS[node % MOST_HUES]!,
    dash: DASHES[Math.floor(node / MOST_HUES) % DASHES.length]!,
  }
}

const TOKENS = ['--lane-2', '--lane-3', '--lane-4', '--lane-1']
const DASHES = [[], [5, 2], [2, 2]]

export function drawReplicaLines(pen: Pen, { figure, step, steps, most }: ReplicaData): void {
  const { nodes } = figure
  const row: Pen = { ...pen, y: (value) => pen.height - (value / most) * pen.height }
  const { from, to } = stepsIn({ step, steps }, pen.span)
  if (nodes > MOST_HUES * DASHES.length) pen.context.globalAlpha = Math.max(0.08, Math.min(0.7, 12 / nodes))
  for (let node = 0; node < nodes; node++) {
    const { token, dash } = lookOfLine(node, nodes)
    const merged = merge(ofNode(figure, node, to), to, figure.kind, Math.max(1, Math.floor(pen.width)), from)
    line(row, merged, step, step * steps, {
      color: pen.color(token),
      width: 1.25 * pen.unit,
      dash,
      cap: 'butt',
    })
  }
  pen.context.globalAlpha = 1
}

export function drawReplicaRows(pen: Pen, data: ReplicaData, isHeat: boolean): void {
  const { context } = pen
  const { figure, step, steps, most, spans } = data
  const { nodes } = figure
  const height = pen.height / nodes
  const gap = isHeat ? 0 : GAP
  const down = pen.color('--down-band')
  const belief = pen.color('--ink-2')
  const wanted = stepsIn({ step, steps }, pen.span)
  for (let node = 0; node < nodes; node++) {
    const top = node * height
    const values = ofNode(figure, node, wanted.to)
    if (isHeat) heatRow(pen, values, step, most, top, height, wanted.from)
    else areaRow(pen, values, step, most, top + gap, height - gap - BELIEF - 1, wanted.from)
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
  from: number,
): void {
  const merged = merge(values, values.length, 'gauge', Math.max(1, Math.floor(pen.width)), from)
  const row: Pen = { ...pen, y: (value) => top + height - (value / most) * height }
  const layer = { upper: merged.values.map((value) => value || 0), lower: new Float64Array(merged.count) }
  area(row, layer, step * merged.per, values.length * step, pen.color('--load'), merged.first * step)
}

function heatRow(
  pen: Pen,
  values: Float64Array,
  step: number,
  most: number,
  top: number,
  height: number,
  from: number,
): void {
  const merged = merge(values, values.length, 'gauge', Math.max(1, Math.floor(pen.width / 2)), from)
  const { context } = pen
  const x = (i: number) => pen.x((merged.first + i * merged.per) * step)
  context.fillStyle = pen.color('--load')
  for (let i = 0; i < merged.count; i++) {
    const share = Math.min(1, (merged.values[i]! || 0) / most)
    if (share === 0) continue
    context.globalAlpha = share
    context.fillRect(x(i), top, x(i + 1) - x(i), height)
  }
  context.globalAlpha = 1
}
