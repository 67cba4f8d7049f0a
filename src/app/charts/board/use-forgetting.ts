/** Another scenario has other times: what was looked at and pinned is forgotten. */

import { useEffect } from 'react'
import { lookAtAll } from '../../stores/brush.ts'
import { draft } from '../../stores/draft.ts'
import { clearPins } from '../../stores/pins.ts'

export function useForgetting(): void {
  useEffect(
    () =>
      draft.subscribe((now, before) => {
        if (now.id === before.id) return
        lookAtAll()
        clearPins()
      }),
    [],
  )
}
