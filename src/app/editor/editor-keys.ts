/** What keys do in the text of the scenario, as the help shows them; mount.ts does it. */

import type { Shortcut } from '../controls/shortcuts.ts'

export const EDITOR_KEYS: readonly Shortcut[] = [
  { keys: 'Ctrl Space', does: 'What can stand here' },
  { keys: 'F8', does: 'To the next problem, and its cure' },
  { keys: 'Ctrl F', does: 'Search and replace; F3 finds the next' },
  { keys: 'Ctrl /', does: 'Make the line a comment, and back' },
  { keys: 'Tab', does: 'Indent; with Shift less' },
  { keys: 'Alt ↑ ↓', does: 'Move the line; with Shift copy it' },
  { keys: 'Ctrl D', does: 'Select the next of the same, to change them at once' },
  { keys: 'Ctrl Z', does: 'Undo: the one history of the page' },
  { keys: 'Ctrl K', does: 'Do anything by its name, from here too' },
  { keys: 'Escape Tab', does: 'Leave the editor' },
]
