/** The curve of the run before stays, dotted, until another scenario comes. */

import type { Run } from '../../stores/runs.ts'
import type { ChartKey } from '../frame/chart-data.ts'
import type { LineStyle } from '../marks.ts'

const DASH = [1, 3]
const TOKEN = '--ink-3'

export const GHOST = {
  token: TOKEN,
  style: { width: 1.25, dash: DASH } satisfies Omit<LineStyle, 'color'>,
  key: (title: string): ChartKey => ({ id: 'ghost', title, token: TOKEN, mark: 'line', dash: DASH }),
} as const

/** The run before, when it was of the same scenario. */
export function ghostOf(run: Run, previous: Run | undefined): Run | undefined {
  return previous?.scenario.name === run.scenario.name ? previous : undefined
}
