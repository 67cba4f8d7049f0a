/** Puts the screen on the page with an engine behind it. */

import './theme.css'
import './base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { EngineDoor } from '../worker/protocol.ts'
import { startAddress } from './address.ts'
import { App } from './app.tsx'
import { startRuns } from './engine.ts'
import { startPlayhead } from './stores/playhead.ts'
import { startShown } from './stores/shown.ts'
import { startTheme } from './theme.ts'
import { startTrace } from './trace-source.ts'

export function start(root: Element, engine: EngineDoor): void {
  startTheme()
  void startAddress()
  startRuns(engine)
  startPlayhead()
  startTrace()
  startShown()
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
