/** Under a lane's head: each tier in a line of figures at the pointer or the playhead, as stages of lanes have no room for them. */

import { useStore } from 'zustand'
import { Term } from '../parts/term.tsx'
import type { Lane } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'
import css from './lane-tiers.module.css'
import { type TierFigure, tierFigures } from './tier-figures.ts'

export function LaneTiers({ lane: { name, current, scenario } }: { readonly lane: Lane }) {
  const at = useStore(shown, (state) => state.at)
  const tiers = (current?.scenario ?? scenario)?.tiers ?? []
  return (
    <ul className={css.tiers} aria-label={`Tiers of ${name}`}>
      {tiers.map((tier, index) => {
        const figures = tierFigures(tier)
        return (
          <li key={tier.id}>
            <Term className={css.name} definition={definitionOf(figures)}>
              {tier.id}
            </Term>
            {figures.map(({ title, textOf }) => (
              <span key={title} className={css.figure} data-wide={title.length > 5}>
                {title} <b>{current ? textOf(current, index, at) : '–'}</b>
              </span>
            ))}
          </li>
        )
      })}
    </ul>
  )
}

function definitionOf(figures: readonly TierFigure[]): string {
  const parts = figures.map(({ title, definition }) => `${title}: ${definition}`)
  return `At the pointer or the playhead, averaged over the step there. ${parts.join('; ')}.`
}
