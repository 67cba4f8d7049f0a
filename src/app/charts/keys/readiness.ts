/** Whom the first balancer of a tier believes to be ready, at an instant and before the last change of that. */

import type { Change } from '../../../measure/series.ts'

export interface Readiness {
  /** A character for each replica: 1 believed ready, 0 out. */
  readonly now: string
  /** Before the last change; the same as `now` when there was none. */
  readonly before: string
  /** What changed last: the place of the replica in its tier and when, ns; undefined when nothing has. */
  readonly last: { readonly replica: number; readonly at: number } | undefined
}

/** @param first number of the tier's first replica */
export function readinessAt(changes: readonly Change[], first: number, count: number, at: number): Readiness {
  const now = new Array<string>(count).fill('1')
  let before = now.join('')
  let last: Readiness['last']
  let balancer: number | undefined
  for (const change of changes) {
    if (change.at > at) break
    const replica = change.node - first
    if (change.kind !== 'belief' || replica < 0 || replica >= count) continue
    balancer ??= change.balancer
    const mark = change.value === 1 ? '1' : '0'
    if (change.balancer !== balancer || now[replica] === mark) continue
    before = now.join('')
    now[replica] = mark
    last = { replica, at: change.at }
  }
  return { now: now.join(''), before, last }
}
