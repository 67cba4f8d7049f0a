/** The context menu's click (or key) on a replica opens its page, whatever an ordinary click does. */

import type { MouseEvent } from 'react'
import type { Scenario } from '../../scenario/scenario.ts'
import { inspect } from './inspected.ts'

export function onReplicaMenu(event: MouseEvent, lane: string, scenario: Scenario | undefined): void {
  const card = event.target instanceof Element ? event.target.closest('.stage-replica') : null
  const name = card?.getAttribute('aria-label')
  const node = scenario?.tiers.flatMap((tier) => tier.replicas).findIndex(({ id }) => id === name) ?? -1
  if (node < 0) return
  event.preventDefault()
  inspect(lane, { kind: 'replica', node })
}
