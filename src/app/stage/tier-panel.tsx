/** A tier: its heading and its replicas, as cards, lines, cells or a heat grid. */

import { memo, useMemo } from 'react'
import type { Service, Tier } from '../../scenario/scenario.ts'
import type { Facility } from './facilities.ts'
import { gaugeOf } from './gauge.ts'
import { cellBox, type TierPlace } from './layout.ts'
import { ReplicaCard } from './replica-card.tsx'
import type { ReplicaView } from './replica-view.ts'
import { TierCells } from './tier-cells.tsx'
import { Title } from './title.tsx'

interface TierPanelProps {
  readonly place: TierPlace
  /** Width of the stage. */
  readonly width: number
  readonly tier: Tier
  /** The tier whose replicas send to this one; undefined: the balancer in front. */
  readonly before: string | undefined
  readonly facilities: readonly Facility[]
  readonly views: readonly ReplicaView[]
  readonly onReplica: (node: number) => void
}

export function TierPanel({ place, width, tier, before, facilities, views, onReplica }: TierPanelProps) {
  const { form, first, replicas, cell } = place
  const { concurrency } = tier.service
  const gauge = useMemo(() => gaugeOf(form, cell.w, cell.h, concurrency), [form, cell, concurrency])
  const boxes = useMemo(
    () => Array.from({ length: place.cells }, (_, index) => cellBox(place, index)),
    [place],
  )
  const own = facilities.slice(first, first + replicas)
  return (
    <fieldset className="stage-tier" aria-label={`Tier ${tier.id}`}>
      <TierTitle place={place} tier={tier} before={before} />
      {form === 'card' || form === 'line' ? (
        own.map((facility, index) => (
          <ReplicaCard
            key={facility.name}
            facility={facility}
            view={views[facility.node]!}
            box={boxes[index]!}
            form={form}
            gauge={gauge}
            onReplica={onReplica}
          />
        ))
      ) : (
        <TierCells
          place={place}
          width={width}
          boxes={boxes}
          facilities={own}
          views={views}
          onReplica={onReplica}
        />
      )}
    </fieldset>
  )
}

const TierTitle = memo(function TierTitle({
  place,
  tier,
  before,
}: Pick<TierPanelProps, 'place' | 'tier' | 'before'>) {
  const each =
    place.per > 1 ? `one cell = ${place.per} replicas` : `${place.replicas} × ${serviceText(tier.service)}`
  const strategy = before === undefined ? '' : `each ${before}: ${tier.strategy.policy.replaceAll('-', ' ')}`
  const details = useMemo(() => (strategy === '' ? [each] : [each, strategy]), [each, strategy])
  return <Title box={place.title} title={tier.id} details={details} />
})

/** `8 slots, fifo` */
function serviceText({ concurrency, discipline }: Service): string {
  const thing = discipline === 'ps' ? 'processor' : 'slot'
  return `${concurrency} ${thing}${concurrency === 1 ? '' : 's'}, ${discipline === 'ps' ? 'shared' : discipline}`
}
