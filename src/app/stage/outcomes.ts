/**
 * How each outcome of a response looks and is called on the stage. Numbered as in the protocol's hops
 * (`outcome`); several outcomes that the report counts together share a shape.
 */

import type { ShapeName } from './shapes.ts'

export interface OutcomeLook {
  readonly shape: ShapeName
  /** CSS custom property with its colour. */
  readonly color: string
  /** In the legend and in sentences. */
  readonly title: string
  /** Why it failed, in a few words, shown at the replica; empty for those that did not fail there. */
  readonly reason: string
}

const failed = { shape: 'cross', color: '--stage-failed' } as const
const timedOut = { shape: 'triangle', color: '--stage-timed-out' } as const
const rejected = { shape: 'square', color: '--stage-rejected' } as const

export const OUTCOMES: readonly OutcomeLook[] = [
  { shape: 'ring', color: '--stage-ok', title: 'ok', reason: '' },
  { ...failed, title: 'error', reason: 'error' },
  { ...failed, title: 'refused', reason: 'refused' },
  { ...failed, title: 'broken', reason: 'broken off' },
  { ...rejected, title: 'rejected', reason: 'queue full' },
  { ...timedOut, title: 'timed out', reason: 'too late' },
  { ...rejected, title: 'expired in queue', reason: 'waited too long' },
  { ...failed, title: 'unavailable', reason: 'none ready' },
  { shape: 'bar', color: '--stage-cancelled', title: 'cancelled', reason: '' },
  { ...timedOut, title: 'no answer in time', reason: 'no answer in time' },
  { ...rejected, title: 'shed', reason: 'shed' },
  { ...timedOut, title: 'deadline passed', reason: 'deadline passed' },
  { ...rejected, title: 'throttled', reason: 'throttled' },
  { ...rejected, title: 'limited', reason: 'over the limit' },
]

export const REQUEST_LOOK = { shape: 'disc', color: '--stage-request' } as const

/** Of tries: first ones, further ones, copies of one that is late. */
export const TRY_LOOKS: readonly { shape: ShapeName; color: string; title: string }[] = [
  { ...REQUEST_LOOK, title: 'request' },
  { shape: 'chevron', color: '--stage-retry', title: 'tried again' },
  { shape: 'pair', color: '--stage-hedge', title: 'copy of one that is late' },
]

/** Told apart when requests are coloured by their client's address; more addresses share a colour. */
export const ADDRESS_COLORS: readonly string[] = Array.from(
  { length: 8 },
  (_, i) => `--stage-visitor-${i + 1}`,
)

/** What the legend explains, one line for each shape. */
export const LEGEND: readonly { shape: ShapeName; color: string; title: string }[] = [
  { ...REQUEST_LOOK, title: 'request' },
  { shape: 'ring', color: '--stage-ok', title: 'answer' },
  { ...failed, title: 'failed' },
  { ...rejected, title: 'rejected' },
  { ...timedOut, title: 'timed out' },
  { shape: 'bar', color: '--stage-cancelled', title: 'called off' },
]
