/** Tiers or client populations: each by its name, which can be changed, with its settings. */

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { NamedKind } from '../../scenario/edit/references.ts'
import { plainMap, valueAt } from '../../scenario/guide/resolve.ts'
import { Fold } from './fold.tsx'
import css from './form.module.css'
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
                <Name kind={kind} id={id} one={one} />
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

interface NameProps {
  readonly kind: NamedKind
  readonly id: string
  readonly one: string
}

/** What just got its name with Enter: it is another element then, and the focus goes there. */
let named = ''

/** Taken with Enter or when the focus leaves; whatever refers to it follows. */
function Name({ kind, id, one }: NameProps) {
  const [typed, setTyped] = useState(id)
  const [isRefused, setRefused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (named !== id) return
    named = ''
    input.current?.focus()
  }, [id])
  const leave = (isStaying: boolean) => {
    const name = typed.trim()
    if (isStaying && name !== id) named = name
    const isDone = name === id || rename({ kind, id }, name)
    setRefused(!isDone)
  }
  return (
    <label className={css.rename}>
      name
      <input
        ref={input}
        className={css.input}
        value={typed}
        aria-label={`Name of ${one} ${id}`}
        aria-invalid={isRefused}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value)
          setRefused(false)
        }}
        onBlur={() => leave(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave(true)
          if (event.key === 'Escape') setTyped(id)
        }}
      />
      {isRefused && (
        <span className={css.wrong} role="alert">
          A name is letters, digits and “-”, begins with a letter, and is not taken yet.
        </span>
      )}
    </label>
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
