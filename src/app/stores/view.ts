/** How a person likes to look at things: theme, open panel, scales. Kept in the browser. */

import { persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { kept } from './kept.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type ContrastChoice = 'system' | 'normal' | 'high'
/** Okabe and Ito's hues, or Paul Tol's vibrant ones. */
export type PaletteChoice = 'standard' | 'vibrant'
export type Panel = 'charts' | 'verdict' | 'figures' | 'events' | 'inspect' | 'scenario'
export type LaneLayout = 'auto' | 'beside' | 'stacked'
export type CompareCharts = 'overlay' | 'difference' | 'lanes'

export interface View {
  readonly theme: ThemeChoice
  readonly contrast: ContrastChoice
  readonly palette: PaletteChoice
  /** Large type, and nothing but the run. */
  readonly isPresenting: boolean
  /** Whether keys without Ctrl do anything. */
  readonly hasKeys: boolean
  readonly panel: Panel
  /** How the panel of the scenario shows it. */
  readonly scenarioAs: 'text' | 'form'
  /** On a wide screen; a narrow one has it below. */
  readonly isPanelOpen: boolean
  readonly latencyScale: 'log' | 'linear'
  /** Which figure of each replica is drawn: the id of a node series. */
  readonly nodeFigure: string
  /** Lanes beside each other or below each other; auto: as there is room. */
  readonly laneLayout: LaneLayout
  /** One chart with a line for each lane, what differs from the first, or charts of each. */
  readonly compareCharts: CompareCharts
  /** Requests on the stage are coloured by the address of their client. */
  readonly byAddress: boolean
  /** Who comes is seen in the boxes of the clients, and how many stick to each replica. */
  readonly hasCrowd: boolean
  /** Whether the invitation to click a replica has done its work. */
  readonly hasTouched: boolean
}

export const view = createStore<View>()(
  persist(
    (): View => ({
      theme: 'system',
      contrast: 'system',
      palette: 'standard',
      isPresenting: false,
      hasKeys: true,
      panel: 'charts',
      scenarioAs: 'text',
      isPanelOpen: true,
      latencyScale: 'log',
      nodeFigure: 'inFlight',
      laneLayout: 'auto',
      compareCharts: 'overlay',
      byAddress: false,
      hasCrowd: false,
      hasTouched: false,
    }),
    kept('evenkeel-view'),
  ),
)
