/** A tier: its heading, its zones and its replicas, as cards, lines, cells or a heat grid. */

import { useMemo } from 'react'
import type { Scenario, Tier } from '../../scenario/scenario.ts'
import type { CloseUp } from './close-up.ts'
import { signsOf } from './doors/door-signs.tsx'
import type { TierView } from './doors/tier-view.ts'
import type { Facility } from './facilities.ts'
import { commonest } from './failures.ts'
import { gaugeOf } from './gauge.ts'
import { cellBox, type TierPlace } from './layout.ts'
import { ReplicaCard } from './replica-card.tsx'
import type { ReplicaView } from './replica-view.ts'
import { TierCells } from './tier-cells.tsx'
import { TierTitle } from './tier-title.tsx'
import { Zones } from './zones/zones.tsx'

const NOTHING = { failure: 0, failures: 0 }

interface TierPanelProps {
  readonly place: TierPlace
  /** Width of the stage. */
  readonly width: number
  readonly upright: boolean
  readonly scenario: Scenario
  readonly tier: Tier
  /** The tier whose replicas send to this one; undefined: the balancer in front. */
  readonly before: string | undefined
  /** The tier that this one's replicas send to; undefined: it is the last. */
  readonly next: Tier | undefined
  readonly facilities: readonly Facility[]
  readonly views: readonly ReplicaView[]
  readonly view: TierView
  readonly hasFacets: boolean
  readonly onReplica: (node: number) => void
  /** Looks at some of the replicas; undefined: at all. */
  readonly onPart: (part: CloseUp | undefined) => void
  readonly onBalancer: () => void
  readonly onFocus: () => void
}

export function TierPanel(props: TierPanelProps) {
  const { place, width, upright, scenario, tier, before, next, facilities, views, view } = props
  const { hasFacets, onReplica, onPart, onBalancer, onFocus } = props
  const { form, first, replicas, cell } = place
  const concurrency = facilities[first]?.mostSlots ?? tier.service.concurrency
  const isCards = form === 'card' || form === 'line'
  const hasCache = tier.cache !== undefined
  const gauge = useMemo(
    () => gaugeOf(form, cell.w, cell.h, concurrency, hasCache),
    [form, cell, concurrency, hasCache],
  )
  const boxes = useMemo(
    () => Array.from({ length: place.cells }, (_, index) => cellBox(place, index)),
    [place],
  )
  const signs = useMemo(() => signsOf(tier, next), [tier, next])
  const own = facilities.slice(first, first + replicas)
  return (
    <fieldset className="stage-tier" aria-label={`Tier ${tier.id}`} data-target={tier.id}>
      <Zones place={place} replicas={tier.replicas} />
      <TierTitle
        place={place}
        scenario={scenario}
        tier={tier}
        before={before}
        view={view}
        hasFacets={hasFacets}
        failed={isCards ? NOTHING : commonest(views.slice(first, first + replicas))}
        isRoomy={!upright && place.title.w >= 340}
        onPart={onPart}
        onBalancer={onBalancer}
        onFocus={onFocus}
      />
      {isCards ? (
        own.map((facility, index) => (
          <ReplicaCard
            key={facility.name}
            facility={facility}
            view={views[facility.node]!}
            box={boxes[index]!}
            form={form}
            gauge={gauge}
            signs={signs}
            upright={upright}
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
          onPart={onPart}
        />
      )}
    </fieldset>
  )
}
