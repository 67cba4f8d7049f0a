/**
 * Keeps what moves around the playhead at hand: asks the worker for windows of about four seconds of wall
 * time (so, longer when it plays faster), the next one well before it is needed. Where there is none, as after a
 * jump, it asks for a short one first. Never waits: what is not here yet is simply not drawn yet. Only for lanes
 * that are being drawn.
 */

import type { EngineDoor, TraceWindow } from '../worker/protocol.ts'
import { onFrame, THEN_TRACE } from './frame-loop.ts'
import { brush, loopOf } from './stores/brush.ts'
import { playhead } from './stores/playhead.ts'

/** Wall time that one window plays for, seconds. */
const WINDOW_SECONDS = 4
/** Wall time that it reaches beyond on both sides, seconds; more than any hop is stretched on the stage. */
const MARGIN_SECONDS = 1
/** The same of a short window, which is there for the instant alone. */
const PEEK_SECONDS = 0.6
/** Hops in one window of one lane; beyond that one request stands for several. Lanes share them. */
const MOST_HOPS = 120_000
const KEPT = 6
/** Frames after which a lane that nobody drew is out of sight. */
const UNSEEN = 30

/** A part of time that is asked for as one window. */
export interface Slot {
  readonly from: number
  readonly to: number
}

/**
 * The slots wanted at an instant, the most urgent first: the one it is in and, from its middle on, the next.
 * They lie on a fixed grid for each power of two of speed, so that scrubbing meets the same windows again.
 */
export function slotsAt(at: number, speed: number): readonly [here: Slot, next?: Slot] {
  const second = 1e9 * 2 ** Math.ceil(Math.log2(speed))
  const length = WINDOW_SECONDS * second
  const slot = (index: number): Slot => ({
    from: Math.max(0, Math.round(index * length - MARGIN_SECONDS * second)),
    to: Math.round((index + 1) * length + MARGIN_SECONDS * second),
  })
  const index = Math.floor(at / length)
  return at / length - index < 0.5 ? [slot(index)] : [slot(index), slot(index + 1)]
}

/** A short slot around an instant, of which there is a picture soon. */
export function peekAt(at: number, speed: number): Slot {
  const reach = PEEK_SECONDS * 1e9 * speed
  return { from: Math.max(0, Math.floor(at - reach)), to: Math.ceil(at + reach) }
}

interface Kept {
  readonly slot: Slot
  readonly window: TraceWindow
  /** Of use only until a longer one is there. */
  readonly isPeek: boolean
}

/** The windows of one lane. */
interface Source {
  run: number
  kept: Kept[]
  asking: boolean
  /** Frame in which it was last drawn. */
  seen: number
}

let door: EngineDoor | undefined
let sources = new Map<string, Source>()
let frame = 0

/** From now on a lane's windows are of this run; those of an earlier run are let go once this one has some. */
export function traceRun(from: EngineDoor, lane: string, number: number): void {
  door = from
  const source = sources.get(lane)
  if (source) source.run = number
  else sources.set(lane, { run: number, kept: [], asking: false, seen: frame })
}

/** Keeps the windows of these lanes only; a lane that takes over from a lone one has its windows at first. */
export function forgetTraces(but: readonly string[]): void {
  const [lone] = sources.size === 1 ? [...sources.values()] : []
  const [heir] = but
  const left = new Map([...sources].filter(([lane]) => but.includes(lane)))
  if (lone && but.length === 1 && heir !== undefined && !left.has(heir)) left.set(heir, lone)
  sources = left
}

/** The window to draw the instant `at` of a lane with; while a new run is on its way, still the last one's. */
export function windowAt(lane: string, at: number): TraceWindow | undefined {
  const source = sources.get(lane)
  if (!source) return undefined
  const { kept, run } = source
  source.seen = frame
  const { speed } = playhead.getState()
  const [slot] = slotsAt(at, speed)
  const best = kept.find((k) => k.window.run === run && same(k.slot, slot) && covers(k, at))
  if (best) return best.window
  return (kept.find((k) => k.window.run === run && covers(k, at)) ?? kept.find((k) => covers(k, at)))?.window
}

function covers({ window }: Kept, at: number): boolean {
  return window.from <= at && window.to >= at
}

/** Lets the frame loop ask for windows, until the returned function is called. */
export function startTrace(): () => void {
  return onFrame(() => {
    frame++
    const inSight = [...sources.values()].filter(({ seen }) => frame - seen <= UNSEEN)
    for (const source of inSight) want(source, Math.floor(MOST_HOPS / inSight.length))
  }, THEN_TRACE)
}

function want(source: Source, most: number): void {
  const { at, speed, duration, frontier } = playhead.getState()
  if (!door || source.asking || frontier <= 0) return
  if (at < frontier && !source.kept.some((k) => k.window.run === source.run && covers(k, at))) {
    const slot = peekAt(at, speed)
    void ask(door, source, slot, Math.min(slot.to, frontier, duration), most, true)
    return
  }
  const soon = at + MARGIN_SECONDS * 2e9 * speed
  const loop = loopOf(brush.getState(), duration)
  // Where a loop goes back to is wanted before it does.
  const back = loop && soon >= loop.to ? slotsAt(loop.from, speed)[0] : undefined
  for (const slot of [...slotsAt(at, speed), back]) {
    if (!slot || slot.from >= Math.min(duration, frontier)) continue
    const to = Math.min(slot.to, frontier, duration)
    // While the run is being computed a window may end early; asked again only when that comes close.
    if (isKept(source, slot, Math.min(to, Math.max(soon, slot.from + 1)))) continue
    void ask(door, source, slot, to, most, false)
    return
  }
}

async function ask(
  engine: EngineDoor,
  source: Source,
  slot: Slot,
  to: number,
  most: number,
  isPeek: boolean,
): Promise<void> {
  const number = source.run
  source.asking = true
  try {
    const window = await engine.trace(number, slot.from, to, most)
    if (number !== source.run) return
    const others = source.kept.filter((k) => k.window.run === number && !k.isPeek && !same(k.slot, slot))
    source.kept = [{ slot, window, isPeek }, ...others].slice(0, KEPT)
  } catch {
    // The run was closed or the worker died; whoever noticed has said so, and the next run asks anew.
    await new Promise((resolve) => setTimeout(resolve, 250))
  } finally {
    source.asking = false
  }
}

function isKept({ kept, run }: Source, slot: Slot, to: number): boolean {
  return kept.some((k) => k.window.run === run && same(k.slot, slot) && k.window.to >= to)
}

function same(a: Slot, b: Slot): boolean {
  return a.from === b.from && a.to === b.to
}
