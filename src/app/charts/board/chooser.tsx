/** Which charts are on the board: all that there are, by what they are about, to search and tick. */

import { LayoutDashboard } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useId, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import controls from '../../parts/controls.module.css'
import { arrange, board } from './board-store.ts'
import css from './chooser.module.css'
import { type ChartEntry, matchingEntries } from './entry.ts'

interface ChooserProps {
  readonly name: string
  readonly entries: readonly ChartEntry[]
  /** Those on the board, in their order. */
  readonly ids: readonly string[]
}

export function Chooser({ name, entries, ids }: ChooserProps) {
  return (
    <Popover.Root>
      <Popover.Trigger className={controls.small}>
        <LayoutDashboard size={15} aria-hidden="true" />
        Choose charts
        <span className={css.count}>
          {ids.length} of {entries.length}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={css.box}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Charts"
        >
          <List name={name} entries={entries} ids={ids} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function List({ name, entries, ids }: ChooserProps) {
  const [typed, setTyped] = useState('')
  const isArranged = useStore(board, (state) => state.boards[name] !== undefined)
  const found = useMemo(() => matchingEntries(entries, typed), [entries, typed])
  const groups = [...new Set(found.map(({ group }) => group))]
  const set = (id: string, isOn: boolean) =>
    arrange(name, isOn ? [...ids, id] : ids.filter((other) => other !== id))
  return (
    <>
      <input
        className={css.search}
        type="search"
        aria-label="Search charts"
        placeholder="Search charts"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className={css.list}>
        {groups.map((group) => (
          <fieldset key={group} className={css.group}>
            <legend>{group}</legend>
            {found
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <Row key={entry.id} entry={entry} isOn={ids.includes(entry.id)} onChange={set} />
              ))}
          </fieldset>
        ))}
        {found.length === 0 && <p className={css.none}>No chart of that name.</p>}
      </div>
      <button
        type="button"
        className={css.reset}
        aria-disabled={!isArranged || undefined}
        onClick={() => isArranged && arrange(name, undefined)}
      >
        As it was at first
      </button>
    </>
  )
}

interface RowProps {
  readonly entry: ChartEntry
  readonly isOn: boolean
  readonly onChange: (id: string, isOn: boolean) => void
}

function Row({ entry: { id, title, about, reason }, isOn, onChange }: RowProps) {
  const key = useId()
  const isOff = reason !== undefined && !isOn
  return (
    <label className={css.row} data-off={isOff || undefined}>
      <input
        type="checkbox"
        checked={isOn}
        disabled={isOff}
        aria-labelledby={`${key}-title`}
        aria-describedby={`${key}-about`}
        onChange={(event) => onChange(id, event.target.checked)}
      />
      <span id={`${key}-title`}>{title}</span>
      <span className={css.about} id={`${key}-about`}>
        {reason ?? about}
      </span>
    </label>
  )
}
