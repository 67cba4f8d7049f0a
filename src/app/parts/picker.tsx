/**
 * One of a list of things that each have a title and a sentence about them: a select-only combobox as the
 * ARIA Authoring Practices describe it. The focus stays on the control; keys move through the list.
 */

import { Check, ChevronDown } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import css from './picker.module.css'
import { move } from './picker-keys.ts'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly summary: string
}

interface PickerProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onChange: (id: string) => void
  /** Shown before the value, inside the control. */
  readonly prefix?: string
  /** Shown when the value is none of the choices. */
  readonly otherwise?: string
}

const CLOSED = -1

export function Picker(props: PickerProps) {
  const { label, choices, value, onChange, prefix, otherwise = '' } = props
  const id = useId()
  /** The choice that Enter would take; none: the list is closed. */
  const [active, setActive] = useState(CLOSED)
  const isOpen = active !== CLOSED
  const chosen = choices.findIndex((choice) => choice.id === value)
  /** Where the list opens: what is chosen, or the first choice. */
  const first = Math.max(0, chosen)
  const take = (index: number) => {
    setActive(CLOSED)
    const choice = choices[index]
    if (choice && choice.id !== value) onChange(choice.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = move(event, active, first, choices)
    if (!next) return
    if (next.handled) event.preventDefault()
    if (next.take === undefined) setActive(next.active)
    else take(next.take)
  }
  return (
    <div className={css.picker}>
      <button
        type="button"
        role="combobox"
        className={css.trigger}
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen ? `${id}-${active}` : undefined}
        onClick={() => setActive(isOpen ? CLOSED : first)}
        onKeyDown={onKeyDown}
        onBlur={() => setActive(CLOSED)}
      >
        {prefix && <span className={css.prefix}>{prefix}</span>}
        <span className={css.value}>{choices[chosen]?.title ?? otherwise}</span>
        <ChevronDown className={css.arrow} size={14} aria-hidden="true" />
      </button>
      {isOpen && (
        <List
          id={id}
          label={label}
          choices={choices}
          chosen={chosen}
          active={active}
          onActive={setActive}
          onTake={take}
        />
      )}
    </div>
  )
}

interface ListProps {
  readonly id: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly chosen: number
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onTake: (index: number) => void
}

function List({ id, label, choices, chosen, active, onActive, onTake }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  useEffect(() => {
    // Never beyond the right edge.
    const box = list.current?.getBoundingClientRect()
    const over = box ? box.right + 8 - document.documentElement.clientWidth : 0
    if (list.current && over > 0) list.current.style.left = `${-over}px`
  }, [])
  return (
    <div className={css.list} role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the combobox, which keeps the focus
        <div
          key={choice.id}
          className={css.item}
          role="option"
          id={`${id}-${index}`}
          tabIndex={-1}
          aria-selected={index === chosen}
          data-active={index === active || undefined}
          onPointerMove={() => onActive(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          {index === chosen && <Check className={css.check} size={14} aria-hidden="true" />}
          {choice.title}
          <span className={css.summary}>{choice.summary}</span>
        </div>
      ))}
    </div>
  )
}
