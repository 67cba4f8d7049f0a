/** Play, pause, one event back or on, speed and the time. */

import {
  ChevronFirst,
  ChevronLast,
  GitBranch,
  MousePointerClick,
  OctagonPause,
  Pause,
  Play,
  StepBack,
  StepForward,
  Zap,
} from 'lucide-react'
import { useEffect, useId } from 'react'
import { useStore } from 'zustand'
import { LONGEST } from '../../base/time.ts'
import { branches, branchesOf } from '../branches/store.ts'
import { breakpoints } from '../breakpoints/list.ts'
import { stepEvent } from '../engine.ts'
import { clock, times } from '../format.ts'
import { JUMPS, jump } from '../lab/jumps.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { draft } from '../stores/draft.ts'
import { FASTEST, playhead, setSpeed, toggle } from '../stores/playhead.ts'
import { drawn, runs } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'
import { stepped } from '../stores/stepped.ts'
import { view } from '../stores/view.ts'
import { type JumpTo, toggleDrawer, tools } from '../timeline/tools.ts'
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
      <Jumps />
      <Clock />
      <Happened />
      <Drawers />
      <Speed />
    </fieldset>
  )
}

const JUMP_CHOICES: readonly JumpTo[] = ['change', 'fault', 'flip', 'failure', 'visible']

/** To the last or next instant at which something happens, and what counts as something. */
function Jumps() {
  const to = useStore(tools, (state) => state.jumpTo)
  return (
    <div className={css.jumps}>
      <IconButton label={`Previous ${JUMPS[to]}`} keys="Ctrl ←" onClick={() => void jump(-1)}>
        <ChevronFirst size={18} aria-hidden="true" />
      </IconButton>
      <select
        aria-label="Jump to"
        data-tip="What the arrows beside it go to"
        value={to}
        onChange={(event) => tools.setState({ jumpTo: event.target.value as JumpTo })}
      >
        {JUMP_CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {SHORT_JUMPS[choice]}
          </option>
        ))}
      </select>
      <IconButton label={`Next ${JUMPS[to]}`} keys="Ctrl →" onClick={() => void jump(1)}>
        <ChevronLast size={18} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

const SHORT_JUMPS: Readonly<Record<JumpTo, string>> = {
  change: 'any change',
  fault: 'fault',
  flip: 'state or belief',
  failure: 'failed request',
  visible: 'visible change',
}

/** What opens between transport and timeline. */
function Drawers() {
  const drawer = useStore(tools, (state) => state.drawer)
  const stops = useStore(breakpoints, ({ list }) => list.filter(({ isOn }) => isOn).length)
  const id = useStore(draft, (state) => state.id)
  const futures = useStore(branches, (state) => branchesOf(state, id).length)
  useEffect(() => {
    if (stops === 0) return
    let stop: (() => void) | undefined
    let isWanted = true
    void import('../breakpoints/watch.ts').then(({ startWatch }) => {
      if (isWanted) stop = startWatch()
    })
    return () => {
      isWanted = false
      stop?.()
    }
  }, [stops])
  return (
    <div className={css.buttons}>
      <IconButton
        label="What can happen"
        isPressed={drawer === 'faults'}
        onClick={() => toggleDrawer('faults')}
      >
        <Zap size={17} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={stops === 0 ? 'Breakpoints' : `Breakpoints: ${stops} on`}
        isPressed={drawer === 'breakpoints'}
        onClick={() => toggleDrawer('breakpoints')}
      >
        <OctagonPause size={17} aria-hidden="true" />
        {stops > 0 && <span className={css.count}>{stops}</span>}
      </IconButton>
      <IconButton
        label={futures === 0 ? 'Branches' : `Branches: ${futures}`}
        isPressed={drawer === 'branches'}
        onClick={() => toggleDrawer('branches')}
      >
        <GitBranch size={17} aria-hidden="true" />
        {futures > 0 && <span className={css.count}>{futures}</span>}
      </IconButton>
    </div>
  )
}

function Clock() {
  const at = useStore(shown, (state) => state.playhead)
  const duration = useStore(playhead, (state) => state.duration)
  const speed = useStore(playhead, (state) => state.speed)
  const playing = useStore(playhead, (state) => state.playing)
  // Digits that only flicker say nothing.
  const decimals = playing ? (speed >= 10 ? 0 : speed >= 1 ? 1 : speed >= 0.1 ? 2 : speed >= 0.01 ? 3 : 4) : 3
  return (
    <p className={css.clock}>
      <span className={css.now}>{clock(at, decimals)}</span>
      {duration < LONGEST && <span className={css.end}> / {clock(duration, 0)}</span>}
    </p>
  )
}

/** What happened at the instant that a step led to, while the playhead stands there. */
function Happened() {
  const { at, text } = useStore(stepped)
  const isHere = useStore(playhead, (state) => state.at === at)
  return (
    <>
      <p className={css.happened} role="status" data-tip={isHere ? text : undefined}>
        {isHere && text}
      </p>
      {!isHere && <Invitation />}
    </>
  )
}

/** Says the one thing that is not to be guessed; gone once it is done. */
function Invitation() {
  const hasTouched = useStore(view, (state) => state.hasTouched)
  const hasStage = useStore(runs, ({ lanes }) => drawn(lanes).length > 0)
  if (hasTouched || !hasStage) return null
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
