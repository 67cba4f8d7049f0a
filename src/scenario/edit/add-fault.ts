/** A click on a replica, written down: adds an entry to the scenario's faults. */

import type { Duration, Instant } from '../../base/time.ts'
import type { FaultKind } from '../scenario.ts'
import { plain } from '../source/tree.ts'
import { duration, share } from '../units/index.ts'
import { revise, treeIn } from './revise.ts'

export interface NewFault {
  readonly at: Instant
  readonly kind: FaultKind
  /** `web/2`, or `web` for all of a tier. */
  readonly target: string
  /** `slow`: how many times longer everything takes. */
  readonly factor?: number
  /** `errors`: the share of requests that fail, 0 to 1. */
  readonly share?: number
  /** Recovers by itself after this time. */
  readonly for?: Duration
}

/**
 * The text with one more fault, among those that are in order of time. A text that cannot be read as YAML
 * stays as it is.
 */
export function addFault(text: string, fault: NewFault): string {
  const tree = treeIn(text)
  if (!tree) return text
  const said = plain(tree) as Record<string, unknown>
  const faults = Array.isArray(said.faults) ? said.faults : []
  const later = faults.findLastIndex((entry) => instantOf(entry) <= fault.at) + 1
  return revise(text, tree, { ...said, faults: faults.toSpliced(later, 0, written(fault)) })
}

function written({ at, kind, target, factor, share: part, for: lasts }: NewFault): Record<string, unknown> {
  return {
    at: duration.write(at),
    [kind]: target,
    ...(factor === undefined ? {} : { factor }),
    ...(part === undefined ? {} : { share: share.write(part) }),
    ...(lasts === undefined ? {} : { for: duration.write(lasts) }),
  }
}

/** When a fault of the file happens; one that cannot be read counts as early, so that it keeps its place. */
function instantOf(entry: unknown): number {
  const at = typeof entry === 'object' && entry !== null && 'at' in entry ? entry.at : undefined
  return (typeof at === 'string' ? duration.parse(at) : undefined) ?? 0
}
