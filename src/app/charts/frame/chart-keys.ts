/** What keys do on a chart that has the focus, as the help shows them; use-plot-keys.ts does it. */

import type { Shortcut } from '../../controls/shortcuts.ts'

export const CHART_KEYS: readonly Shortcut[] = [
  { keys: '← →', does: 'Move the cursor by a step, with Shift by ten' },
  { keys: 'Enter', does: 'Go there' },
  { keys: 'A B', does: 'Set two cursors, and read the difference' },
  { keys: 'Z', does: 'Look at what lies between them' },
  { keys: '+ −', does: 'Look closer, or at more' },
  { keys: '0', does: 'Look at the whole run' },
]
