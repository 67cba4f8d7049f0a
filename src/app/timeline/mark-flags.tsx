/** The marks above the timeline: a sign for each kind, what happened as its name; a press goes there. */

import { Activity, CircleCheck, Eraser, Eye, type LucideIcon, Pause, RefreshCw, Snail, X } from 'lucide-react'
import { clock } from '../format.ts'
import { seek } from '../stores/playhead.ts'
import type { Flag } from './flags.ts'
import type { Mark } from './marks.ts'
import css from './timeline.module.css'

const SIGNS: Readonly<Record<Mark['kind'], LucideIcon>> = {
  crash: X,
  hang: Pause,
  slow: Snail,
  errors: Activity,
  recover: CircleCheck,
  purge: Eraser,
  softPurge: Eraser,
  update: RefreshCw,
  detected: Eye,
}
/** The cause is seen a moment before the mark, so that one sees it happen. */
const RUN_UP = 0.25e9

export function MarkFlags({ flags }: { readonly flags: readonly Flag[] }) {
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
