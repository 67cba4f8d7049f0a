/** A tier's heading: what it is, what it follows, how those before it balance over it, and its figures now. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Ability } from '../../scenario/reading.ts'
import type { Scenario, Service, Tier } from '../../scenario/scenario.ts'
import { tierAt } from '../../scenario/tier-at.ts'
import { TouchButton } from '../faults/touch-button.tsx'
import { grouped } from '../format.ts'
import { abilities, strategyTitle } from '../stores/abilities.ts'
import { shown } from '../stores/shown.ts'
import { type CloseUp, isCloseUp, isLarge } from './close-up.ts'
import { CloseUpBar } from './close-up-bar.tsx'
import { FacetRow } from './doors/facet-row.tsx'
import type { TierView } from './doors/tier-view.ts'
import type { PlaceFailure } from './failures.ts'
import { keepKeys } from './keys.ts'
import type { TierPlace } from './layout.ts'
import { Reason } from './reason.tsx'
import { Title } from './title.tsx'
import { FocusButton } from './zoom/focus-button.tsx'

interface TierTitleProps {
  readonly place: TierPlace
  readonly scenario: Scenario
  readonly tier: Tier
  /** The tier whose replicas send to this one; undefined: the balancer in front. */
  readonly before: string | undefined
  readonly view: TierView
  /** False where there is no room for figures. */
  readonly hasFacets: boolean
  /** Figures may have words. */
  readonly isRoomy: boolean
  /** What failed at its replicas lately, where they have no room to say so themselves. */
  readonly failed: PlaceFailure
  /** Looks at some of the replicas; undefined: at all. */
  readonly onPart: (part: CloseUp | undefined) => void
  /** Its balancers are asked for. */
  readonly onBalancer: () => void
  readonly onFocus: () => void
}

export function TierTitle(props: TierTitleProps) {
  const { place, scenario, tier, before, view, hasFacets, isRoomy, failed, onPart, onBalancer, onFocus } =
    props
  const profile = useStore(abilities, ({ profiles }) => profiles.find(({ id }) => id === tier.profile))
  const index = scenario.tiers.indexOf(tier)
  const strategy = useStore(shown, ({ playhead }) => tierAt(scenario, index, playhead).strategy.policy)
  const details = useMemo(() => [whatOf(place, tier, profile)], [place, tier, profile])
  const hasCloseUp = isCloseUp(place) || (isLarge(place) && place.form !== 'card')
  return (
    <Title
      box={place.title}
      title={tier.id}
      details={details}
      below={
        <>
          {before !== undefined && (
            <button
              type="button"
              className="stage-how"
              data-tip={`Each replica of ${before} has a balancer of its own for ${tier.id}, with its own knowledge. Click: what it does and believes`}
              onClick={onBalancer}
              onKeyDown={keepKeys}
            >
              each {before}: {strategyTitle(strategy)}
            </button>
          )}
          {hasFacets && <FacetRow tier={tier} view={view} isWide={isRoomy} />}
        </>
      }
    >
      <TouchButton target={tier.id} />
      {hasCloseUp && <CloseUpBar place={place} tier={tier.id} onPart={onPart} />}
      <FocusButton name={tier.id} onFocus={onFocus} />
      <Reason {...failed} />
    </Title>
  )
}

/** What it is made of, and what it follows. */
function whatOf(place: TierPlace, { service }: Tier, profile: Ability | undefined): string {
  const each =
    place.per > 1
      ? `one cell = ${place.per} replicas`
      : `${grouped(place.whole.replicas)} × ${serviceText(service)}`
  return profile ? `${each}, ${asText(profile)}` : each
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
