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
  /** Why it failed, in a few words, shown where it did; empty for those that did not fail. */
  readonly reason: string
  /** The client ended it. */
  readonly isByClient?: true
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
  { ...timedOut, title: 'timed out', reason: 'too late', isByClient: true },
  { ...rejected, title: 'expired in queue', reason: 'waited too long' },
  { ...failed, title: 'unavailable', reason: 'none ready' },
  { shape: 'bar', color: '--stage-cancelled', title: 'cancelled', reason: '' },
  { ...timedOut, title: 'no answer in time', reason: 'no answer in time' },
  { ...rejected, title: 'shed', reason: 'shed' },
  { ...timedOut, title: 'deadline passed', reason: 'deadline passed' },
  { ...rejected, title: 'throttled', reason: 'throttled', isByClient: true },
  { ...rejected, title: 'limited', reason: 'over the limit' },
  { ...rejected, title: 'upstream overflow', reason: 'too many upstream' },
]

export const REQUEST_LOOK = { shape: 'disc', color: '--stage-request' } as const

export interface Look {
  readonly shape: ShapeName
  readonly color: string
  /** In the legend. */
  readonly title: string
  /** On pointing at it there. */
  readonly hint: string
}

/** Of what is on its way in, numbered as in the protocol's hops (`kind`). */
export const MOVES: readonly Look[] = [
  { ...REQUEST_LOOK, title: 'request', hint: 'A request on its way in, tried for the first time.' },
  {
    shape: 'chevron',
    color: '--stage-retry',
    title: 'tried again',
    hint: 'A further try of a request whose last one failed.',
  },
  {
    shape: 'pair',
    color: '--stage-hedge',
    title: 'copy of one that is late',
    hint: 'Hedging: the same request once more, because its answer is late. The first answer wins.',
  },
  {
    shape: 'half',
    color: '--stage-fetch',
    title: 'fetch for a cache',
    hint: 'What a cache asks for by itself, in the background, while it serves what it has.',
  },
  {
    shape: 'plus',
    color: '--stage-check',
    title: 'health check',
    hint: 'A balancer asks whether a replica is well; its answer has the same shape, a cross where it failed. None comes back from one that hangs.',
  },
  {
    shape: 'drop',
    color: '--stage-purge',
    title: 'purge',
    hint: 'Objects are taken out of a cache from outside.',
  },
  {
    shape: 'bow',
    color: '--stage-handshake',
    title: 'full handshake',
    hint: 'TLS from the beginning: two round trips and the whole work of the keys.',
  },
  {
    shape: 'hourglass',
    color: '--stage-handshake',
    title: 'resumed handshake',
    hint: 'TLS with a session that both sides know from before: little work.',
  },
]

/** From this kind of hop on an answer that is well looks as what it answers. */
export const FIRST_OWN_ANSWER = 4

/** Told apart when requests are coloured by their client's address; more addresses share a colour. */
export const ADDRESS_COLORS: readonly string[] = Array.from(
  { length: 8 },
  (_, i) => `--stage-visitor-${i + 1}`,
)

/** As the legend explains it. */
export type LegendLook = Pick<Look, 'shape' | 'color' | 'title' | 'hint'>

/** Answers by shape, each with the column of the series that tells whether it occurs. */
export const LEGEND: readonly (LegendLook & { readonly column: string })[] = [
  { shape: 'ring', color: '--stage-ok', title: 'answer', hint: 'All is well.', column: 'ok' },
  {
    ...failed,
    title: 'failed',
    hint: 'An error, a connection refused or broken off, or no replica that is believed ready.',
    column: 'failedPerSecond',
  },
  {
    ...rejected,
    title: 'rejected',
    hint: 'Turned away: by a full queue, a rate limit, or a replica that sheds load.',
    column: 'rejectedPerSecond',
  },
  {
    ...timedOut,
    title: 'timed out',
    hint: 'Whoever waited for it has lost patience.',
    column: 'timedOutPerSecond',
  },
  {
    shape: 'bar',
    color: '--stage-cancelled',
    title: 'called off',
    hint: 'Given up because nobody waits for it any more.',
    column: 'cancelled',
  },
]
