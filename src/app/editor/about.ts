/** What a word of the text means: on hover, and below the editor for the word at the cursor. */

import type { Extension, Text } from '@codemirror/state'
import { EditorView, hoverTooltip } from '@codemirror/view'
import { type Explained, explainAt } from '../../scenario/guide/index.ts'

/** Characters of a text that is read at every move of the cursor; a longer one would keep the page waiting. */
export const MOST_READ = 100_000

/** So long the cursor rests before what it is on is explained. */
const REST_MS = 120

export const onHover: Extension = hoverTooltip((view, pos) => {
  const found = explained(view.state.doc, pos)
  if (!found) return null
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom: card(found) }) }
})

/** Tells what the cursor is on; undefined where it is on nothing. */
export function atCursor(tell: (explained: Explained | undefined) => void): Extension {
  let timer: ReturnType<typeof setTimeout> | undefined
  return EditorView.updateListener.of(({ view, selectionSet, docChanged, focusChanged }) => {
    if (!selectionSet && !docChanged && !focusChanged) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { doc, selection } = view.state
      tell(explained(doc, selection.main.head))
    }, REST_MS)
  })
}

function explained(doc: Text, at: number) {
  return doc.length > MOST_READ ? undefined : explainAt(doc.toString(), at)
}

function card({ path, about, allowed, standard }: Explained): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'cm-about'
  const add = (tag: string, text: string) => {
    if (text === '') return
    const part = dom.appendChild(document.createElement(tag))
    part.textContent = text
  }
  add('code', path)
  add('p', about)
  add('p', allowed && `Allowed: ${allowed}.`)
  add('p', standard === undefined ? '' : `Default: ${standard}`)
  return dom
}
