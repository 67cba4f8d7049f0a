/** The drawer between transport and timeline, and how jumps go: kept in the browser. */

import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { kept } from '../stores/kept.ts'

export type Drawer = 'faults' | 'breakpoints' | 'branches'

/** What “next” and “previous” go to. */
export type JumpTo = 'change' | 'fault' | 'flip' | 'failure' | 'visible'

export interface Tools {
  /** The one that is open. */
  readonly drawer: Drawer | undefined
  readonly jumpTo: JumpTo
}

export const tools = createStore<Tools>()(
  persist((): Tools => ({ drawer: undefined, jumpTo: 'change' }), kept('evenkeel-tools')),
)

export function toggleDrawer(drawer: Drawer): void {
  tools.setState((now) => ({ drawer: now.drawer === drawer ? undefined : drawer }))
}
