/** Requests that ended in each step, stacked by how they ended: also the background of the timeline. */

import type { SeriesColumn } from '../../measure/series.ts'
import { area, forWidth } from './marks.ts'
import type { Pen } from './pen.ts'
import { stack } from './stack.ts'

/** From the bottom up. Trouble lies at the bottom, where small amounts are easiest to see. */
export const OUTCOME_LOOKS = [
  { id: 'failedPerSecond', title: 'Failed', token: '--failed' },
  { id: 'timedOutPerSecond', title: 'Timed out', token: '--timed-out' },
  { id: 'rejectedPerSecond', title: 'Rejected', token: '--rejected' },
  { id: 'succeededPerSecond', title: 'Succeeded', token: '--ok' },
] as const

interface OutcomePart {
  readonly token: string
  readonly column: SeriesColumn | undefined
}

/** @param end of the run, ns */
export function drawOutcomes(
  pen: Pen,
  parts: readonly OutcomePart[],
  step: number,
  steps: number,
  end: number,
): void {
  const there = parts.filter(({ column }) => column !== undefined)
  const merged = there.map(({ column }) => forWidth(pen, column!.values, { step, steps }, column!.kind))
  const { count = 0, per = 1, first = 0 } = merged[0] ?? {}
  const layers = stack(
    merged.map(({ values }) => values),
    count,
  )
  layers.forEach((layer, k) => {
    area(pen, layer, step * per, Math.min(end, step * steps), pen.color(there[k]!.token), first * step)
  })
}
