/** The name of a part, to be changed: taken with Enter or when the focus leaves; whatever refers to it follows. */

import { useEffect, useRef, useState } from 'react'
import css from './form.module.css'
import own from './name-field.module.css'

interface NameFieldProps {
  readonly name: string
  /** "Name of tier web". */
  readonly label: string
  /** What a name may be, as a sentence. */
  readonly rule: string
  /** False when it cannot be called so. */
  readonly onRename: (to: string) => boolean
}

/** What just got its name with Enter: it is another element then, and the focus goes there. */
let named = ''

export function NameField({ name, label, rule, onRename }: NameFieldProps) {
  const [typed, setTyped] = useState(name)
  const [isRefused, setRefused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (named !== name) return
    named = ''
    input.current?.focus()
  }, [name])
  const leave = (isStaying: boolean) => {
    const to = typed.trim()
    if (isStaying && to !== name) named = to
    setRefused(to !== name && !onRename(to))
  }
  return (
    <label className={own.rename}>
      name
      <input
        ref={input}
        className={css.input}
        value={typed}
        aria-label={label}
        aria-invalid={isRefused}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value)
          setRefused(false)
        }}
        onBlur={() => leave(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave(true)
          if (event.key === 'Escape') setTyped(name)
        }}
      />
      {isRefused && (
        <span className={css.wrong} role="alert">
          {rule}
        </span>
      )}
    </label>
  )
}
