/** Long lines go on below themselves, indented like their beginning: a panel is narrow, and YAML lives by indents. */

import type { Extension, Range } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** Beyond the indent of the line itself. */
const HANG = 2
/** Deeper ones would leave no room. */
const DEEPEST = 16

const hanging = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = indents(view)
    }
    update({ view, docChanged, viewportChanged }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = indents(view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

export const wrapping: Extension = [EditorView.lineWrapping, hanging]

function indents(view: EditorView): DecorationSet {
  const { doc } = view.state
  const found: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = doc.lineAt(at)
      const own = /^ */.exec(line.text)![0].length
      const hang = Math.min(DEEPEST, own + HANG)
      const style = `text-indent: -${hang}ch; padding-left: calc(${hang}ch + 0.375rem)`
      found.push(Decoration.line({ attributes: { style } }).range(line.from))
      at = line.to + 1
    }
  }
  return Decoration.set(found)
}
