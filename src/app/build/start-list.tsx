/** Buttons that add something, and the starts there are to choose from. */

import { Plus } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import controls from '../parts/controls.module.css'
import css from './start-list.module.css'
import type { Start } from './starts.ts'

interface AddButtonProps {
  readonly onClick: () => void
  readonly children: ReactNode
}

export function AddButton({ onClick, children }: AddButtonProps) {
  return (
    <button type="button" className={`${controls.button} ${css.big}`} onClick={onClick}>
      <Plus size={14} aria-hidden="true" /> {children}
    </button>
  )
}

interface AddStartProps {
  readonly label: string
  readonly starts: readonly Start[]
  readonly onAdd: (start: Start) => void
}

/** Opens in place: each start with what it is. */
export function AddStart({ label, starts, onAdd }: AddStartProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <button
        type="button"
        className={`${controls.button} ${css.big}`}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Plus size={14} aria-hidden="true" /> {label} …
      </button>
      <ul className={css.starts} id={id} hidden={!isOpen}>
        {starts.map((start) => (
          <li key={start.id}>
            <button
              type="button"
              onClick={() => {
                setOpen(false)
                onAdd(start)
              }}
            >
              <strong>{start.title}</strong>
              <span>{start.summary}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
