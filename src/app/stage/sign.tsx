/** A replica's sign: what ails it; where nothing does, the letter of what balancers hold against it. */

import { ConditionIcon } from './icons.tsx'
import { type ReplicaView, shownStanding } from './replica-view.ts'

interface SignProps {
  readonly view: ReplicaView
  /** Words beside it say what is believed. */
  readonly isWordy?: boolean
}

export function Sign({ view, isWordy = false }: SignProps) {
  const standing = isWordy || view.condition !== 'up' ? undefined : shownStanding(view)
  if (standing === undefined) return <ConditionIcon condition={view.condition} />
  return (
    <b className="stage-letter" aria-hidden="true">
      {standing.letter}
    </b>
  )
}
