/**
 * All scenarios that come with the tool, by what they teach, each with a small picture; typing looks for one. The
 * focus stays in the search, keys move through the cards.
 */

import { Check, Plus, Search, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { beginAnew } from '../build/begin-anew.ts'
import { catalogue } from '../catalogue.ts'
import { pickScenario } from '../edits.ts'
import { Modal } from '../parts/modal.tsx'
import parts from '../parts/parts.module.css'
import css from './gallery.module.css'
import { shelvesOf } from './groups.ts'
import { Picture } from './picture.tsx'
import { STEP_KEYS, type StepKey, step } from './step.ts'

/** No scenario is called so: the card that begins another. */
const NEW = ''

interface GalleryProps {
  /** Name of the scenario on show. */
  readonly chosen: string
  readonly onClose: () => void
}

export default function Gallery({ chosen, onClose }: GalleryProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const entries = useStore(catalogue, (state) => state.entries)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(chosen)
  const shelves = useMemo(() => shelvesOf(entries, typed), [entries, typed])
  const isLooking = typed.trim() !== ''
  const ids = [...(isLooking ? [] : [NEW]), ...shelves.flatMap((shelf) => shelf.entries.map((one) => one.id))]
  const at = Math.max(0, ids.indexOf(active))
  const cards = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])]
  const show = (index: number) => cards()[index]?.scrollIntoView({ block: 'nearest' })
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'center' })
  }, [])
  const take = (taken: string | undefined) => {
    if (taken === undefined) return
    onClose()
    if (taken === NEW) void beginAnew()
    else if (taken !== chosen) pickScenario(taken)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    if (ctrlKey || metaKey || altKey || shiftKey) return
    if (key === 'Enter') take(ids[at])
    else if (STEP_KEYS.includes(key) && (key === 'ArrowDown' || key === 'ArrowUp' || !isLooking)) {
      const next = step(
        key as StepKey,
        at,
        cards().map((card) => card.getBoundingClientRect()),
      )
      setActive(ids[next] ?? NEW)
      show(next)
    } else return
    event.preventDefault()
  }
  const card = (of: string) => ({
    className: css.card,
    role: 'option' as const,
    id: `${id}-${of}`,
    tabIndex: -1,
    'aria-selected': of === chosen,
    'data-active': ids[at] === of || undefined,
    onPointerMove: () => setActive(of),
    onClick: () => take(of),
  })
  return (
    <Modal className={css.gallery} title="Scenarios" onClose={onClose}>
      <div className={css.top}>
        <Search size={16} aria-hidden="true" />
        <input
          role="combobox"
          aria-label="Look for a scenario"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={ids.length > 0 ? `${id}-${ids[at]}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={`Look through ${entries.length} scenarios: cache, retry, crash …`}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setActive(event.target.value.trim() === '' ? chosen : NEW)
            list.current?.scrollTo({ top: 0 })
          }}
          onKeyDown={onKeyDown}
        />
        <Dialog.Close className={parts.iconButton} aria-label="Close">
          <X size={18} aria-hidden="true" />
        </Dialog.Close>
      </div>
      <div
        className={css.list}
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Scenarios"
        tabIndex={0}
      >
        {!isLooking && (
          <div {...card(NEW)}>
            <Plus className={css.plus} size={18} aria-hidden="true" />
            <span className={css.title}>New scenario</span>
            <span className={css.summary}>
              From nothing: the smallest cluster that runs, and a form to add tiers, clients and faults to it.
            </span>
          </div>
        )}
        {shelves.map((shelf, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={shelf.title} className={css.shelf} role="group" aria-labelledby={`${id}/${index}`}>
            <h3 id={`${id}/${index}`} role="presentation">
              {shelf.title}
            </h3>
            {shelf.entries.map((entry) => (
              <div key={entry.id} {...card(entry.id)}>
                <Picture entry={entry} />
                <span className={css.title}>
                  {entry.id === chosen && <Check size={14} aria-hidden="true" />}
                  {entry.title}
                </span>
                <span className={css.summary}>{entry.summary}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {ids.length === 0 && <p className={css.none}>No scenario has all these words.</p>}
      <p className={css.key}>
        Dots are replicas, squares caches; a bar lets in only so much. Below: the time, and when something
        happens.
      </p>
    </Modal>
  )
}
