/** The seed: type one, or take the next; the same seed is the same run. */

import { Dices } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { setSeed } from '../edits.ts'
import { IconButton } from '../parts/icon-button.tsx'
import css from './top-bar.module.css'

export function Seed({ seed }: { readonly seed: number | string }) {
  const hadFocus = useRef(false)
  return (
    <div className={css.seed}>
      {/* A new field for each seed: what was typed into one is kept by the browser, to undo it, while the field lives. */}
      <Field key={String(seed)} seed={seed} hadFocus={hadFocus} />
      <IconButton
        label="Another seed: the same cluster, other chances"
        onClick={() => setSeed(another(seed))}
      >
        <Dices size={17} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

interface FieldProps {
  readonly seed: number | string
  /** Whether the field before it had the focus, which it then takes over. */
  readonly hadFocus: RefObject<boolean>
}

function Field({ seed, hadFocus }: FieldProps) {
  const [typed, setTyped] = useState(String(seed))
  const take = () => {
    const text = typed.trim()
    if (text && text !== String(seed)) setSeed(text)
    else setTyped(String(seed))
  }
  return (
    <label>
      <span>Seed</span>
      <input
        ref={(field) => {
          if (hadFocus.current) field?.focus()
          return () => {
            hadFocus.current = document.activeElement === field
          }
        }}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        maxLength={40}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
          if (event.key === 'Escape') setTyped(String(seed))
        }}
      />
    </label>
  )
}

/** The next whole number, so that going through seeds can be repeated. */
function another(seed: number | string): string {
  return typeof seed === 'number' ? String(seed + 1) : `${seed}+`
}
