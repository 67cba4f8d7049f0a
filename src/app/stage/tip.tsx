/** What a cell has no room to say, beside it while it is pointed at or focused. */

import type { GroupView } from './group-view.ts'
import type { Box } from './layout.ts'

const WIDTH = 250
const HIGHEST = 96

interface TipProps {
  readonly box: Box
  readonly group: GroupView
  /** Width of the stage. */
  readonly width: number
}

export function Tip({ box, group, width }: TipProps) {
  const x = Math.max(8, Math.min(width - WIDTH - 8, box.x + box.w / 2 - WIDTH / 2))
  // Above the cell, below it in the first rows.
  const isBelow = box.y < HIGHEST
  const y = isBelow ? `${box.y + box.h + 8}px` : `calc(${box.y - 8}px - 100%)`
  return (
    <div
      className="stage-tip"
      style={{ width: WIDTH, transform: `translate(${x}px, ${y})` }}
      aria-hidden="true"
    >
      <b>{group.name}</b>
      <span>{group.description}</span>
    </div>
  )
}
