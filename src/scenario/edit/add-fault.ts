/** A click on a replica, written down: adds an entry to the scenario's faults. */

import type { Duration, Instant } from '../../base/time.ts'
import type { FaultKind } from '../scenario.ts'
import { duration, share } from '../units/index.ts'
import { addEntry } from './entries.ts'

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
  return addEntry(text, 'faults', written(fault))
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
