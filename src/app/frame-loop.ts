/**
 * The one animation-frame loop. Everything that moves asks for a place in it and is called in a fixed order:
 * playhead, trace, stage, charts. It sleeps while the page is hidden or nobody listens.
 */

/** `now` and `elapsed` are milliseconds of wall time; `elapsed` is never more than `LONGEST_FRAME`. */
export type FrameCallback = (now: number, elapsed: number) => void

/** Places in a frame, in order. */
export const FIRST_PLAYHEAD = 0
export const THEN_TRACE = 10
export const THEN_STAGE = 20
export const THEN_CHARTS = 30
export const LAST_NUMBERS = 40

/** A frame that took longer (a busy machine, a page that slept) moves time by this much only. */
const LONGEST_FRAME = 100

interface Listener {
  readonly callback: FrameCallback
  readonly order: number
}

let listeners: readonly Listener[] = []
let request = 0
let last = 0

/** Calls back in every frame, in ascending `order`, until the returned function is called. */
export function onFrame(callback: FrameCallback, order: number = THEN_STAGE): () => void {
  const listener = { callback, order }
  listeners = [...listeners, listener].sort((a, b) => a.order - b.order)
  wake()
  return () => {
    listeners = listeners.filter((other) => other !== listener)
  }
}

function frame(now: number): void {
  request = 0
  const elapsed = Math.min(LONGEST_FRAME, Math.max(0, now - last))
  last = now
  wake()
  for (const { callback } of listeners) callback(now, elapsed)
}

function wake(): void {
  if (request !== 0 || listeners.length === 0 || document.hidden) return
  request = requestAnimationFrame(frame)
}

function onVisibility(): void {
  if (document.hidden) {
    cancelAnimationFrame(request)
    request = 0
  } else {
    last = performance.now()
    wake()
  }
}

if (typeof document !== 'undefined') document.addEventListener('visibilitychange', onVisibility)
