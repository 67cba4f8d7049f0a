/** Under the heading of a tier: a sign and a figure for each thing that it is. */

import { memo, useId } from 'react'
import type { Tier } from '../../../scenario/scenario.ts'
import { keepKeys } from '../keys.ts'
import { FacetIcon } from './facet-icon.tsx'
import { type FacetName, facetNames, facetWords } from './facets.ts'
import type { TierView } from './tier-view.ts'

interface FacetRowProps {
  readonly tier: Tier
  readonly view: TierView
  /** There is room for words. */
  readonly isWide: boolean
}

export const FacetRow = memo(function FacetRow({ tier, view, isWide }: FacetRowProps) {
  const names = facetNames(tier)
  if (names.length === 0) return null
  return (
    <div className="stage-facets">
      {names.map((name) => (
        <Facet key={name} name={name} tier={tier} view={view} isWide={isWide} />
      ))}
    </div>
  )
})

function Facet({ name, tier, view, isWide }: FacetRowProps & { readonly name: FacetName }) {
  const id = useId()
  const { value, unit, says, definition, isLoud } = facetWords(name, tier, view)
  return (
    <button
      type="button"
      className="stage-facet"
      data-facet={name}
      data-loud={isLoud}
      data-tip={`${capital(says)}. ${definition}`}
      aria-label={`${tier.id}: ${says}`}
      aria-describedby={id}
      onKeyDown={keepKeys}
    >
      <FacetIcon name={name} />
      {value}
      {isWide && unit && <span className="stage-facet-unit">{unit}</span>}
      <span hidden id={id}>
        {definition}
      </span>
    </button>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
