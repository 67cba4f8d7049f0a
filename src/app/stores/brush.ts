/** The stretch of time that a person looks at: all charts show it, the event log lists it. */

import { createStore } from 'zustand/vanilla'

export interface TimeSpan {
  /** ns */
  readonly from: number
  readonly to: number
}

export interface Brush {
  /** Undefined: the whole run. */
  readonly span: TimeSpan | undefined
  /** What is being dragged over, before the pointer is let go. */
  readonly dragged: TimeSpan | undefined
  /** Playing stays in the stretch: at its end it goes back to its beginning. */
  readonly isLooped: boolean
}

export const brush = createStore<Brush>()(() => ({
  span: undefined,
  dragged: undefined,
  isLooped: false,
}))

/** Shorter than this nothing happens that a chart could show, ns. */
const SHORTEST = 1e6

/** Looks at what lies between two instants in any order, within the run; too short a stretch changes nothing. */
export function look(one: number, other: number, duration: number): void {
  const from = Math.max(0, Math.min(one, other))
  const to = Math.min(duration, Math.max(one, other))
  if (to - from < Math.min(SHORTEST, duration)) brush.setState({ dragged: undefined })
  else if (to - from >= duration) lookAtAll()
  else brush.setState({ span: { from, to }, dragged: undefined })
}

export function lookAtAll(): void {
  brush.setState({ span: undefined, dragged: undefined, isLooped: false })
}

/** Shows `factor` times as much time; the instant `about` stays where it is. */
export function zoom(factor: number, about: number, duration: number): void {
  const { from, to } = spanWithin(brush.getState().span, duration)
  const centre = Math.min(to, Math.max(from, about))
  const length = Math.max(SHORTEST, (to - from) * factor)
  if (length >= duration) lookAtAll()
  else {
    const begin = centre - ((centre - from) / (to - from)) * length
    const shifted = Math.min(duration - length, Math.max(0, begin))
    look(shifted, shifted + length, duration)
  }
}

/** Moves the stretch by a share of its length; it stops at the ends of the run. */
export function shift(share: number, duration: number): void {
  const { span } = brush.getState()
  if (!span) return
  const length = span.to - span.from
  const from = Math.min(duration - length, Math.max(0, span.from + share * length))
  look(from, from + length, duration)
}

/** What playing stays in; undefined: it goes to the end of the run, and stops. */
export function loopOf({ span, isLooped }: Brush, duration: number): TimeSpan | undefined {
  return isLooped && span && span.from < duration ? spanWithin(span, duration) : undefined
}

/** The stretch as a run of that length has it; all of it where they do not meet. */
export function spanWithin(span: TimeSpan | undefined, duration: number): TimeSpan {
  if (!span || span.from >= duration) return { from: 0, to: duration }
  return { from: span.from, to: Math.min(span.to, duration) }
}
