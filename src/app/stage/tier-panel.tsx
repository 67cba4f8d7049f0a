/** A tier: its heading and its replicas, as cards, lines, cells or a heat grid. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Ability } from '../../scenario/reading.ts'
import type { Service, Tier } from '../../scenario/scenario.ts'
import { TouchButton } from '../faults/touch-button.tsx'
import { grouped } from '../format.ts'
import { abilities } from '../stores/abilities.ts'
import { type CloseUp, isCloseUp, isLarge } from './close-up.ts'
import { CloseUpBar } from './close-up-bar.tsx'
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
  /** Looks at some of the replicas; undefined: at all. */
  readonly onPart: (part: CloseUp | undefined) => void
}

export function TierPanel(props: TierPanelProps) {
  const { place, width, tier, before, facilities, views, onReplica, onPart } = props
  const { form, first, replicas, cell } = place
  const { concurrency } = tier.service
  const gauge = useMemo(() => gaugeOf(form, cell.w, cell.h, concurrency), [form, cell, concurrency])
  const boxes = useMemo(
    () => Array.from({ length: place.cells }, (_, index) => cellBox(place, index)),
    [place],
  )
  const own = facilities.slice(first, first + replicas)
  return (
    <fieldset className="stage-tier" aria-label={`Tier ${tier.id}`} data-target={tier.id}>
      <TierTitle place={place} tier={tier} before={before} onPart={onPart} />
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
          onPart={onPart}
        />
      )}
    </fieldset>
  )
}

function TierTitle({
  place,
  tier,
  before,
  onPart,
}: Pick<TierPanelProps, 'place' | 'tier' | 'before' | 'onPart'>) {
  const profile = useStore(abilities, ({ profiles }) => profiles.find(({ id }) => id === tier.profile))
  const details = useMemo(() => detailsOf(place, tier, profile, before), [place, tier, profile, before])
  const hasCloseUp = isCloseUp(place) || (isLarge(place) && place.form !== 'card')
  return (
    <Title box={place.title} title={tier.id} details={details}>
      <TouchButton target={tier.id} />
      {hasCloseUp && <CloseUpBar place={place} tier={tier.id} onPart={onPart} />}
    </Title>
  )
}

/** What the tier is, what it follows, and how those before it balance over it. */
function detailsOf(
  place: TierPlace,
  { service, strategy }: Tier,
  profile: Ability | undefined,
  before: string | undefined,
): string[] {
  const each =
    place.per > 1
      ? `one cell = ${place.per} replicas`
      : `${grouped(place.whole.replicas)} × ${serviceText(service)}`
  const how = before === undefined ? '' : `each ${before}: ${strategy.policy.replaceAll('-', ' ')}`
  return [profile ? `${each}, ${asText(profile)}` : each, how].filter((detail) => detail !== '')
}

/** `as nginx 1.22.1` where its recordings are played, `as Envoy` where nobody has held it against the product. */
function asText({ title, summary }: Ability): string {
  const [version] = /^.*(?=, recorded$)/.exec(summary) ?? [title]
  return `as ${version}`
}

/** `8 slots, fifo` */
function serviceText({ concurrency, discipline }: Service): string {
  const thing = discipline === 'ps' ? 'processor' : 'slot'
  return `${concurrency} ${thing}${concurrency === 1 ? '' : 's'}, ${discipline === 'ps' ? 'shared' : discipline}`
}
