/** What can be done to a replica or a whole tier now: each click is a timed entry in the scenario, and can be undone. */

import { useId, useState } from 'react'
import { befall } from '../../edits.ts'
import css from './node.module.css'

interface ActionsProps {
  /** `web/2`, or `web` for all of a tier. */
  readonly target: string
  readonly isWell: boolean
}

/** How long what was done lasts; 0: until it is undone. */
const LASTS = [0, 5, 10, 30, 60]

export function Actions({ target, isWell }: ActionsProps) {
  const id = useId()
  const [factor, setFactor] = useState(5)
  const [share, setShare] = useState(30)
  const [seconds, setSeconds] = useState(0)
  const lasting = seconds > 0 ? { for: seconds * 1e9 } : {}
  return (
    <fieldset className={css.actions}>
      <legend>From this instant</legend>
      <button type="button" onClick={() => befall({ kind: 'crash', target, ...lasting })}>
        Crash
      </button>
      <button type="button" onClick={() => befall({ kind: 'hang', target, ...lasting })}>
        Hang
      </button>
      <span className={css.pair}>
        <button type="button" onClick={() => befall({ kind: 'slow', target, factor, ...lasting })}>
          Slow
        </button>
        <input
          type="number"
          aria-label="How many times slower"
          min={1.1}
          max={1000}
          step={0.5}
          value={factor}
          onChange={(event) => setFactor(Math.min(1e6, Math.max(0.01, Number(event.target.value) || 1)))}
        />
        <span aria-hidden="true">×</span>
      </span>
      <span className={css.pair}>
        <button
          type="button"
          onClick={() => befall({ kind: 'errors', target, share: share / 100, ...lasting })}
        >
          Errors
        </button>
        <input
          type="number"
          aria-label="Percent of requests that fail"
          min={1}
          max={100}
          step={5}
          value={share}
          onChange={(event) => setShare(Math.min(100, Math.max(1, Number(event.target.value) || 1)))}
        />
        <span aria-hidden="true">%</span>
      </span>
      <button
        type="button"
        aria-disabled={isWell}
        onClick={() => !isWell && befall({ kind: 'recover', target })}
      >
        Recover
      </button>
      <label htmlFor={id} className={css.lasts}>
        lasts
        <select id={id} value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
          {LASTS.map((n) => (
            <option key={n} value={n}>
              {n === 0 ? 'until undone' : `${n} s`}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  )
}
