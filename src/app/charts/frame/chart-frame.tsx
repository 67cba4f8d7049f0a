/**
 * The frame that every chart shares: title with its definition, legend with values, a menu of what can be
 * done with it, and the same as a table. What is drawn comes from inside.
 */

import { GripVertical } from 'lucide-react'
import { type CSSProperties, type ReactNode, Suspense, useContext, useState } from 'react'
import { LaneTag } from '../../parts/lane-tag.tsx'
import { later } from '../../parts/later.tsx'
import { Term } from '../../parts/term.tsx'
import unseen from '../../parts/unseen.module.css'
import type { LaneMark } from '../among.ts'
import type { ChartTable, Plate, Steps } from './chart-data.ts'
import css from './chart-frame.module.css'
import { ChartMenu } from './chart-menu.tsx'
import { Legend } from './legend.tsx'
import { SlotContext } from './slot.ts'

const TableView = later(() => import('./table-view.tsx'))

interface ChartFrameProps {
  readonly plate: Plate
  /** Made when it is wanted: a table of thousands of replicas is large. */
  readonly table: () => ChartTable
  /** Of the lines' values. */
  readonly steps: Steps
  /** What one would see, as a sentence for those who cannot. */
  readonly summary: string
  readonly controls?: ReactNode
  /** Said below the plot: what a formula holds for, what is left out. */
  readonly note?: ReactNode
  readonly height?: string | undefined
  /** One of several charts below each other, one a lane: only the first has the common head. */
  readonly lane?: LaneMark | undefined
  readonly children: ReactNode
}

export function ChartFrame(props: ChartFrameProps) {
  const { plate, table, steps, summary, controls, note, height, lane, children } = props
  const { title, definition, keys } = plate
  const [isTable, setTable] = useState(false)
  const slot = useContext(SlotContext)
  return (
    <figure
      className={css.chart}
      aria-label={lane ? `${title}, ${lane.name}` : title}
      data-follows={lane?.follows ?? false}
      data-large={slot?.isLarge || undefined}
      style={height ? ({ '--plot-height': height } as CSSProperties) : undefined}
    >
      <figcaption>
        <span className={css.head}>
          {slot && !slot.isLarge && slot.count > 1 && !lane?.follows && (
            <button
              type="button"
              className={css.grip}
              aria-label={`Move ${title}: place ${slot.place + 1} of ${slot.count}`}
              data-tip="Drag, or arrow keys"
              {...slot.grip}
            >
              <GripVertical size={14} aria-hidden="true" />
            </button>
          )}
          {lane?.follows ? (
            <LaneTag lane={lane} />
          ) : (
            <Term className={css.title} definition={definition}>
              {title}
            </Term>
          )}
          <span className={css.tools}>
            {!lane?.follows && !isTable && controls}
            <ChartMenu
              plate={plate}
              table={table}
              isTable={isTable}
              onTable={() => setTable(!isTable)}
              slot={slot}
            />
          </span>
        </span>
        {lane && !lane.follows && (
          <span className={css.lane}>
            <LaneTag lane={lane} />
          </span>
        )}
        <span className={unseen.words}>{summary}</span>
      </figcaption>
      {isTable ? (
        <Suspense>
          <TableView table={table()} title={title} />
        </Suspense>
      ) : (
        <>
          {keys.length > 0 && <Legend keys={keys} steps={steps} />}
          <div className={css.body}>{children}</div>
        </>
      )}
      {note && <p className={css.note}>{note}</p>}
    </figure>
  )
}
