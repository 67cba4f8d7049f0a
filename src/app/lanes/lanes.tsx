/** The clusters of all lanes on show. One alone has the stage for itself; several have a head each. */

import { type MouseEvent, Suspense } from 'react'
import { useStore } from 'zustand'
import { touchReplica } from '../edits.ts'
import { inspect, isInspecting } from '../lab/inspected.ts'
import { onNodeMenu } from '../lab/on-node-menu.ts'
import { missingLog } from '../logs.ts'
import { ProblemList } from '../panels/problems.tsx'
import { later } from '../parts/later.tsx'
import { Stage } from '../stage/stage.tsx'
import type { Lane } from '../stores/runs.ts'
import { view } from '../stores/view.ts'
import css from './lanes.module.css'

const LaneHead = later(() => import('../compare/lane-head.tsx'))
const LogWanted = later(() => import('../panels/log-wanted.tsx'))

export function Lanes({ lanes }: { readonly lanes: readonly Lane[] }) {
  const layout = useStore(view, (state) => state.laneLayout)
  const tiers = Math.max(1, ...lanes.map(({ scenario }) => scenario?.tiers.length ?? 1))
  return (
    <div className={css.lanes} data-count={lanes.length} data-layout={layout} data-tiers={tiers}>
      {lanes.map((lane, index) => (
        // By place: a lane that takes over from another keeps its stage.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <LaneView key={index} lane={lane} index={index} lanes={lanes} />
      ))}
    </div>
  )
}

interface LaneViewProps {
  readonly lane: Lane
  readonly index: number
  readonly lanes: readonly Lane[]
}

function LaneView({ lane, index, lanes }: LaneViewProps) {
  const { key, name, current, problems, scenario, status } = lane
  const isOneOfMany = lanes.length > 1
  const wanted = status === 'failed' && scenario ? missingLog(scenario) : undefined
  const stage = wanted ? (
    <Suspense>
      <LogWanted file={wanted} />
    </Suspense>
  ) : current ? (
    <Stage
      lane={key}
      scenario={current.scenario}
      changes={current.changes}
      onReplica={(node) =>
        isInspecting() ? inspect(key, { kind: 'replica', node }) : touchReplica(key, node)
      }
      isOneOfMany={isOneOfMany}
      label={isOneOfMany ? `Cluster of ${name}` : 'Cluster'}
    />
  ) : (
    isOneOfMany && (
      <p className={css.waiting}>{status === 'failed' ? 'The run failed.' : 'Being computed …'}</p>
    )
  )
  const content = problems.length > 0 ? <LaneProblems lane={lane} /> : stage
  const onMenu = (event: MouseEvent) => onNodeMenu(event, key)
  if (!isOneOfMany) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the replicas inside take the focus
      <div className={css.lane} onContextMenu={onMenu}>
        {content}
      </div>
    )
  }
  return (
    <section className={css.lane} aria-label={`Lane ${index + 1}: ${name}`}>
      <Suspense fallback={<div className={css.head} />}>
        <LaneHead lane={lane} index={index} first={lanes[0]!} />
      </Suspense>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the replicas inside take the focus */}
      <div className={css.content} onContextMenu={onMenu}>
        {content}
      </div>
    </section>
  )
}

/** In place of the stage; the other lanes run. */
function LaneProblems({ lane: { name, problems } }: { readonly lane: Lane }) {
  return (
    <div className={css.problems}>
      <h3>
        “{name}” cannot run: {problems.length === 1 ? 'a problem' : `${problems.length} problems`}
      </h3>
      <ProblemList problems={problems} onGo={() => view.setState({ panel: 'scenario', isPanelOpen: true })} />
    </div>
  )
}
