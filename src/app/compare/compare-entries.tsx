/** Every chart that draws several lanes in one: the measures that matter most, then every column of any lane. */

import type { SeriesColumn } from '../../measure/series.ts'
import { DERIVED } from '../charts/board/derived.ts'
import type { ChartEntry } from '../charts/board/entry.ts'
import { column } from '../charts/columns.ts'
import { LaneLines, type PlacedLane } from './lane-lines.tsx'
import { METRICS, type Metric } from './metrics.ts'

/** One chart with a line for each lane, or what each has more or less than the first. */
export function lineEntries(placed: readonly PlacedLane[], isDifference: boolean): readonly ChartEntry[] {
  const entry = (metric: Metric, group: string, isDefault: boolean): ChartEntry => ({
    id: metric.title,
    title: metric.title,
    about: metric.definition,
    group,
    reason: isSilent(metric, placed) ? 'Nothing of it happens in any lane.' : undefined,
    isDefault,
    render: () => <LaneLines metric={metric} lanes={placed} isDifference={isDifference} />,
  })
  const [first] = placed
  if (!first) return []
  return [
    ...METRICS.map((metric) => entry(metric, 'What matters most', true)),
    ...derivedMetrics(first).map((metric) => entry(metric, 'Tiers', false)),
    ...columnMetrics(placed).map((metric) => entry(metric, 'More figures', false)),
  ]
}

const KNOWN = /^(?:latencyP(?:50|99)Ms|succeededPerSecond|availability|inSystem)$/

/** Columns of any lane that no measure above draws. */
function columnMetrics(placed: readonly PlacedLane[]): readonly Metric[] {
  const all = new Map<string, SeriesColumn>()
  for (const { lane } of placed) {
    for (const one of lane.current.series.columns) if (!KNOWN.test(one.id)) all.set(one.id, one)
  }
  return [...all.values()].map(({ id, title, unit, kind }) => ({
    title,
    definition: `${title}, step by step.`,
    scale: unit === 'ms' && kind === 'quantile' ? 'log' : 'linear',
    columnOf: ({ series }) => column(series, id),
  }))
}

/** Replicas of a tier taken together, tries for each request: of each tier of the first lane. */
function derivedMetrics({ lane }: PlacedLane): readonly Metric[] {
  const { tiers } = lane.current.scenario
  return DERIVED.flatMap(({ title, definition, linesOf }) =>
    tiers.map(
      (tier): Metric => ({
        title: `${tier.id}: ${title.toLowerCase()}`,
        definition,
        scale: 'linear',
        columnOf: ({ series, scenario }) =>
          linesOf(series, scenario).find((line) => line.title === tier.id)?.column,
      }),
    ),
  ).filter(({ columnOf }) => columnOf(lane.current) !== undefined)
}

/** Columns that are there but always 0 are silent; those that must be made first are asked when drawn. */
function isSilent({ columnOf, title }: Metric, placed: readonly PlacedLane[]): boolean {
  if (!placed.some(({ lane }) => lane.current.series.columns.some((one) => one.title === title))) return false
  return placed.every(({ lane: { current } }) => {
    const values = columnOf(current)?.values
    for (let step = 0; values && step < current.series.steps; step++)
      if (values[step]! !== 0 && !Number.isNaN(values[step]!)) return false
    return true
  })
}
