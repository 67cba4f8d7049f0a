/** Says which scenario is on show, and opens the gallery of all others. */

import { ChevronDown } from 'lucide-react'
import { type KeyboardEvent, Suspense, useState } from 'react'
import { useStore } from 'zustand'
import { catalogue } from '../catalogue.ts'
import { later } from '../parts/later.tsx'
import { draft } from '../stores/draft.ts'
import css from './scenario-button.module.css'

const Gallery = later(() => import('./gallery.tsx'))

export function ScenarioButton() {
  const id = useStore(draft, (state) => state.id)
  const own = useStore(draft, (state) => state.scenario?.name)
  const title = useStore(catalogue, ({ entries }) => entries.find((entry) => entry.id === id)?.title)
  const [isOpen, setOpen] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setOpen(true)
  }
  return (
    <>
      <button
        type="button"
        role="combobox"
        className={css.button}
        aria-label="Scenario"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      >
        <span>{title ?? own ?? 'Scenario'}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      {isOpen && (
        <Suspense>
          <Gallery chosen={id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
