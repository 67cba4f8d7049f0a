/** The text of the scenario. A plain field serves until the editor is loaded, and where it cannot be. */

import {
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useStore } from 'zustand'
import type { Explained } from '../../scenario/guide/index.ts'
import { editText } from '../edits.ts'
import { grouped } from '../format.ts'
import { ahead } from '../parts/later.tsx'
import { draft, history } from '../stores/draft.ts'
import { notice } from '../stores/notice.ts'
import css from './editor.module.css'
import type { Editor } from './mount.ts'

/** As large as everything before the first picture. */
const loadEditor = ahead(() => import('./mount.ts'), 'last')

export interface EditorHandle {
  /** Puts the cursor there; lines and columns from 1. */
  goTo(line: number, column: number): void
}

interface TextEditorProps {
  readonly handle: RefObject<EditorHandle | null>
  /** What is more urgent than what the cursor is on, and so stands in its place: the text above does not move. */
  readonly children?: ReactNode
}

export function TextEditor({ handle, children }: TextEditorProps) {
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const editor = useRef<Editor | undefined>(undefined)
  const [isHere, setHere] = useState(false)
  const [explained, setExplained] = useState<Explained>()

  useEffect(() => {
    let isOver = false
    const stop = draft.subscribe((now, before) => {
      if (now.text !== before.text) editor.current?.take(now.text, now.id !== before.id)
      if (now.problems !== before.problems) editor.current?.show(now.problems)
    })
    loadEditor().then(
      ({ mountEditor }) => {
        if (isOver || !place.current) return
        const { text, problems } = draft.getState()
        editor.current = mountEditor(place.current, {
          text,
          problems,
          describedBy: id,
          onType: editText,
          undo: () => history.getState().undo(),
          redo: () => history.getState().redo(),
          onTooLong: tooLong,
          onCursor: setExplained,
        })
        setHere(true)
      },
      () => undefined, // the plain field stays
    )
    return () => {
      isOver = true
      stop()
      editor.current?.destroy()
      editor.current = undefined
    }
  }, [id])

  useImperativeHandle(handle, () => ({
    goTo(line, column) {
      if (editor.current) editor.current.goTo(line, column)
      else goToInField(field.current, line, column)
    },
  }))

  return (
    <div className={css.editor}>
      {!isHere && <PlainField field={field} />}
      <div ref={place} className={css.place} hidden={!isHere} />
      <p id={id} className={css.keys}>
        {isHere
          ? 'Ctrl Space: what can stand here. F8: next problem. Ctrl F: search. Tab indents; Escape, then Tab leaves.'
          : 'The editor is being loaded; you can begin.'}
      </p>
      {children ? <div className={css.urgent}>{children}</div> : isHere && <About explained={explained} />}
    </div>
  )
}

function tooLong(characters: number): void {
  notice.setState({
    text: `What you pasted has ${grouped(characters)} characters, more than a scenario can hold; the text stays as it was. A log is replayed when you drop its file on the page.`,
  })
}

/** What the cursor is on. Always as high, so that the text stays where it is. */
function About({ explained }: { readonly explained: Explained | undefined }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with keys
    <section className={css.about} aria-label="At the cursor" tabIndex={0}>
      {explained ? (
        <>
          <code>{explained.path}</code>
          {explained.about && <p>{explained.about}</p>}
          <p className={css.allowed}>
            {explained.allowed && `Allowed: ${explained.allowed}.`}
            {explained.standard !== undefined && ` Default: ${explained.standard}`}
          </p>
        </>
      ) : (
        <p className={css.allowed}>What the word at the cursor means stands here.</p>
      )}
    </section>
  )
}

function PlainField({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const text = useStore(draft, (state) => state.text)
  const isWrong = useStore(draft, (state) => state.problems.length > 0)
  return (
    <textarea
      ref={field}
      className={css.plain}
      aria-label="Scenario, YAML"
      aria-invalid={isWrong}
      value={text}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      wrap="off"
      onChange={(event) => editText(event.target.value)}
    />
  )
}

function goToInField(field: HTMLTextAreaElement | null, line: number, column: number): void {
  if (!field || line < 1) return
  const before = field.value.split('\n').slice(0, line - 1)
  const start = before.reduce((sum, row) => sum + row.length + 1, 0) + column - 1
  field.focus()
  field.setSelectionRange(start, start)
}
