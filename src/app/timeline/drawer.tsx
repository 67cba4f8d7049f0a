/**
 * Faults, breakpoints or branches, whichever is open. It lies over the legend, so that no node moves under
 * the pointer when it opens.
 */

import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import css from './drawer.module.css'
import { tools } from './tools.ts'

// Not in sight at first: loaded when asked for.
const DRAWERS = {
  faults: lazy(() => import('../faults/strip.tsx')),
  breakpoints: lazy(() => import('../breakpoints/panel.tsx')),
  branches: lazy(() => import('../branches/panel.tsx')),
}

export function OpenDrawer() {
  const drawer = useStore(tools, (state) => state.drawer)
  if (!drawer) return null
  const Drawer = DRAWERS[drawer]
  return (
    <div className={css.drawer}>
      <Suspense>
        <Drawer />
      </Suspense>
    </div>
  )
}
