/** The small button at a part of the stage that opens what can be changed there. */

import { Ellipsis } from 'lucide-react'
import { touch } from './touched.ts'

interface TouchButtonProps {
  /** As in a timed entry: `web`, `balancer/1`, a population. */
  readonly target: string
}

export function TouchButton({ target }: TouchButtonProps) {
  const label = `Change ${target}`
  return (
    <button
      type="button"
      className="stage-touch"
      aria-label={label}
      aria-haspopup="dialog"
      data-tip={label}
      onClick={(event) => touch({ kind: 'node', target }, event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
      }}
    >
      <Ellipsis size={14} aria-hidden="true" />
    </button>
  )
}
