/** The command palette: type some words of what should happen, Enter does it. */

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { Modal } from '../../parts/modal.tsx'
import { commandsNow, matching, type PaletteCommand } from './commands.ts'
import css from './palette.module.css'

interface PaletteProps {
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** Commands that are drawn at a time, more than fit on a screen: further ones when one gets there. */
const A_PAGE = 40

export default function Palette({ onClose, onHelp }: PaletteProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const commands = useMemo(() => commandsNow(onHelp), [onHelp])
  const all = useMemo(() => matching(commands, typed), [commands, typed])
  const [most, setMost] = useState(A_PAGE)
  const found = all.slice(0, most)
  const left = all.length - found.length
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const take = (command: PaletteCommand | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.length - 1
    if (event.key === 'Enter') take(found[active])
    else if (event.key === 'ArrowDown') {
      if (active >= last && left > 0) setMost(most + A_PAGE)
      setActive(active >= last && left === 0 ? 0 : active + 1)
    } else if (event.key === 'ArrowUp') setActive(active <= 0 ? last : active - 1)
    else return
    event.preventDefault()
  }
  return (
    <Modal className={css.palette} title="Commands" onClose={onClose}>
      <input
        className={css.input}
        role="combobox"
        aria-label="What should happen?"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="What should happen?"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
          setMost(A_PAGE)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className={css.list}
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Commands"
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          if (left > 0 && scrollTop + 2 * clientHeight > scrollHeight) setMost(most + A_PAGE)
        }}
      >
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the text field, which keeps the focus
          <div
            key={command.title}
            id={`${id}-${index}`}
            className={css.item}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => setActive(index)}
            onClick={() => take(command)}
          >
            {command.title}
            {command.keys && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {all.length === 0 && <p className={css.none}>Nothing of that name.</p>}
      {left > 0 && <p className={css.none}>and {left} more: go on, or type some words of what you want</p>}
    </Modal>
  )
}
