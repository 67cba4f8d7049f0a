/** Over a lane's stage: its name, what differs from the first lane, and its figures with their differences. */

import { ArrowUpToLine, Maximize2, X } from 'lucide-react'
import { useStore } from 'zustand'
import { differenceInWords, settingsInWords } from '../lanes/difference.ts'
import { LANE_BAR } from '../lanes/lane-bar.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { LaneTag } from '../parts/lane-tag.tsx'
import { Term } from '../parts/term.tsx'
import unseen from '../parts/unseen.module.css'
import { choice, choose, chosenFor, removeLane } from '../stores/choice.ts'
import { draft } from '../stores/draft.ts'
import type { Lane } from '../stores/runs.ts'
import { changeOf, FIGURES } from './figures.ts'
import css from './lane-head.module.css'
import { LaneTiers } from './lane-tiers.tsx'

interface LaneHeadProps {
  readonly lane: Lane
  readonly index: number
  /** What it is held against. */
  readonly first: Lane
}

export default function LaneHead({ lane, index, first }: LaneHeadProps) {
  const { key, name, status } = lane
  const id = useStore(draft, (state) => state.id)
  return (
    <header className={css.head} aria-busy={status === 'computing'}>
      <div className={css.title}>
        <h3>
          <LaneTag lane={{ index, name }} />
        </h3>
        <p className={css.words} data-tip={words(lane, index, first) || undefined}>
          {words(lane, index, first)}
        </p>
        <span className={css.actions}>
          {index > 0 && (
            <IconButton label={`Hold the others against “${name}”`} onClick={() => lead(id, key)}>
              <ArrowUpToLine size={15} aria-hidden="true" />
            </IconButton>
          )}
          <IconButton label={`Show “${name}” alone`} onClick={() => leave(() => choose(id, [key]))}>
            <Maximize2 size={15} aria-hidden="true" />
          </IconButton>
          <IconButton label={`Take “${name}” away`} onClick={() => leave(() => removeLane(id, key))}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <Figures lane={lane} first={index > 0 ? first : undefined} />
      <LaneTiers lane={lane} />
    </header>
  )
}

/** The button that was pressed goes away with what it does. */
function leave(act: () => void): void {
  act()
  document.getElementById(LANE_BAR)?.focus()
}

/** Puts a lane first. */
function lead(id: string, key: string): void {
  choose(id, [key, ...chosenFor(choice.getState(), id)])
}

function words({ set, scenario }: Lane, index: number, first: Lane): string {
  const shape = scenario ?? first.scenario
  if (!shape) return ''
  if (index > 0) return differenceInWords(set, first.set, shape) || 'the same as lane 1'
  const changed = settingsInWords(set, shape)
  return changed || strategiesOf(shape.tiers)
}

function strategiesOf(
  tiers: readonly { readonly id: string; readonly strategy: { readonly policy: string } }[],
): string {
  if (tiers.length === 1) return `balancing.strategy: ${tiers[0]!.strategy.policy}`
  return tiers.map(({ id, strategy }) => `${id}: ${strategy.policy}`).join(', ')
}

function Figures({ lane, first }: { readonly lane: Lane; readonly first: Lane | undefined }) {
  const report = lane.current?.report
  return (
    <dl className={css.figures}>
      {FIGURES.map((figure) => {
        const { title, definition, valueIn, format } = figure
        const change = first && changeOf(figure, report, first.current?.report)
        return (
          <div key={title}>
            <dt>
              <Term definition={definition}>{title}</Term>
            </dt>
            <dd>
              {format(report ? (valueIn(report) ?? Number.NaN) : Number.NaN)}
              {change && (
                <span className={css.change} data-look={change.look}>
                  {change.text}
                  {change.look !== 'none' && <span className={unseen.words}> ({change.look})</span>}
                </span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
