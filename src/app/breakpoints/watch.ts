/**
 * Stops playback at breakpoints: looks for them ahead of the playhead, and lets it play only as far as has been
 * looked, so that it never passes one.
 */

import { engineDoor } from '../engine.ts'
import { goTo } from '../lab/inspected.ts'
import { notice } from '../stores/notice.ts'
import { pause, playhead } from '../stores/playhead.ts'
import { drawn, runs } from '../stores/runs.ts'
import { breakpoints } from './list.ts'
import { earliest, type Hit, hitInFacts, hitInSeries, needsEngine, stopWords } from './search.ts'

/** How far is looked at once, ns: doubled from the first while nothing is found. */
const FIRST_STRETCH = 1e9
const LONGEST_STRETCH = 64e9

/** Nothing is met before this instant (`hit` itself, if there is one). */
let clearTo = 0
let hit: Hit | undefined
let isLooking = false
let stretch = FIRST_STRETCH
/** What was looked at: runs and conditions. Another makes what was found worthless. */
let looked = ''

/** Watches until the returned function is called. */
export function startWatch(): () => void {
  const stops = [
    playhead.subscribe((now, before) => {
      if (now.at === before.at && now.playing === before.playing) return
      follow(!before.playing || now.at < before.at)
    }),
    runs.subscribe(() => follow(false)),
    breakpoints.subscribe(() => follow(false)),
  ]
  follow(true)
  return () => {
    for (const stop of stops) stop()
    open()
  }
}

/** Looks for the next one beyond the playhead and goes there. @returns false when there is none */
export async function toNextStop(): Promise<boolean> {
  const { at, duration, frontier } = playhead.getState()
  const end = Math.min(duration, frontier)
  pause()
  let found: Hit | undefined
  for (let from = at, by = FIRST_STRETCH; !found && from < end; by = Math.min(2 * by, LONGEST_STRETCH)) {
    const to = Math.min(end, from + by)
    found = await look(from, to)
    from = to
  }
  if (!found) {
    notice.setState({ text: 'No breakpoint is met from here on.' })
    return false
  }
  goTo(found.at)
  notice.setState({ text: stopWords(found) })
  return true
}

function follow(isNew: boolean): void {
  const { at, playing, limit, duration, frontier } = playhead.getState()
  const list = breakpoints.getState().list
  if (!playing || !list.some(({ isOn }) => isOn)) {
    open()
    return
  }
  const of = state()
  if (isNew || of !== looked || at > clearTo) {
    looked = of
    clearTo = at
    hit = undefined
    stretch = FIRST_STRETCH
  }
  if (hit && at >= hit.at) {
    const met = hit
    pause()
    notice.setState({ text: stopWords(met) })
    return
  }
  if (limit !== clearTo) playhead.setState({ limit: clearTo })
  const end = Math.min(duration, frontier)
  if (!hit && !isLooking && clearTo < end && clearTo - at < stretch / 2) void lookOn(end)
}

async function lookOn(end: number): Promise<void> {
  isLooking = true
  const from = clearTo
  const to = Math.min(end, from + stretch)
  const of = looked
  const found = await look(from, to).catch(() => undefined) // the worker died, which is told where it is noticed
  isLooking = false
  if (of === looked && clearTo === from) {
    hit = found
    clearTo = found?.at ?? to
    stretch = Math.min(2 * stretch, LONGEST_STRETCH)
  }
  follow(false)
}

/** The first in all lanes after `from` and up to `to`. */
async function look(from: number, to: number): Promise<Hit | undefined> {
  const { list } = breakpoints.getState()
  const lanes = drawn(runs.getState().lanes)
  const engine = engineDoor()
  const sure = earliest(lanes.map(({ current }) => hitInSeries(current, list, from)))
  const known = sure && sure.at <= to ? sure : undefined
  if (!engine || !needsEngine(list)) return known
  const asked = lanes.map(({ current }) => hitInFacts(engine, current, list, from, known?.at ?? to))
  return earliest([...(await Promise.all(asked)), known])
}

/** Playing may go anywhere. */
function open(): void {
  hit = undefined
  looked = ''
  if (playhead.getState().limit !== Number.POSITIVE_INFINITY)
    playhead.setState({ limit: Number.POSITIVE_INFINITY })
}

function state(): string {
  const numbers = drawn(runs.getState().lanes).map(({ current }) => current.number)
  return JSON.stringify([numbers, breakpoints.getState().list])
}
