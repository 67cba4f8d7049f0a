/** One setting of the checks, as the file writes it: `2s`, `3`. Taken with Enter or when the focus leaves. */

import { useEffect, useId, useState } from 'react'
import controls from '../../parts/controls.module.css'
import css from './node.module.css'

interface SettingProps {
  readonly name: string
  /** As held: times in ns. */
  readonly value: number
  readonly onChange: (written: string | number) => void
}

/** Numbers this large are times in ns; nobody counts so many failures. */
const IS_TIME = 1e5

export function Setting({ name, value, onChange }: SettingProps) {
  const id = useId()
  const before = value >= IS_TIME ? timeText(value) : String(value)
  const [typed, setTyped] = useState(before)
  useEffect(() => setTyped(before), [before])
  const take = () => {
    const text = typed.trim()
    if (text === '' || text === before) setTyped(before)
    else onChange(/^\d+(\.\d+)?$/.test(text) ? Number(text) : text)
  }
  return (
    <label htmlFor={id} className={css.setting}>
      <span>{words(name)}</span>
      <input
        className={controls.field}
        id={id}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
          if (event.key === 'Escape') setTyped(before)
        }}
      />
    </label>
  )
}

function timeText(ns: number): string {
  return ns >= 1e9 ? `${ns / 1e9}s` : `${ns / 1e6}ms`
}

/** `fastInterval` as `fast interval`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
