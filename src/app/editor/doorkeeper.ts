/** What does not come into the text: far more than a scenario can hold, and files, which are for the page. */

import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** Characters; as many as a scenario may have (scenario/source/read-yaml.ts). */
const MOST = 1 << 20

export function doorkeeper(onTooLong: (characters: number) => void): Extension {
  return EditorView.domEventHandlers({
    paste(event) {
      const { length } = event.clipboardData?.getData('text/plain') ?? ''
      if (length <= MOST) return false
      onTooLong(length)
      return true
    },
    // The editor would write a dropped log into the text, whatever its size.
    drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0,
  })
}
