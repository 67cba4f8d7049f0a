/** The seed: type one, or take the next; the same seed is the same run. */

import { Dices } from 'lucide-react'
import { useEffect, useState } from 'react'
import { setSeed } from '../edits.ts'
import { IconButton } from '../parts/icon-button.tsx'
import css from './top-bar.module.css'

export function Seed({ seed }: { readonly seed: number | string }) {
  const [typed, setTyped] = useState(String(seed))
  useEffect(() => setTyped(String(seed)), [seed])
  const take = () => {
    const text = typed.trim()
    if (text && text !== String(seed)) setSeed(text)
    else setTyped(String(seed))
  }
  return (
    <div className={css.seed}>
      <label>
        <span>Seed</span>
        <input
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
      <IconButton
        label="Another seed: the same cluster, other chances"
        onClick={() => setSeed(another(seed))}
      >
        <Dices size={17} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

/** The next whole number, so that going through seeds can be repeated. */
function another(seed: number | string): string {
  return typeof seed === 'number' ? String(seed + 1) : `${seed}+`
}
