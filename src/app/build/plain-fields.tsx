/** Settings that are one value: typed with its unit, or picked. */

import { type KeyboardEvent, useEffect, useState } from 'react'
import type { Option } from '../../scenario/guide/control.ts'
import type { Known, Path } from '../../scenario/guide/resolve.ts'
import { standardText } from '../../scenario/guide/words.ts'
import { history } from '../stores/draft.ts'
import { put, take, written } from './changes.ts'
import css from './form.module.css'
import { dotted, useSheet } from './sheet.ts'

interface PlainProps {
  readonly path: Path
  readonly known: Known
  readonly id: string
  readonly value: unknown
  /** Of what has no label of its own. */
  readonly ariaLabel?: string
}

/** Taken with Enter or when the focus leaves; empty means the default. */
export function Typed(
  props: PlainProps & { readonly suggestions: readonly string[]; readonly isText: boolean },
) {
  const { path, known, id, value, suggestions, isText, ariaLabel } = props
  const sheet = useSheet()
  const before = value === undefined || value === null ? '' : String(value)
  const [typed, setTyped] = useState(before)
  useEffect(() => setTyped(before), [before])
  const isWrong = sheet.problems.some((problem) => problem.path === dotted(path))
  const leave = () => {
    const text = typed.trim()
    if (text === before) return setTyped(before)
    if (text !== '') return put(sheet, path, written(text, isText))
    if (known.isNeeded || typeof path.at(-1) === 'number') setTyped(before)
    else take(path)
  }
  const isLong = before.length > 60
  const common = {
    id,
    value: typed,
    className: css.input,
    placeholder: standardText(known.standard) ?? exampleOf(known),
    spellCheck: isLong,
    autoComplete: 'off',
    'data-tip': known.about,
    'aria-label': ariaLabel,
    'aria-describedby': ariaLabel ? undefined : `${id}-about${isWrong ? ` ${id}-wrong` : ''}`,
    'aria-invalid': isWrong,
    onBlur: leave,
  }
  if (isLong) return <textarea {...common} rows={4} onChange={(event) => setTyped(event.target.value)} />
  return (
    <>
      <input
        {...common}
        list={suggestions.length > 0 ? `${id}-list` : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave()
          if (event.key === 'Escape') setTyped(before)
          if (typed === before && isUndo(event)) {
            event.preventDefault()
            history.getState()[event.shiftKey ? 'redo' : 'undo']()
          }
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** While nothing is half typed, the page's undo is meant. */
function isUndo({ ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === 'z'
}

/** One of a few. */
export function Picked({
  path,
  known,
  id,
  value,
  options,
}: PlainProps & { readonly options: readonly Option[] }) {
  const sheet = useSheet()
  const standard = standardText(known.standard)
  const isKnown = options.some((option) => option.value === value)
  const isWrong = sheet.problems.some((problem) => problem.path === dotted(path))
  const about = options.find((option) => option.value === value)?.about
  return (
    <>
      <select
        id={id}
        className={css.input}
        value={value === undefined ? '' : String(value)}
        data-tip={known.about}
        aria-describedby={`${id}-about${isWrong ? ` ${id}-wrong` : ''}`}
        aria-invalid={isWrong}
        onChange={(event) => {
          const option = options.find((one) => String(one.value) === event.target.value)
          if (option) put(sheet, path, option.value)
          else take(path)
        }}
      >
        {value === undefined || !known.isNeeded ? (
          <option value="">{standard === undefined ? 'not set' : `${standard} (default)`}</option>
        ) : null}
        {value !== undefined && !isKnown && <option value={String(value)}>{String(value)}</option>}
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.value === true ? 'yes' : option.value === false ? 'no' : option.value}
          </option>
        ))}
      </select>
      {about && <p className={css.about}>{about}</p>}
    </>
  )
}

function exampleOf({ alternatives }: Known): string | undefined {
  const examples = alternatives.flatMap(({ schema }) => (schema.examples ?? []) as string[])
  return examples[0] === undefined ? undefined : `such as ${examples[0]}`
}
