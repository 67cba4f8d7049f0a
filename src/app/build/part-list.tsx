/** Tiers or client populations: each by its name, which can be changed, with its settings. */

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useRef } from 'react'
import type { NamedKind } from '../../scenario/edit/references.ts'
import { plainMap, valueAt } from '../../scenario/guide/resolve.ts'
import { Fold } from './fold.tsx'
import css from './form.module.css'
import { NameField } from './name-field.tsx'
import { move, remove, rename } from './parts.ts'
import { SettingsOf } from './settings-of.tsx'
import { dotted, useSheet } from './sheet.ts'

export interface PartsOf {
  readonly kind: NamedKind
  /** "tier": what one of them is called. */
  readonly one: string
  /** Settings that are shown also while they are not there. */
  readonly always: readonly string[]
}

export function PartList({ of: { kind, one, always } }: { readonly of: PartsOf }) {
  const { file, problems } = useSheet()
  const parts = Object.entries(plainMap(valueAt(file, [kind])))
  /** Those that were there when the form was opened; what comes later is looked at. */
  const known = useRef(new Set(parts.map(([id]) => id)))
  const list = useRef<HTMLOListElement>(null)
  return (
    <ol className={css.parts} ref={list} tabIndex={-1}>
      {parts.map(([id, value], i) => {
        const path = [kind, id]
        const wrong = problems.filter(
          (problem) => problem.path === dotted(path) || problem.path.startsWith(`${dotted(path)}.`),
        )
        return (
          <li key={id} className={css.part} data-path={dotted(path)}>
            <Fold
              isOpenAtFirst={parts.length < 3 || !known.current.has(id)}
              isWrong={wrong.length > 0}
              summary={
                <>
                  <strong>{id}</strong>
                  <span>{inShort(plainMap(value))}</span>
                </>
              }
            >
              <div className={css.tools}>
                <NameField
                  name={id}
                  label={`Name of ${one} ${id}`}
                  rule="A name is letters, digits and “-”, begins with a letter, and is not taken yet."
                  onRename={(to) => rename({ kind, id }, to)}
                />
                {kind === 'tiers' && parts.length > 1 && (
                  <>
                    <button
                      type="button"
                      className={css.remove}
                      aria-label={`${id} one place to the front`}
                      data-tip="One place to the front"
                      aria-disabled={i === 0}
                      onClick={() => i > 0 && move({ kind, id }, i - 1)}
                    >
                      <ArrowUp size={14} aria-hidden="true" />
                    </button>
                    <button
                      type="button"
                      className={css.remove}
                      aria-label={`${id} one place to the back`}
                      data-tip="One place to the back"
                      aria-disabled={i === parts.length - 1}
                      onClick={() => i < parts.length - 1 && move({ kind, id }, i + 1)}
                    >
                      <ArrowDown size={14} aria-hidden="true" />
                    </button>
                  </>
                )}
                <button
                  type="button"
                  className={css.remove}
                  aria-label={`Take out ${one} ${id}`}
                  data-tip={parts.length > 1 ? 'Take it out, with what speaks of it' : 'The last one stays'}
                  aria-disabled={parts.length < 2}
                  onClick={() => {
                    if (parts.length < 2) return
                    remove({ kind, id })
                    list.current?.focus()
                  }}
                >
                  <X size={14} aria-hidden="true" />
                </button>
              </div>
              <SettingsOf path={path} label={id} always={always} />
            </Fold>
          </li>
        )
      })}
    </ol>
  )
}

/** What one sees of a part that is folded. */
function inShort(part: Readonly<Record<string, unknown>>): string {
  const { rate, replicas, balancing } = part
  const strategy = typeof balancing === 'object' ? plainMap(balancing).strategy : balancing
  const count = Array.isArray(replicas) ? replicas.length : replicas
  return [rate, count === undefined ? undefined : `${count} ×`, strategy]
    .filter((word) => word !== undefined && typeof word !== 'object')
    .join(' ')
}
