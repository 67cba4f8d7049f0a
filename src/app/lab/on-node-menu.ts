/** The context menu's click (or key) on a part of the stage opens what can be done to it. */

import type { MouseEvent } from 'react'
import { touch } from '../faults/touched.ts'

export function onNodeMenu(event: MouseEvent, lane: string): void {
  const node = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-target]') : null
  const target = node?.dataset.target
  if (!node || !target) return
  event.preventDefault()
  touch({ kind: 'node', target }, node, lane)
}
