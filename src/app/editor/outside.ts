/** Changes of the text that are not typed: from the stage, the form, undo. Cursor and scroll stay; what came is marked. */

import { type ChangeSpec, type Extension, StateEffect, StateField, Transaction } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'

/** As long as it takes to see it. */
const MARKED_MS = 2400

const mark = StateEffect.define<{ from: number; to: number }>({
  map: ({ from, to }, change) => ({ from: change.mapPos(from), to: change.mapPos(to) }),
})
const unmark = StateEffect.define<null>()

const line = Decoration.line({ class: 'cm-come' })

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, { changes, effects, state }) {
    let after = before.map(changes)
    for (const effect of effects) {
      if (effect.is(unmark)) after = Decoration.none
      if (!effect.is(mark)) continue
      const { doc } = state
      const last = doc.lineAt(Math.max(effect.value.from, effect.value.to - 1)).number
      const lines = []
      for (let n = doc.lineAt(effect.value.from).number; n <= last; n++)
        lines.push(line.range(doc.line(n).from))
      after = Decoration.set(lines)
    }
    return after
  },
  provide: (field) => EditorView.decorations.from(field),
})

export const marksOfOthers: Extension = marks

/** Beyond this a change is another text rather than a change of this one, and is not marked. */
const MOST_MARKED = 4000

/** Another scenario: begins at its top. */
export function takeOther(view: EditorView, text: string): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    selection: { anchor: 0 },
    scrollIntoView: true,
  })
}

/**
 * Brings the text of the editor to `text`.
 * @param follow whether the cursor goes to what has changed, as after undo
 */
export function takeText(view: EditorView, text: string, follow: boolean): void {
  const change = difference(view.state.doc.toString(), text)
  if (!change) return
  const { from, insert } = change
  // A line that comes in begins with the break before it: the break is not what is new.
  const skipped = /^\r?\n*/.exec(insert)?.[0].length ?? 0
  const begin = Math.min(from + skipped, from + insert.length)
  view.dispatch({
    changes: change as ChangeSpec,
    annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    effects:
      insert.trim() === '' || insert.length > MOST_MARKED
        ? []
        : mark.of({ from: begin, to: from + insert.length }),
    ...(follow ? { selection: { anchor: from + insert.length }, scrollIntoView: true } : {}),
  })
  setTimeout(() => {
    if (view.dom.isConnected) view.dispatch({ effects: unmark.of(null) })
  }, MARKED_MS)
}

/** The one stretch in which two texts differ. */
export function difference(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before[from] === after[from]) from++
  let back = 0
  while (back < most - from && before[before.length - 1 - back] === after[after.length - 1 - back]) back++
  return { from, to: before.length - back, insert: after.slice(from, after.length - back) }
}
