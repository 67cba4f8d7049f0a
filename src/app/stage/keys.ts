/** Keys that a focused button uses itself must not also steer the playhead. */

import type { KeyboardEvent } from 'react'

export function keepKeys(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation()
}
