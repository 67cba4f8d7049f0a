/** The marks above the timeline: a sign for each kind, what happened as its name; a press goes there. */

import { Activity, CircleCheck, Eraser, Eye, type LucideIcon, Pause, RefreshCw, Snail, X } from 'lucide-react'
import { Suspense } from 'react'
import type { TimeScale } from '../charts/time-scale.ts'
import { clock } from '../format.ts'
import { later } from '../parts/later.tsx'
import { seek } from '../stores/playhead.ts'
import type { Flag } from './flags.ts'
import { type Mark, RUN_UP } from './marks.ts'
import css from './timeline.module.css'

// Comes with the reader, which finds the entries.
const EntryFlag = later(() => import('./entry-flag.tsx'))

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

export function MarkFlags({ flags, time }: { readonly flags: readonly Flag[]; readonly time: TimeScale }) {
  return (
    <ul className={css.flags} aria-label="What happens">
      {flags.map(({ mark, x, place, more }, i) => {
        const Sign = SIGNS[mark.kind]
        const title = `${mark.title} at ${clock(mark.at, 1)}${more > 0 ? ` (and ${more} more here)` : ''}`
        if (mark.of) {
          const { entry, part } = mark.of
          return (
            <Suspense key={`${entry.section} ${entry.index} ${part}`}>
              <EntryFlag mark={mark} of={mark.of} x={x} place={place} title={title} time={time} />
            </Suspense>
          )
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: several marks may share an instant
          <li key={i} style={{ left: place }}>
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
