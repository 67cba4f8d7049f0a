/** Puts the screen on the page with an engine behind it. */

import './theme.css'
import './look/looks.css'
import './base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { EngineDoor, ReaderDoor } from '../worker/protocol.ts'
import { startAddress } from './address.ts'
import { App } from './app.tsx'
import { startBranches } from './branches/fork.ts'
import { startRuns } from './engine.ts'
import { startOffline } from './offline.ts'
import { Guard } from './parts/guard.tsx'
import { notice } from './stores/notice.ts'
import { startPlayhead } from './stores/playhead.ts'
import { startShown } from './stores/shown.ts'
import { startTheme } from './theme.ts'
import { startTrace } from './trace-source.ts'

export function start(root: Element, engine: EngineDoor & ReaderDoor): void {
  startTheme()
  startAddress(engine).catch((error: unknown) => {
    notice.setState({
      text: `The scenario could not be read: ${error instanceof Error ? error.message : error}`,
    })
  })
  startRuns(engine)
  startBranches()
  startPlayhead()
  startTrace()
  startShown()
  startOffline()
  createRoot(root).render(
    <StrictMode>
      <Guard what="The page">
        <App />
      </Guard>
    </StrictMode>,
  )
}
