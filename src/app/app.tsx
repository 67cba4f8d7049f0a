/** The whole screen: bar, stage with transport and timeline, figures, and the panel beside them. */

import { lazy, Suspense, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import css from './app.module.css'
import { startShortcuts } from './controls/shortcuts.ts'
import { TopBar } from './controls/top-bar.tsx'
import { Transport } from './controls/transport.tsx'
import { touchReplica } from './edits.ts'
import { KeyFigures } from './panels/key-figures.tsx'
import { LogDrop } from './panels/log-drop.tsx'
import { Notices } from './panels/notices.tsx'
import { Side } from './panels/side.tsx'
import { StatusLine } from './panels/status-line.tsx'
import { Tips } from './parts/tips.tsx'
import { Stage } from './stage/stage.tsx'
import { draft } from './stores/draft.ts'
import { runs } from './stores/runs.ts'
import { view } from './stores/view.ts'
import { Timeline } from './timeline/timeline.tsx'

const Help = lazy(() => import('./panels/help.tsx'))

export function App() {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const run = useStore(runs, (state) => state.current)
  const status = useStore(runs, (state) => state.status)
  const isPanelOpen = useStore(view, (state) => state.isPanelOpen)
  useEffect(() => startShortcuts(() => setHelpOpen(true)), [])
  return (
    <>
      <div className={css.page} data-panel={isPanelOpen ? 'open' : 'closed'}>
        <TopBar onHelp={() => setHelpOpen(true)} />
        <main className={css.main}>
          <Story />
          <div className={css.over}>
            <Notices />
          </div>
          <div className={css.stage}>
            <h2 className={css.hidden}>The cluster</h2>
            {run && <Stage scenario={run.scenario} changes={run.changes} onReplica={touchReplica} />}
          </div>
          <div className={css.time}>
            <Transport />
            {run && <Timeline run={run} />}
          </div>
          <div className={css.figures}>{run && <KeyFigures run={run} status={status} />}</div>
        </main>
        <Side run={run} />
        <StatusLine />
      </div>
      {isHelpOpen && (
        <Suspense>
          <Help onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
      <LogDrop />
      <Tips />
    </>
  )
}

/** What the scenario is about. */
function Story() {
  const summary = useStore(draft, (state) => state.scenario?.summary)
  return summary ? <p className={css.story}>{summary}</p> : null
}
