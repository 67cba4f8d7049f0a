/** Beside the stage: charts, figures or the scenario's text, one at a time. */

import { PanelRightClose, PanelRightOpen } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { Suspense } from 'react'
import { useStore } from 'zustand'
import { RunBoard } from '../charts/board/run-board.tsx'
import { useForgetting } from '../charts/board/use-forgetting.ts'
import { Guard } from '../parts/guard.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { later } from '../parts/later.tsx'
import unseen from '../parts/unseen.module.css'
import { draft } from '../stores/draft.ts'
import { drawn, type Lane } from '../stores/runs.ts'
import { type Panel, view } from '../stores/view.ts'
import css from './side.module.css'

// Not in sight at first: loaded when asked for.
const Figures = later(() => import('./figures.tsx'))
const CompareCharts = later(() => import('../compare/compare-charts.tsx'))
const Verdict = later(() => import('../compare/verdict.tsx'))
const Events = later(() => import('../lab/events/events.tsx'))
const Inspect = later(() => import('../lab/inspect.tsx'))
const ScenarioText = later(() => import('./scenario-text.tsx'))

const PANELS: readonly { readonly id: Panel; readonly title: string }[] = [
  { id: 'charts', title: 'Charts' },
  { id: 'verdict', title: 'Verdict' },
  { id: 'figures', title: 'Figures' },
  { id: 'events', title: 'Events' },
  { id: 'inspect', title: 'Inspect' },
  { id: 'scenario', title: 'Scenario' },
]

const ALONE = PANELS.filter(({ id }) => id !== 'verdict')

export default function Side({ lanes }: { readonly lanes: readonly Lane[] }) {
  const chosen = useStore(view, (state) => state.panel)
  const isCompared = lanes.length > 1
  const panel = chosen === 'verdict' && !isCompared ? 'charts' : chosen
  const [first] = lanes
  const run = first?.current
  const problems = useStore(draft, (state) => state.problems.length)
  const isOpen = useStore(view, (state) => state.isPanelOpen)
  useForgetting()
  return (
    <Tabs.Root
      className={css.side}
      value={panel}
      onValueChange={(value) => view.setState({ panel: value as Panel })}
      asChild
    >
      <aside aria-label="Charts, figures and scenario" data-open={isOpen}>
        <div className={css.fold}>
          <IconButton
            label={isOpen ? 'Hide the panel' : 'Show the panel'}
            onClick={() => view.setState({ isPanelOpen: !isOpen })}
          >
            {isOpen ? (
              <PanelRightClose size={17} aria-hidden="true" />
            ) : (
              <PanelRightOpen size={17} aria-hidden="true" />
            )}
          </IconButton>
        </div>
        <Tabs.List className={css.tabs} aria-label="Panel">
          {(isCompared ? PANELS : ALONE).map(({ id, title }) => (
            <Tabs.Trigger key={id} value={id} className={css.tab}>
              {title}
              {id === 'scenario' && problems > 0 && (
                <span className={css.count}>
                  {problems}
                  <span className={unseen.words}>{problems === 1 ? ' problem' : ' problems'}</span>
                </span>
              )}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Guard what="The panel" again={panel}>
          <Tabs.Content value="charts" className={css.content} tabIndex={-1}>
            {isCompared && (
              <Suspense>
                <CompareCharts lanes={lanes} />
              </Suspense>
            )}
            {run && !isCompared && <RunBoard run={run} previous={first?.previous} />}
          </Tabs.Content>
          <Tabs.Content value="figures" className={css.content} tabIndex={-1}>
            <Suspense>
              {drawn(lanes).map(({ key, name, current }) => (
                <Figures key={key} run={current} title={isCompared ? name : undefined} />
              ))}
            </Suspense>
          </Tabs.Content>
          {isCompared && (
            <Tabs.Content value="verdict" className={css.content} tabIndex={-1}>
              <Suspense>
                <Verdict lanes={lanes} />
              </Suspense>
            </Tabs.Content>
          )}
          <Tabs.Content value="events" className={css.content} tabIndex={-1}>
            <Suspense>
              <Events lanes={lanes} />
            </Suspense>
          </Tabs.Content>
          <Tabs.Content value="inspect" className={css.content} tabIndex={-1}>
            <Suspense>
              <Inspect lanes={lanes} />
            </Suspense>
          </Tabs.Content>
          <Tabs.Content value="scenario" className={css.content} tabIndex={-1}>
            <Suspense>
              <ScenarioText />
            </Suspense>
          </Tabs.Content>
        </Guard>
      </aside>
    </Tabs.Root>
  )
}
