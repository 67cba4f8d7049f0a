/** What a cell has no room to say, beside it while it is pointed at or focused. */

import type { GroupView } from './group-view.ts'
import type { Box } from './layout.ts'

export function Tip({ box, group }: { box: Box; group: GroupView }) {
  const style = {
    transform: `translate(${box.x + box.w / 2}px, ${box.y}px) translate(-50%, calc(-100% - 8px))`,
  }
  return (
    <div className="stage-tip" style={style} aria-hidden="true">
      <b>{group.name}</b>
      <span>{group.description}</span>
    </div>
  )
}
