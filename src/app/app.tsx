/** The whole screen: bar, stage with transport and timeline, figures, and the panel beside them. */

import { Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import css from './app.module.css'
import { startShortcuts } from './controls/shortcuts.ts'
import { TopBar } from './controls/top-bar.tsx'
import { Transport } from './controls/transport.tsx'
import { TouchLayer } from './faults/touch-layer.tsx'
import { LaneBar } from './lanes/lane-bar.tsx'
import { Lanes } from './lanes/lanes.tsx'
import { KeyFigures } from './panels/key-figures.tsx'
import { LogDrop } from './panels/log-drop.tsx'
import { Notices } from './panels/notices.tsx'
import { StatusLine } from './panels/status-line.tsx'
import { Guard } from './parts/guard.tsx'
import { later } from './parts/later.tsx'
import { Tips } from './parts/tips.tsx'
import unseen from './parts/unseen.module.css'
import { draft } from './stores/draft.ts'
import { drawn, runs, statusOf } from './stores/runs.ts'
import { view } from './stores/view.ts'
import { OpenDrawer } from './timeline/drawer.tsx'
import { Timeline } from './timeline/timeline.tsx'

// The stage comes first; charts and panels follow at once.
const Side = later(() => import('./panels/side.tsx'))
const Help = later(() => import('./panels/help.tsx'))
const Palette = later(() => import('./lab/palette/palette.tsx'))
const VerdictStrip = later(() => import('./compare/verdict-strip.tsx'))

export function App() {
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const openHelp = useCallback(() => setHelpOpen(true), [])
  const lanes = useStore(runs, (state) => state.lanes)
  const shown = useMemo(() => drawn(lanes), [lanes])
  const run = shown[0]?.current
  const isCompared = lanes.length > 1
  const isPanelOpen = useStore(view, (state) => state.isPanelOpen)
  const scenario = useStore(draft, (state) => state.scenario)
  useEffect(() => startShortcuts(openHelp, () => setPaletteOpen(true)), [openHelp])
  return (
    <>
      <div className={css.page} data-panel={isPanelOpen ? 'open' : 'closed'}>
        <TopBar onHelp={() => setHelpOpen(true)} />
        <main className={css.main}>
          <div className={css.about}>
            {!isCompared && <Story />}
            <LaneBar />
          </div>
          <div className={css.stage}>
            <h2 className={unseen.words}>{isCompared ? 'The clusters' : 'The cluster'}</h2>
            <Guard what="The stage" again={scenario}>
              <Lanes lanes={lanes} />
            </Guard>
          </div>
          <div className={css.time}>
            <Guard what="The transport" again={scenario}>
              <Transport />
            </Guard>
            <div className={css.above}>
              <div className={css.notices}>
                <Notices />
              </div>
              {shown.length > 0 && <OpenDrawer />}
            </div>
            {shown.length > 0 && (
              <Guard what="The timeline" again={scenario}>
                <Timeline lanes={shown} />
              </Guard>
            )}
          </div>
          <div className={css.figures}>
            <Guard what="The strip of figures" again={scenario}>
              {isCompared ? (
                <Suspense>
                  <VerdictStrip lanes={lanes} />
                </Suspense>
              ) : (
                run && <KeyFigures run={run} status={statusOf(lanes)} />
              )}
            </Guard>
          </div>
        </main>
        <Guard what="The panel" again={scenario}>
          <Suspense fallback={<div className={css.side} />}>
            <Side lanes={lanes} />
          </Suspense>
        </Guard>
        <StatusLine />
      </div>
      {isHelpOpen && (
        <Guard what="The help" onClose={() => setHelpOpen(false)}>
          <Suspense>
            <Help onClose={() => setHelpOpen(false)} />
          </Suspense>
        </Guard>
      )}
      {isPaletteOpen && (
        <Guard what="The list of commands" onClose={() => setPaletteOpen(false)}>
          <Suspense>
            <Palette onClose={() => setPaletteOpen(false)} onHelp={openHelp} />
          </Suspense>
        </Guard>
      )}
      <LogDrop />
      <TouchLayer />
      <Tips />
    </>
  )
}

/** What the scenario is about. */
function Story() {
  const summary = useStore(draft, (state) => state.scenario?.summary)
  return summary ? <p className={css.story}>{summary}</p> : null
}
