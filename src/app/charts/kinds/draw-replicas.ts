/** A figure of each replica: rows of areas, lines in one plot, or a grid of shades where there are many. */

import type { NodeSeries } from '../../../measure/series.ts'
import { merge, ofNode, stepsIn } from '../columns.ts'
import type { HealthSpans } from '../health-spans.ts'
import { area, line } from '../marks.ts'
import type { Pen } from '../pen.ts'
import { replicaGrid } from './replica-grid.ts'
import { blend } from './shades.ts'

/** Beyond this many replicas a row is too low for an area. */
export const MOST_ROWS = 8
/** Beyond this many a line is one of a bundle. */
const MOST_HUES = 4
/** Beyond this many lines only every so many-th is drawn. */
export const MOST_LINES = 200
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
  const each = Math.max(1, Math.ceil(nodes / MOST_LINES))
  for (let node = 0; node < nodes; node += each) {
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
  if (isHeat) drawShades(pen, data)
  for (let node = 0; node < nodes; node++) {
    const top = node * height
    if (!isHeat) {
      const values = ofNode(figure, node, wanted.to)
      areaRow(pen, values, step, most, top + gap, height - gap - BELIEF - 1, wanted.from)
    }
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

/** As many rows and columns as can be told apart; of several replicas or steps in one cell the most counts. */
function drawShades(pen: Pen, { figure, step, steps, most }: ReplicaData): void {
  const { from, to } = stepsIn({ step, steps }, pen.span)
  const grid = replicaGrid(figure, from, to, Math.floor(pen.width / 2), Math.floor(pen.height))
  const [color = 0] = blend([pen.color('--load')], 1)
  const pixels = Uint32Array.from(grid.values, (value) => {
    const share = Math.min(1, value / most)
    return share > 0 ? ((color & 0xffffff) | (Math.max(1, Math.round(share * 255)) << 24)) >>> 0 : 0
  })
  const left = pen.x(grid.first * step)
  const right = pen.x((grid.first + grid.columns * grid.per) * step)
  pen.cells({ columns: grid.columns, rows: grid.rows, pixels }, left, 0, right - left, pen.height)
}
