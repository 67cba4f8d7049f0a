/** What is being looked at closely: a request, a replica, a balancer, a cache, clients, a visitor or a session of a lane. */

import { createStore } from 'zustand/vanilla'
import { pause, seek } from '../stores/playhead.ts'
import { view } from '../stores/view.ts'

export type Subject =
  | { readonly kind: 'request'; readonly request: number }
  | { readonly kind: 'replica'; readonly node: number }
  /** Those that send to a tier. */
  | { readonly kind: 'balancer'; readonly tier: number }
  /** Those of a tier's replicas. */
  | { readonly kind: 'cache'; readonly tier: number }
  /** A population, by its number. */
  | { readonly kind: 'clients'; readonly client: number }
  /** Whoever comes from an address. */
  | { readonly kind: 'visitor'; readonly address: number }
  /** One session, or below 0 one visitor: as facts and stories number them. */
  | { readonly kind: 'session'; readonly bearer: number }
  /** Who comes of a population, from the first place to the last (see worker/protocol.ts `Crowd`). */
  | { readonly kind: 'crowd'; readonly client: number; readonly first: number; readonly last: number }

/** Of a crowd: all places. */
export const EVERYBODY = { first: -(2 ** 31), last: 2 ** 31 - 1 } as const

export interface Inspected {
  /** Key of the lane; the first one when it is not on show any more. */
  readonly lane: string
  readonly subject: Subject | undefined
  /** What was looked at before, the latest last. */
  readonly before: readonly Subject[]
}

const MOST_BEFORE = 30

export const inspected = createStore<Inspected>()(() => ({ lane: '', subject: undefined, before: [] }))

/** Looks closely at something, in the panel. */
export function inspect(lane: string, subject: Subject): void {
  const { subject: last, before } = inspected.getState()
  const trail = last && !isSame(last, subject) ? [...before, last].slice(-MOST_BEFORE) : before
  inspected.setState({ lane, subject, before: trail })
  view.setState({ panel: 'inspect', isPanelOpen: true })
}

/** To what there is to look at. */
export function toOverview(): void {
  const { subject, before } = inspected.getState()
  if (subject) inspected.setState({ subject: undefined, before: [...before, subject].slice(-MOST_BEFORE) })
}

/** To what was looked at before. */
export function goBack(): void {
  const { before } = inspected.getState()
  inspected.setState({ subject: before.at(-1), before: before.slice(0, -1) })
}

/** True while a click on the stage means to look closely. */
export function isInspecting(): boolean {
  const { panel, isPanelOpen } = view.getState()
  return panel === 'inspect' && isPanelOpen
}

/** Stands still at an instant. */
export function goTo(at: number): void {
  pause()
  seek(at)
}

function isSame(a: Subject, b: Subject): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
