/** One cell of a tier: a small button whose edges say what a card's edges say. */

import { memo, useId } from 'react'
import type { GroupView } from './group-view.ts'
import { ConditionIcon } from './icons.tsx'
import { keepKeys } from './keys.ts'
import type { Box } from './layout.ts'
import { placeStyle } from './place.ts'

interface CellProps {
  readonly cell: number
  readonly box: Box
  readonly group: GroupView
  /** Stands for several replicas. */
  readonly isGroup: boolean
  /** Where the Tab key stops. */
  readonly isStop: boolean
  readonly onActivate: (cell: number) => void
  readonly onPoint: (cell: number) => void
}

export const Cell = memo(function Cell(props: CellProps) {
  const { cell, box, group, isGroup, isStop, onActivate, onPoint } = props
  const id = useId()
  return (
    <button
      type="button"
      className="stage-replica stage-cell"
      style={placeStyle(box)}
      data-condition={group.condition}
      data-belief={group.belief}
      data-standing={group.standing?.name}
      data-target={isGroup ? undefined : group.name}
      aria-label={group.name}
      aria-describedby={id}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onActivate(cell)}
      onKeyDown={keepKeys}
      onPointerEnter={() => onPoint(cell)}
      onFocus={() => onPoint(cell)}
      onBlur={() => onPoint(-1)}
    >
      {group.condition !== 'up' && <ConditionIcon condition={group.condition} />}
      {group.condition === 'up' && group.standing && (
        <b className="stage-letter" aria-hidden="true">
          {group.standing.letter}
        </b>
      )}
      {isGroup && group.ailing > 1 && <span className="stage-ailing">{group.ailing}</span>}
      <span id={id} className="stage-hidden">
        {group.description}
      </span>
    </button>
  )
})
