/** Every chart that a lane alone would have on its board, for all lanes below each other, on the same axes. */

import { Fragment } from 'react'
import { chartsOf } from '../charts/board/entries.tsx'
import type { ChartEntry, RunChart } from '../charts/board/entry.ts'
import { LaneTag } from '../parts/lane-tag.tsx'
import type { Abilities } from '../stores/abilities.ts'
import css from './compare-charts.module.css'
import type { PlacedLane } from './lane-lines.tsx'

/** In the order in which a board lists them; what only a later lane has comes last. */
export function laneEntries(
  placed: readonly PlacedLane[],
  strategies: Abilities['strategies'],
): readonly ChartEntry[] {
  const charts = placed.map(({ lane }) => chartsOf(lane.current, strategies))
  const ids = new Set(charts.flatMap((ofLane) => ofLane.map(({ id }) => id)))
  return [...ids].map((id) => {
    const own = charts.map((ofLane) => ofLane.find((chart) => chart.id === id))
    return entryOf(
      own.find((chart) => chart !== undefined)!,
      placed.map((one, place) => ({ ...one, chart: own[place] })),
    )
  })
}

/** A lane with its chart; undefined: it has none, for want of such a tier, cache or limit. */
interface ChartOfLane extends PlacedLane {
  readonly chart: RunChart | undefined
}

function entryOf({ id, title, about, group }: RunChart, lanes: readonly ChartOfLane[]): ChartEntry {
  const charts = lanes.flatMap(({ chart }) => chart ?? [])
  return {
    id,
    title,
    about,
    group,
    reason: charts.every(({ reason }) => reason) ? 'No lane has anything to show of it.' : undefined,
    isDefault: charts.some(({ isDefault }) => isDefault),
    render: () => <ChartOfLanes lanes={lanes} />,
  }
}

function ChartOfLanes({ lanes }: { readonly lanes: readonly ChartOfLane[] }) {
  const among = lanes.flatMap(({ lane, chart }) => (chart ? [lane.current] : []))
  let follows = false
  const parts = lanes.map(({ lane, index, chart }) => {
    const mark = { index, name: lane.name, follows }
    const drawn = chart?.renderOf({ run: lane.current, among, lane: mark })
    if (drawn) follows = true
    return { key: lane.key, mark, drawn, reason: chart?.reason ?? 'There is no such figure in this lane.' }
  })
  return (
    <div className={css.kind}>
      {parts.map(({ key, drawn }) => drawn && <Fragment key={key}>{drawn}</Fragment>)}
      {parts
        .filter(({ drawn }) => !drawn)
        .map(({ key, mark, reason }) => (
          <p key={key} className={css.absent}>
            <LaneTag lane={mark} /> {reason}
          </p>
        ))}
    </div>
  )
}
