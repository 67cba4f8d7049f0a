/** Completion from the schema: keys that are not there yet, strategies, policies, names of this file. */

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippet,
  startCompletion,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { completionAt, type Hint } from '../../scenario/guide/index.ts'
import { MOST_READ } from './about.ts'

const WORD = /^[\w$./%-]*$/

export const completion: Extension = autocompletion({ override: [source], icons: false })

function source(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context
  if (state.doc.length > MOST_READ) return null
  const text = state.doc.toString()
  const found = completionAt(text, pos)
  if (!found) return null
  const { from, to, hints } = found
  // Unasked only where something was begun: a word, or the space after a colon.
  if (!explicit && from === pos && !/[:{[,] $/.test(text.slice(Math.max(0, pos - 2), pos))) return null
  const hasColon = /^ *:/.test(text.slice(to, to + 8))
  return {
    from,
    to,
    validFor: WORD,
    options: hints.map((hint, place) => optionOf(hint, hasColon, -Math.min(98, place))),
  }
}

function optionOf(hint: Hint, hasColon: boolean, boost: number): Completion {
  const { label, detail, about, kind, isNeeded, insert } = hint
  const isRenamed = kind === 'key' && hasColon
  return {
    label,
    detail,
    ...(about ? { info: about } : {}),
    type: kind === 'key' ? 'property' : 'enum',
    boost: isNeeded ? 99 : boost,
    apply: isRenamed ? label : applied(insert),
  }
}

/** Writes it, and goes on with what is to be filled in. */
function applied(insert: string): NonNullable<Completion['apply']> {
  if (!insert.includes('#{')) return insert
  const write = snippet(insert)
  return (view: EditorView, option: Completion, from: number, to: number) => {
    write(view, option, from, to)
    startCompletion(view)
  }
}
