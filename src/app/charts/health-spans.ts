/** When each node was truly down, and when a balancer believed it out, as stretches of time. */

import type { Change } from '../../measure/series.ts'

/** As in the facts' health; who comes or goes by plan is not down. */
const CRASHED = 1
const HUNG = 2

export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface HealthSpans {
  /** Not up: crashed or hung. */
  readonly down: readonly Stretch[]
  /** At least one balancer sends it nothing. */
  readonly out: readonly Stretch[]
}

/** By node; what is not over lasts to `end`. */
export function healthSpans(changes: readonly Change[], nodes: number, end: number): readonly HealthSpans[] {
  const spans = Array.from({ length: nodes }, () => ({ down: [] as Stretch[], out: [] as Stretch[] }))
  const downSince = new Map<number, number>()
  const outBy = new Map<number, Set<number>>()
  const outSince = new Map<number, number>()
  for (const { at, kind, node, balancer, value } of changes) {
    if (!spans[node]) continue
    if (kind === 'truth') {
      turn(downSince, spans[node].down, node, value === CRASHED || value === HUNG, at)
      continue
    }
    const balancers = outBy.get(node) ?? new Set()
    outBy.set(node, balancers)
    if (value === 0) balancers.add(balancer)
    else balancers.delete(balancer)
    turn(outSince, spans[node].out, node, balancers.size > 0, at)
  }
  for (const [node, from] of downSince) spans[node]!.down.push({ from, to: end })
  for (const [node, from] of outSince) spans[node]!.out.push({ from, to: end })
  return spans
}

function turn(since: Map<number, number>, into: Stretch[], node: number, on: boolean, at: number): void {
  const from = since.get(node)
  if (on && from === undefined) since.set(node, at)
  if (on || from === undefined) return
  since.delete(node)
  into.push({ from, to: at })
}
