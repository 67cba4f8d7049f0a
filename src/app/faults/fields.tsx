/** The parts of forms about what happens: a number with its unit, a choice of words, how long it lasts. */

import { useEffect, useId, useState } from 'react'
import { useStore } from 'zustand'
import controls from '../parts/controls.module.css'
import { abilities } from '../stores/abilities.ts'
import css from './faults.module.css'
import type { Amount, Option } from './kinds.ts'

interface AmountFieldProps {
  readonly amount: Amount
  readonly value: number | undefined
  /** Called when it is taken: with Enter, the arrows, or when the focus leaves. */
  readonly onChange: (value: number | undefined) => void
  /** True: its title stands beside it. */
  readonly isTitled?: boolean
}

export function AmountField({ amount, value, onChange, isTitled = false }: AmountFieldProps) {
  const { title, short, unit, min, max, step, initial, otherwise = 'all' } = amount
  const id = useId()
  const [typed, setTyped] = useState(written(value))
  useEffect(() => setTyped(written(value)), [value])
  const take = (text: string) => {
    const number = Number(text)
    if (text.trim() === '' && initial === undefined) onChange(undefined)
    else if (text.trim() === '' || !Number.isFinite(number)) setTyped(written(value))
    else {
      const within = Math.min(max, Math.max(min, number))
      setTyped(written(within))
      if (within !== value) onChange(within)
    }
  }
  return (
    <span className={isTitled ? css.titled : css.amount}>
      {isTitled && <label htmlFor={id}>{title}</label>}
      {!isTitled && short && <span aria-hidden="true">{short}</span>}
      <input
        className={controls.field}
        id={id}
        type="number"
        aria-label={isTitled ? undefined : title}
        data-tip={isTitled ? undefined : title}
        min={min}
        max={max}
        step="any"
        value={typed}
        placeholder={initial === undefined ? otherwise : undefined}
        onChange={(event) => {
          setTyped(event.target.value)
          const number = Number(event.target.value)
          if (event.target.value.trim() !== '' && number >= min && number <= max && !isTitled)
            onChange(number)
        }}
        onBlur={() => take(typed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(typed)
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
          event.preventDefault()
          const next = (Number(typed) || 0) + (event.key === 'ArrowUp' ? step : -step)
          take(String(Number(next.toPrecision(12))))
        }}
      />
      {unit !== '' && <span aria-hidden="true">{unit}</span>}
    </span>
  )
}

interface OptionFieldProps {
  readonly option: Option
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isTitled?: boolean
}

export function OptionField({ option, value, onChange, isTitled = false }: OptionFieldProps) {
  const id = useId()
  const strategies = useStore(abilities, (state) => state.strategies)
  const choices = option.choices.length > 0 ? option.choices : strategies
  return (
    <span className={isTitled ? css.titled : css.amount}>
      {isTitled && <label htmlFor={id}>{option.title}</label>}
      <select
        className={controls.field}
        id={id}
        aria-label={isTitled ? undefined : option.title}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.title}
          </option>
        ))}
      </select>
    </span>
  )
}

/** Who is cut off: from all senders, or from one. */
export function fromOption(senders: readonly string[]): Option {
  return {
    key: 'from',
    title: 'From whom',
    choices: [{ id: '', title: 'from all' }, ...senders.map((id) => ({ id, title: `from ${id}` }))],
  }
}

/** How long what was done lasts, seconds; 0: until it is undone. */
const LASTS = [0, 5, 10, 30, 60]

export function LastsField(props: { readonly value: number; readonly onChange: (seconds: number) => void }) {
  const id = useId()
  const all = LASTS.includes(props.value) ? LASTS : [...LASTS, props.value].sort((a, b) => a - b)
  return (
    <label htmlFor={id} className={css.lasts}>
      lasts
      <select
        className={controls.field}
        id={id}
        value={props.value}
        onChange={(event) => props.onChange(Number(event.target.value))}
      >
        {all.map((seconds) => (
          <option key={seconds} value={seconds}>
            {seconds === 0 ? 'until undone' : `${seconds} s`}
          </option>
        ))}
      </select>
    </label>
  )
}

function written(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
