/** The problems of the text, where they are: underlined, in the margin, with their cure on hover and with F8. */

import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { Problem } from '../../scenario/problem.ts'

export function showProblems(view: EditorView, problems: readonly Problem[]): void {
  const { doc } = view.state
  const found = problems.flatMap((problem) => diagnostic(doc, problem) ?? [])
  view.dispatch(setDiagnostics(view.state, found))
}

/** Where a place of a problem is in the text; its end when there is no such line any more. */
export function offsetOf(doc: Text, { line, column }: Pick<Problem, 'line' | 'column'>): number {
  if (line > doc.lines) return doc.length
  const { from, to } = doc.line(line)
  return Math.min(to, from + column - 1)
}

/** From the offender to the end of its word. */
function diagnostic(doc: Text, problem: Problem): Diagnostic | undefined {
  const { line, message, hint } = problem
  if (line < 1) return undefined
  const from = offsetOf(doc, problem)
  const rest = doc.lineAt(from)
  const word = /^[^\s,}\]:]+/.exec(rest.text.slice(from - rest.from))?.[0].length ?? 1
  const to = Math.min(doc.length, from + word)
  return { from, to, severity: 'error', message: hint ? `${message} ${hint}` : message }
}
