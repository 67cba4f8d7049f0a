/** The marks above the timeline: a sign for each kind, what happened as its name; a press goes there. */

import { Activity, CircleCheck, Eye, type LucideIcon, Pause, Snail, X } from 'lucide-react'
import { type TimeScale, toX } from '../charts/time-scale.ts'
import { clock } from '../format.ts'
import { seek } from '../stores/playhead.ts'
import type { Mark } from './marks.ts'
import css from './timeline.module.css'

const SIGNS: Readonly<Record<Mark['kind'], LucideIcon>> = {
  crash: X,
  hang: Pause,
  slow: Snail,
  errors: Activity,
  recover: CircleCheck,
  detected: Eye,
}
/** Flags nearer than this would lie on one another; the later ones become ticks. CSS pixels. */
const ROOM = 24
/** The cause is seen a moment before the mark, so that one sees it happen. */
const RUN_UP = 0.25e9

export function MarkFlags({ marks, time }: { readonly marks: readonly Mark[]; readonly time: TimeScale }) {
  const flags = apart(marks, time)
  return (
    <ul className={css.flags} aria-label="What happens">
      {flags.map(({ mark, x, more }, i) => {
        const Sign = SIGNS[mark.kind]
        const title = `${mark.title} at ${clock(mark.at, 1)}${more > 0 ? ` (and ${more} more here)` : ''}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: several marks may share an instant
          <li key={i} style={{ left: x }}>
            <button
              type="button"
              className={css.flag}
              data-kind={mark.kind}
              data-tip={title}
              aria-label={title}
              onClick={() => seek(mark.at - RUN_UP)}
            >
              <Sign size={12} strokeWidth={2.5} aria-hidden="true" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function apart(marks: readonly Mark[], time: TimeScale) {
  const flags: { mark: Mark; x: number; more: number }[] = []
  if (time.width < 1) return flags
  for (const mark of marks) {
    const x = toX(time, mark.at)
    const last = flags.at(-1)
    if (last && x - last.x < ROOM) last.more++
    else flags.push({ mark, x, more: 0 })
  }
  return flags
}
