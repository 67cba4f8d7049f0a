/** What a canary is judged by: the answers of the new version's replicas. */

import type { Cluster } from './cluster.ts'
import { BROKEN, ERROR, REFUSED } from './facts.ts'

/** A replica has answered, or its answer broke off. */
export function watchCanary(c: Cluster, node: number, outcome: number): void {
  const d = c.outside.deploys!
  const { index } = c.fixed.tierOf[node]!
  if (d.step[index]! < 0 || c.outside.members!.version[node] !== d.to[index]) return
  d.answers[index]!++
  if (outcome === ERROR || outcome === BROKEN || outcome === REFUSED) d.failures[index]!++
}
