/** What the scenario expects of a figure, as lines on its chart. */

import type { Expectation, Scenario } from '../../../scenario/scenario.ts'
import type { ChartKey } from '../frame/chart-data.ts'
import type { LineStyle } from '../marks.ts'

const DASH = [5, 3]
const TOKEN = '--failed'

export const LIMIT = {
  token: TOKEN,
  style: { width: 1.25, dash: DASH, cap: 'butt' } satisfies Omit<LineStyle, 'color'>,
} as const

/**
 * What the whole run is expected to stay below, or (`isFloor`) above, in the report's unit. Expectations the
 * other way round say what goes wrong, and are no goals.
 */
export function limitsOn({ expect }: Scenario, figure: RegExp, isFloor = false): readonly Expectation[] {
  const side = isFloor ? '>' : '<'
  return expect.filter(({ figure: name, operator }) => operator.startsWith(side) && figure.test(name))
}

export function limitKey({ text, figure, operator }: Expectation, value: string): ChartKey {
  const name = figure.split('.').at(-1)!
  return {
    id: text,
    title: `expected ${name} ${operator}`,
    token: TOKEN,
    mark: 'line',
    dash: DASH,
    fixed: value,
  }
}
