/**
 * The whole run at one glance, to scrub over: throughput by outcome as its background, what happened as
 * marks, the playhead as a slider. What has not been played yet is paler, but it is there.
 */

import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { column } from '../charts/columns.ts'
import { SpanBand } from '../charts/frame/span-band.tsx'
import { drawOutcomes, OUTCOME_LOOKS } from '../charts/outcomes.ts'
import { type Pen, takePen } from '../charts/pen.ts'
import { stack, top } from '../charts/stack.ts'
import { timeTicks } from '../charts/time-ticks.ts'
import { useScrub } from '../charts/use-scrub.ts'
import { useSize } from '../charts/use-size.ts'
import { useTimeMarks } from '../charts/use-time-marks.ts'
import { linear } from '../charts/value-scale.ts'
import { useEntries } from '../faults/use-entries.ts'
import { clock, span } from '../format.ts'
import { kindOf } from '../lanes/lane-key.ts'
import { tokenOf } from '../parts/lane-look.ts'
import { playhead, seek } from '../stores/playhead.ts'
import type { DrawnLane } from '../stores/runs.ts'
import { cursor, shown } from '../stores/shown.ts'
import { theme } from '../theme.ts'
import { withEntries } from './entry-marks.ts'
import { chooseFlags, type Flag } from './flags.ts'
import { keyTarget } from './keys.ts'
import { MarkFlags } from './mark-flags.tsx'
import { marksOfLanes } from './marks.ts'
import css from './timeline.module.css'

/** The lane's colour at the head of its row, CSS pixels. */
const MARK = 4
/** Between the rows of lanes, CSS pixels. */
const ROW_GAP = 2

export function Timeline({ lanes }: { readonly lanes: readonly DrawnLane[] }) {
  const duration = Math.max(...lanes.map(({ current }) => current.duration))
  const track = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  const pointer = useRef<HTMLDivElement>(null)
  const size = useSize(track)
  const { name: themeName } = useStore(theme)
  const time = useMemo(() => ({ duration, width: size.width }), [duration, size.width])
  const entries = useEntries()
  const marks = useMemo(() => {
    const all = marksOfLanes(lanes)
    return entries ? withEntries(all, entries, duration, lanes.every(hasEntries)) : all
  }, [lanes, entries, duration])
  const flags = useMemo(() => chooseFlags(marks, time), [marks, time])
  useTimeMarks(time, { playhead: line, veil, cursor: pointer })
  const scrub = useScrub(duration)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides the colours that a pen reads
  useEffect(() => {
    const pen = canvas.current && takePen(canvas.current, time, linear(0, 1), size.height)
    if (!pen) return
    pen.context.globalAlpha = 0.75
    drawRows(pen, lanes)
  }, [lanes, time, size.height, themeName])

  return (
    <div className={css.timeline}>
      <MarkFlags flags={flags} time={time} />
      <TrackSlider duration={duration}>
        <div className={css.track} ref={track} data-timeline {...scrub}>
          <canvas ref={canvas} className={css.canvas} />
          <div className={css.veil} ref={veil} />
          <SpanBand time={time} />
          <FlagLines flags={flags} width={size.width} />
          <div className={css.pointer} ref={pointer}>
            <PointerTime />
          </div>
          <div className={css.playhead} ref={line} />
        </div>
      </TrackSlider>
      <div className={css.ticks} aria-hidden="true">
        {timeTicks(duration, Math.max(2, Math.floor(size.width / 90))).map(({ at, label }) => (
          <span key={at} style={{ left: `${(100 * at) / duration}%` }} data-edge={edge(at, duration)}>
            {label}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Whether a lane has the faults of the text: variants may have others, branches have texts of their own. */
function hasEntries({ key }: DrawnLane): boolean {
  const kind = kindOf(key)?.kind
  return kind === 'base' || kind === 'strategy'
}

/** Each lane's throughput in a row of its own, all on one scale. */
function drawRows(pen: Pen, lanes: readonly DrawnLane[]): void {
  const rows = lanes.map(({ current: { series, duration } }) => {
    const looks = OUTCOME_LOOKS.map((look) => ({ ...look, column: column(series, look.id) }))
    const parts = looks.map((look) => look.column?.values ?? [])
    return { series, duration, looks, top: top(stack(parts, series.steps)) }
  })
  const most = Math.max(1, ...rows.map((row) => row.top)) * 1.05
  const gap = rows.length > 1 ? ROW_GAP : 0
  const height = (pen.height - gap * (rows.length - 1)) / rows.length
  rows.forEach(({ series, duration, looks }, i) => {
    const bottom = i * (height + gap) + height
    const row: Pen = { ...pen, y: (value) => bottom - (value / most) * height }
    drawOutcomes(row, looks, series.step, series.steps, duration)
    if (rows.length === 1) return
    pen.context.fillStyle = pen.color(tokenOf(i))
    pen.context.fillRect(0, bottom - height, MARK, height)
  })
}

/** The keyboard's and the screen reader's way to scrub. */
function TrackSlider(props: { readonly duration: number; readonly children: React.ReactNode }) {
  const at = useStore(shown, (state) => state.playhead)
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event, playhead.getState().at, props.duration)
    if (target === undefined) return
    event.preventDefault()
    seek(target)
  }
  return (
    <div
      className={css.slider}
      role="slider"
      tabIndex={0}
      aria-label="Time"
      aria-valuemin={0}
      aria-valuemax={Math.round(props.duration / 1e6) / 1e3}
      aria-valuenow={Math.round(at / 1e6) / 1e3}
      aria-valuetext={`${span(at)} of ${span(props.duration)}`}
      onKeyDown={onKeyDown}
    >
      {props.children}
    </div>
  )
}

function FlagLines({ flags, width }: { readonly flags: readonly Flag[]; readonly width: number }) {
  return (
    <svg className={css.lines} aria-hidden="true" width={width}>
      {flags.map(({ x }) => (
        <line key={x} x1={x} x2={x} y1={0} y2="100%" />
      ))}
    </svg>
  )
}

function PointerTime() {
  const at = useStore(cursor, (state) => state.at)
  return at === undefined ? null : <span className={css.pointerTime}>{clock(at, 1)}</span>
}

function edge(at: number, duration: number): string {
  return at === 0 ? 'start' : at > duration * 0.97 ? 'end' : ''
}
