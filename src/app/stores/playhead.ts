/** The instant on show, and how it moves: one small store that the frame loop advances. */

import { createStore } from 'zustand/vanilla'
import { FIRST_PLAYHEAD, onFrame } from '../frame-loop.ts'
import { brush, loopOf, type TimeSpan } from './brush.ts'

export interface Playhead {
  /** The instant on show, ns. */
  readonly at: number
  /** Simulated seconds per second of wall time. */
  readonly speed: number
  readonly playing: boolean
  /** Length of the run, ns. */
  readonly duration: number
  /** How far the run is computed, ns; playing waits here. */
  readonly frontier: number
  /** How far has been looked for breakpoints, ns; playing waits here too. */
  readonly limit: number
}

export const SLOWEST = 0.001
export const FASTEST = 1000
const FIRST_SPEED = 1

export const playhead = createStore<Playhead>()(() => ({
  at: 0,
  speed: FIRST_SPEED,
  playing: false,
  duration: 0,
  frontier: 0,
  limit: Number.POSITIVE_INFINITY,
}))

/**
 * What changes when `elapsed` ms of wall time pass.
 * @param loop what it stays in: past its end it goes on from its beginning
 */
export function advance(state: Playhead, elapsed: number, loop?: TimeSpan): Partial<Playhead> {
  if (!state.playing) return {}
  if (loop && (state.at < loop.from || state.at >= loop.to)) return { at: loop.from }
  const end = Math.min(state.duration, state.frontier, state.limit)
  const at = Math.max(state.at, Math.min(end, state.at + elapsed * 1e6 * state.speed))
  if (loop && at >= loop.to) return { at: loop.from + ((at - loop.to) % (loop.to - loop.from)) }
  if (at >= state.duration && state.duration > 0) return { at: state.duration, playing: false }
  return at === state.at ? {} : { at }
}

/** Plays on; from the beginning when it stands at the end. */
export function play(): void {
  const { at, duration } = playhead.getState()
  playhead.setState(at >= duration && duration > 0 ? { at: 0, playing: true } : { playing: true })
}

export function pause(): void {
  playhead.setState({ playing: false })
}

export function toggle(): void {
  if (playhead.getState().playing) pause()
  else play()
}

/** Goes to an instant within the run, also beyond what is computed. */
export function seek(at: number): void {
  const { duration } = playhead.getState()
  if (Number.isFinite(at)) playhead.setState({ at: Math.min(duration, Math.max(0, at)) })
}

export function setSpeed(speed: number): void {
  playhead.setState({ speed: Math.min(FASTEST, Math.max(SLOWEST, speed)) })
}

/** So much of a run is computed; the playhead stays where it is, unless a complete run ends before. */
export function setExtent(duration: number, frontier: number): void {
  const { at } = playhead.getState()
  playhead.setState({ duration, frontier, at: frontier < duration ? at : Math.min(at, duration) })
}

/** Lets the frame loop move the playhead, until the returned function is called. */
export function startPlayhead(): () => void {
  return onFrame((_now, elapsed) => {
    const state = playhead.getState()
    const change = advance(state, elapsed, loopOf(brush.getState(), state.duration))
    if (change.at !== undefined || change.playing !== undefined) playhead.setState(change)
  }, FIRST_PLAYHEAD)
}
