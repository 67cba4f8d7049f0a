/** Play, pause, one event back or on, speed and the time. */

import { MousePointerClick, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useId } from 'react'
import { useStore } from 'zustand'
import { stepEvent } from '../engine.ts'
import { clock, times } from '../format.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { FASTEST, playhead, setSpeed, toggle } from '../stores/playhead.ts'
import { shown } from '../stores/shown.ts'
import { view } from '../stores/view.ts'
import { placeOf, SPEED_STEPS, speedAt } from './speeds.ts'
import css from './transport.module.css'

export function Transport() {
  const isPlaying = useStore(playhead, (state) => state.playing)
  return (
    <fieldset className={css.transport} aria-label="Playback">
      <div className={css.buttons}>
        <IconButton label="One event back" keys="←" onClick={() => void stepEvent(-1)}>
          <StepBack size={18} aria-hidden="true" />
        </IconButton>
        <IconButton label={isPlaying ? 'Pause' : 'Play'} keys="Space" look="strong" onClick={toggle}>
          {isPlaying ? (
            <Pause size={18} fill="currentColor" strokeWidth={0} aria-hidden="true" />
          ) : (
            <Play size={18} fill="currentColor" className={css.play} aria-hidden="true" />
          )}
        </IconButton>
        <IconButton label="One event on" keys="→" onClick={() => void stepEvent(1)}>
          <StepForward size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <Clock />
      <Invitation />
      <Speed />
    </fieldset>
  )
}

function Clock() {
  const at = useStore(shown, (state) => state.playhead)
  const duration = useStore(playhead, (state) => state.duration)
  const speed = useStore(playhead, (state) => state.speed)
  const playing = useStore(playhead, (state) => state.playing)
  // Digits that only flicker say nothing.
  const decimals = playing ? (speed >= 10 ? 0 : speed >= 1 ? 1 : speed >= 0.1 ? 2 : 3) : 3
  return (
    <p className={css.clock}>
      <span className={css.now}>{clock(at, decimals)}</span>
      <span className={css.end}> / {clock(duration, 0)}</span>
    </p>
  )
}

/** Says the one thing that is not to be guessed; gone once it is done. */
function Invitation() {
  const hasTouched = useStore(view, (state) => state.hasTouched)
  if (hasTouched) return null
  return (
    <p className={css.invitation}>
      <MousePointerClick size={16} aria-hidden="true" />
      Click a replica to crash it
    </p>
  )
}

function Speed() {
  const id = useId()
  const speed = useStore(playhead, (state) => state.speed)
  const label = times(speed, FASTEST)
  return (
    <div className={css.speed}>
      <label htmlFor={id}>Speed</label>
      <input
        id={id}
        type="range"
        min={0}
        max={SPEED_STEPS}
        value={placeOf(speed)}
        aria-valuetext={label === 'max' ? 'as fast as it goes' : `${label.slice(0, -1)} times real time`}
        onChange={(event) => setSpeed(speedAt(Number(event.target.value)))}
      />
      <output className={css.times}>{label}</output>
    </div>
  )
}
