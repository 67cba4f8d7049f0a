/** Behind the replicas of a tier: a band for each zone, with its name at the side. */

import { Fragment, memo, useMemo } from 'react'
import type { Replica } from '../../../scenario/scenario.ts'
import type { TierPlace } from '../layout.ts'
import { placeStyle } from '../place.ts'
import { zoneRuns } from './zone-runs.ts'

interface ZonesProps {
  readonly place: TierPlace
  /** Of the whole tier. */
  readonly replicas: readonly Replica[]
}

export const Zones = memo(function Zones({ place, replicas }: ZonesProps) {
  const runs = useMemo(
    () =>
      zoneRuns(
        place,
        replicas.map(({ zone }) => zone),
      ),
    [place, replicas],
  )
  const names = [...new Set(runs.map(({ zone }) => zone))]
  return runs.map(({ zone, boxes }, run) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a run is its place
    <Fragment key={run}>
      {boxes.map((box) => (
        <span
          key={`${box.x} ${box.y}`}
          className="stage-zone"
          data-nth={names.indexOf(zone) % 4}
          style={placeStyle(box)}
        />
      ))}
      <span
        className="stage-zone-name"
        style={{
          transform: `translate(${boxes[0]!.x + boxes[0]!.w}px, ${boxes[0]!.y}px)`,
          height: heightOf(boxes),
        }}
      >
        zone {zone}
      </span>
    </Fragment>
  ))
})

function heightOf(boxes: readonly { readonly y: number; readonly h: number }[]): number {
  const last = boxes.at(-1)!
  return last.y + last.h - boxes[0]!.y
}
