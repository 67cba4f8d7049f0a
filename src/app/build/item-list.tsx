/** The items of a list, each with its settings or as one value. */

import { Plus, X } from 'lucide-react'
import { sample } from '../../scenario/guide/control.ts'
import { type Path, resolve, valueAt } from '../../scenario/guide/resolve.ts'
import type { JsonSchema } from '../../scenario/shapes/shape.ts'
import { addItem, take } from './changes.ts'
import { Fold } from './fold.tsx'
import css from './form.module.css'
import { SettingsOf } from './settings-of.tsx'
import { dotted, useSheet } from './sheet.ts'

/** More would be slow, and nobody would look through them. */
const MOST_SHOWN = 50

interface ItemListProps {
  readonly path: Path
  /** What an item is called. */
  readonly label: string
  /** There is another way to add one. */
  readonly isAddedElsewhere?: boolean
}

export function ItemList({ path, label, isAddedElsewhere = false }: ItemListProps) {
  const sheet = useSheet()
  const { file, root, problems, Field } = sheet
  const value = valueAt(file, path)
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const list = resolve(root, path, file)?.alternatives.find(({ kind }) => kind === 'list')
  const add = () => addItem(path, sample(list?.schema.items as JsonSchema, root, file))
  return (
    <div className={css.settings}>
      <ol className={css.items}>
        {items.slice(0, MOST_SHOWN).map((item, i) => {
          const inside = [...path, i]
          const isMap = typeof item === 'object' && item !== null
          const own = problems.filter((problem) => problem.path === dotted(inside))
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by its place
            <li key={i} className={css.item} data-path={dotted(inside)}>
              {isMap ? (
                <Fold isOpenAtFirst={items.length === 1} isWrong={own.length > 0} summary={inWords(item)}>
                  <SettingsOf path={inside} label={`${label} ${i + 1}`} />
                  {own.length > 0 && (
                    <p className={css.wrong}>
                      {own.map(({ message, hint }) => `${message} ${hint}`).join(' ')}
                    </p>
                  )}
                </Fold>
              ) : (
                <Field path={inside} label={`${i + 1}`} />
              )}
              <button
                type="button"
                className={css.remove}
                aria-label={`Take out ${label} ${i + 1}`}
                onClick={() => take(inside)}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          )
        })}
      </ol>
      {items.length > MOST_SHOWN && (
        <p className={css.about}>The other {items.length - MOST_SHOWN} are in the text only.</p>
      )}
      {!isAddedElsewhere && (
        <button type="button" className={css.quiet} onClick={add}>
          <Plus size={13} aria-hidden="true" /> one more
        </button>
      )}
    </div>
  )
}

/** `{ at: 30s, crash: web/2 }` as `30s · crash web/2`. */
export function inWords(item: unknown): string {
  const { at, ...rest } = item as Record<string, unknown>
  const parts = Object.entries(rest).map(([key, of]) => `${key} ${typeof of === 'object' ? '…' : of}`)
  return [at, ...parts].filter((part) => part !== undefined).join(' · ') || 'nothing yet'
}
