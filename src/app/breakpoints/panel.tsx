/** The drawer of breakpoints: those there are, on or off, and one more. */

import { SkipForward, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useStore } from 'zustand'
import { whileRunning } from '../../scenario/judged.ts'
import controls from '../parts/controls.module.css'
import { IconButton } from '../parts/icon-button.tsx'
import { drawn, runs } from '../stores/runs.ts'
import css from './breakpoints.module.css'
import {
  addBreakpoint,
  breakpoints,
  type Condition,
  conditionWords,
  removeBreakpoint,
  switchBreakpoint,
} from './list.ts'
import { toNextStop } from './watch.ts'

const CHOICES: readonly { readonly id: Condition; readonly title: string; readonly unit?: string }[] = [
  { id: 'belief', title: 'a belief changes' },
  { id: 'truth', title: 'a replica’s state changes' },
  { id: 'failure', title: 'a request fails' },
  { id: 'queue', title: 'a queue reaches', unit: 'requests' },
  { id: 'p99', title: 'p99 rises above', unit: 'ms' },
  { id: 'expectation', title: 'an expectation breaks' },
]

export default function BreakpointPanel() {
  const list = useStore(breakpoints, (state) => state.list)
  return (
    <section className={css.panel} aria-label="Breakpoints">
      <NewBreakpoint />
      {list.length > 0 && (
        <ul className={css.list}>
          {list.map((one, index) => {
            const words = conditionWords(one)
            return (
              <li key={words}>
                <label>
                  <input
                    type="checkbox"
                    checked={one.isOn}
                    onChange={(event) => switchBreakpoint(index, event.target.checked)}
                  />
                  {words}
                </label>
                <IconButton label={`Remove: ${words}`} onClick={() => removeBreakpoint(index)}>
                  <Trash2 size={14} aria-hidden="true" />
                </IconButton>
              </li>
            )
          })}
        </ul>
      )}
      {list.some(({ isOn }) => isOn) && (
        <button type="button" className={controls.button} onClick={() => void toNextStop()}>
          <SkipForward size={14} aria-hidden="true" />
          Go to the next
          <kbd className={css.key}>F9</kbd>
        </button>
      )}
      {list.some(({ condition }) => condition === 'expectation') && <Unfollowed />}
    </section>
  )
}

function NewBreakpoint() {
  const id = useId()
  const [condition, setCondition] = useState<Condition>('belief')
  const [limits, setLimits] = useState({ p99: 250, queue: 10 })
  const unit = CHOICES.find((choice) => choice.id === condition)?.unit
  const limit = condition === 'p99' || condition === 'queue' ? limits[condition] : 0
  return (
    <form
      className={css.new}
      onSubmit={(event) => {
        event.preventDefault()
        addBreakpoint(condition, limit)
      }}
    >
      <label htmlFor={id}>Stop when</label>
      <select
        className={controls.field}
        id={id}
        value={condition}
        onChange={(event) => setCondition(event.target.value as Condition)}
      >
        {CHOICES.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.title}
          </option>
        ))}
      </select>
      {unit && (
        <>
          <input
            className={controls.field}
            type="number"
            aria-label={`Limit, ${unit}`}
            min={condition === 'queue' ? 1 : 0}
            step={condition === 'queue' ? 1 : 'any'}
            required
            value={limit}
            onChange={(event) => setLimits({ ...limits, [condition]: Number(event.target.value) })}
          />
          <span>{unit}</span>
        </>
      )}
      <button type="submit" className={controls.button}>
        Add
      </button>
    </form>
  )
}

/** Expectations that only the end of the run decides. */
function Unfollowed() {
  const scenario = useStore(runs, ({ lanes }) => drawn(lanes)[0]?.current.scenario)
  if (!scenario) return null
  if (scenario.expect.length === 0) return <p className={css.note}>This scenario expects nothing.</p>
  const late = scenario.expect.filter((one) => !whileRunning(one))
  return (
    <p className={css.note}>
      {late.length < scenario.expect.length &&
        'Judged after every step of the charts, by what has happened so far. '}
      {late.length > 0 &&
        `Only the end of the run can tell, as it may still come true: ${late.map(({ text }) => text).join('; ')}.`}
    </p>
  )
}
