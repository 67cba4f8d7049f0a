/** The editor itself, of CodeMirror: loaded when a scenario's text is first looked at. */

import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, Prec, type StateEffect, Transaction } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Explained } from '../../scenario/guide/index.ts'
import type { Problem } from '../../scenario/problem.ts'
import { atCursor, onHover } from './about.ts'
import { completion } from './complete.ts'
import { doorkeeper } from './doorkeeper.ts'
import { look } from './look.ts'
import { marksOfOthers, takeOther, takeText } from './outside.ts'
import { offsetOf, showProblems } from './problem-marks.ts'
import { wrapping } from './wrap.ts'

export interface EditorOptions {
  readonly text: string
  readonly problems: readonly Problem[]
  /** Of the element that says how to leave the editor. */
  readonly describedBy: string
  /** Somebody typed. */
  readonly onType: (text: string) => void
  /** The page's history is the only one. */
  readonly undo: () => void
  readonly redo: () => void
  /** What was pasted has so many characters that no scenario could hold it: it stays outside. */
  readonly onTooLong: (characters: number) => void
  readonly onCursor: (explained: Explained | undefined) => void
}

export interface Editor {
  /** Brings the text in step with changes from elsewhere; `isOther`: another scenario. */
  take(text: string, isOther: boolean): void
  show(problems: readonly Problem[]): void
  goTo(line: number, column: number): void
  destroy(): void
}

/** Where one was when the editor was last left; of that text only. */
let left:
  | { readonly text: string; readonly anchor: number; readonly scroll: StateEffect<unknown> }
  | undefined

export function mountEditor(parent: HTMLElement, options: EditorOptions): Editor {
  const { text, problems, describedBy, onType, undo, redo, onTooLong, onCursor } = options
  let isFollowing = false
  /** Undo from within the editor shows what it did. */
  const follow = (step: () => void) => () => {
    isFollowing = true
    step()
    isFollowing = false
    return true
  }
  const back = left?.text === text ? left : undefined
  /** Lines end as they did in the text that came. */
  let hasReturns = text.includes('\r\n')
  const written = (now: string) => (hasReturns ? now.replaceAll('\n', '\r\n') : now)
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: withoutReturns(text),
      selection: { anchor: Math.min(back?.anchor ?? 0, withoutReturns(text).length) },
      extensions: [
        Prec.highest(
          keymap.of([
            { key: 'Mod-z', run: follow(undo), preventDefault: true },
            { key: 'Mod-Shift-z', run: follow(redo), preventDefault: true },
            { key: 'Mod-y', run: follow(redo), preventDefault: true },
          ]),
        ),
        lintGutter(),
        lineNumbers(),
        foldGutter({ markerDOM: foldSign }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of('  '),
        EditorState.tabSize.of(2),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        search({ top: true }),
        yaml(),
        completion,
        onHover,
        atCursor(onCursor),
        marksOfOthers,
        doorkeeper(onTooLong),
        wrapping,
        look,
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...searchKeymap,
          ...lintKeymap,
          ...foldKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorView.contentAttributes.of({
          'aria-label': 'Scenario, YAML',
          'aria-describedby': describedBy,
          autocapitalize: 'off',
          autocorrect: 'off',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of(({ docChanged, transactions, state }) => {
          const isTyped = transactions.some((one) => one.docChanged && !one.annotation(Transaction.remote))
          if (docChanged && isTyped) onType(written(state.doc.toString()))
        }),
      ],
    }),
    ...(back ? { scrollTo: back.scroll as StateEffect<never> } : {}),
  })
  showProblems(view, problems)
  onCursor(undefined)
  return {
    take(now, isOther) {
      hasReturns = now.includes('\r\n')
      if (isOther) takeOther(view, withoutReturns(now))
      else takeText(view, withoutReturns(now), isFollowing)
    },
    show: (now) => showProblems(view, now),
    goTo(line, column) {
      const anchor = offsetOf(view.state.doc, { line, column })
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
    destroy() {
      const { doc, selection } = view.state
      left = { text: written(doc.toString()), anchor: selection.main.head, scroll: view.scrollSnapshot() }
      view.destroy()
    },
  }
}

/** As the editor has it. */
function withoutReturns(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function foldSign(isOpen: boolean): HTMLElement {
  const sign = document.createElement('span')
  sign.textContent = isOpen ? '⌄' : '›'
  sign.title = isOpen ? 'Fold' : 'Unfold'
  return sign
}
