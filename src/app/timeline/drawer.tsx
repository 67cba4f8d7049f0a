/**
 * Faults, breakpoints or branches, whichever is open. It lies over the legend, so that no node moves under
 * the pointer when it opens.
 */

import { Suspense } from 'react'
import { useStore } from 'zustand'
import { Guard } from '../parts/guard.tsx'
import { later } from '../parts/later.tsx'
import css from './drawer.module.css'
import { tools } from './tools.ts'

// Not in sight at first: loaded when asked for.
const DRAWERS = {
  faults: later(() => import('../faults/strip.tsx')),
  breakpoints: later(() => import('../breakpoints/panel.tsx')),
  branches: later(() => import('../branches/panel.tsx')),
}

export function OpenDrawer() {
  const drawer = useStore(tools, (state) => state.drawer)
  if (!drawer) return null
  const Drawer = DRAWERS[drawer]
  return (
    <div className={css.drawer}>
      <Guard what="The drawer" again={drawer}>
        <Suspense>
          <Drawer />
        </Suspense>
      </Guard>
    </div>
  )
}
