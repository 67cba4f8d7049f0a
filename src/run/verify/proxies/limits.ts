/** Rate limiters as recordings ask them: requests of one client at planned instants, or held and let go. */

import { copyTree } from '../../../engine/tree.ts'
import { type Limiter, REJECT } from '../../../policies/limits/limit.ts'
import { judge, type Zone, zone } from '../../../policies/limits/zone.ts'
import type { Params } from '../../../policies/policy.ts'
import { Unfit } from '../unfit.ts'
import { numbersOf } from './case-fields.ts'
import type { NumbersAgree } from './outcome.ts'
import type { Scene } from './recording.ts'

/** How far from its plan a request was sent, ms: another load on the machine that made the recording. */
const JITTER = 60

/** The only client's key. */
const CLIENT = 1

/** One request as a limiter saw it. */
export interface Seen {
  readonly at: number
  readonly isRejected: boolean
  /** ns; 0 when it is let pass at once. */
  readonly delay: number
}

/**
 * Judges the requests of the field "sent_at_ms".
 * @param shown makes the observed entry of what was seen, the zone as it is now, and as it was before
 */
export function limited<T>(
  scene: Scene,
  limiter: Limiter,
  params: Params,
  shown: (seen: Seen, memory: Zone, before: Zone) => T,
): readonly T[] {
  const memory = zone(limiter, params)
  const instants = numbersOf(scene, 'sent_at_ms')
  if (instants.some((at, i) => at < (instants[i - 1] ?? 0))) throw new Unfit('"sent_at_ms" must not go back')
  return instants.map((at) => {
    const before = copyTree(memory)
    const verdict = judge(limiter, params, memory, CLIENT, Math.round(at * 1e6))
    return shown({ at, isRejected: verdict === REJECT, delay: Math.max(0, verdict) }, memory, before)
  })
}

/** The row of the only client in its zone. */
export const CLIENT_ROW = 0

/** A request was sent when it was planned, to within what disturbs a machine. */
export function isNear(expected: number, got: number, within = JITTER): boolean {
  return Math.abs(expected - got) <= within
}

/** Agreement for lists of which one place, by number, is the instant of sending. */
export function sentAt(place: number, others: NumbersAgree = (a, b) => a === b): NumbersAgree {
  return (expected, got, position) =>
    position.endsWith(`][${place}]`) ? isNear(expected, got) : others(expected, got, position)
}
