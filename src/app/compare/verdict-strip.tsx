/** Below the timeline of a comparison: the verdict in a sentence, and how far the replications are. */

import { Pause, Play, Plus, Square } from 'lucide-react'
import { useStore } from 'zustand'
import { span } from '../format.ts'
import controls from '../parts/controls.module.css'
import unseen from '../parts/unseen.module.css'
import type { Lane } from '../stores/runs.ts'
import { view } from '../stores/view.ts'
import { advice } from './advice.ts'
import { useVerdict } from './use-verdict.ts'
import {
  cancelVerdict,
  FEW,
  goOn,
  pauseVerdict,
  resumeVerdict,
  type Verdict,
  verdict,
} from './verdict-store.ts'
import css from './verdict-strip.module.css'

export default function VerdictStrip({ lanes }: { readonly lanes: readonly Lane[] }) {
  useVerdict(lanes)
  const state = useStore(verdict)
  const nameOf = (key: string) => lanes.find((lane) => lane.key === key)?.name ?? key
  const right = lanes.filter(({ scenario }) => scenario !== undefined)
  const sentence =
    right.length < 2
      ? 'There is nothing to compare with: only one lane can run.'
      : advice(state.result, nameOf)
  return (
    <section className={css.strip} data-many={lanes.length > 2} aria-label="Verdict">
      <p className={css.sentence}>{sentence}</p>
      <div className={css.work} hidden={right.length < 2}>
        <Bar state={state} />
        <div className={css.buttons}>
          <Buttons state={state} />
          <button
            type="button"
            className={controls.small}
            onClick={() => view.setState({ panel: 'verdict', isPanelOpen: true })}
          >
            Table
          </button>
        </div>
      </div>
      <p className={unseen.words} role="status">
        {state.progress === 'done' ? sentence : ''}
      </p>
    </section>
  )
}

function Bar({ state }: { readonly state: Verdict }) {
  const { progress, wanted, result } = state
  const done = Math.min(wanted, result?.replications ?? 0)
  return (
    <div className={css.progress} data-progress={progress}>
      <div
        className={css.bar}
        role="progressbar"
        aria-label="Replications"
        aria-valuemin={0}
        aria-valuemax={wanted}
        aria-valuenow={done}
        aria-valuetext={words(state, done)}
      >
        <span style={{ width: `${(100 * done) / wanted}%` }} />
      </div>
      <span className={css.words} aria-hidden="true">
        {words(state, done)}
      </span>
    </div>
  )
}

function words({ progress, wanted, spent, failure }: Verdict, done: number): string {
  const count = `${done} of ${wanted} replications`
  if (progress === 'waiting') return 'Replications begin when the runs are done'
  if (progress === 'paused') return `${count}, paused`
  if (progress === 'cancelled') return `${count}, stopped`
  if (progress === 'failed') return `${count}; ${failure}`
  if (progress === 'done') return `${done} replications`
  const left = done > 0 ? (spent / done) * (wanted - done) : Number.NaN
  return left > 2000 ? `${count}, about ${span(Math.ceil(left / 1000) * 1e9)} left` : count
}

function Buttons({ state: { progress } }: { readonly state: Verdict }) {
  if (progress === 'running') {
    return (
      <>
        <button type="button" className={controls.small} onClick={pauseVerdict}>
          <Pause size={13} aria-hidden="true" />
          Pause
        </button>
        <button type="button" className={controls.small} onClick={cancelVerdict}>
          <Square size={12} aria-hidden="true" />
          Stop
        </button>
      </>
    )
  }
  if (progress === 'paused') {
    return (
      <>
        <button type="button" className={controls.small} onClick={resumeVerdict}>
          <Play size={13} aria-hidden="true" />
          Resume
        </button>
        <button type="button" className={controls.small} onClick={cancelVerdict}>
          <Square size={12} aria-hidden="true" />
          Stop
        </button>
      </>
    )
  }
  if (progress === 'cancelled' || progress === 'failed') {
    return (
      <button type="button" className={controls.small} onClick={() => goOn()}>
        <Play size={13} aria-hidden="true" />
        {progress === 'failed' ? 'Try again' : 'Go on'}
      </button>
    )
  }
  if (progress === 'waiting') return null
  return (
    <button type="button" className={controls.small} onClick={() => goOn(FEW)}>
      <Plus size={13} aria-hidden="true" />
      {FEW} more
    </button>
  )
}
