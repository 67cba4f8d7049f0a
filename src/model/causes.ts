/** How a try ended, as those see it who decide whether to try again. */

import { bitOf } from '../policies/resilience/conditions.ts'
import {
  BROKEN,
  ERROR,
  EXPIRED,
  LIMITED,
  NO_ANSWER,
  OUTCOME_NAMES,
  OVERFLOW,
  REFUSED,
  REJECTED,
  SHED,
  TIMED_OUT,
  UNAVAILABLE,
} from './facts.ts'

const causes = new Int32Array(OUTCOME_NAMES.length)
causes[ERROR] = bitOf('error')
causes[REFUSED] = bitOf('refused')
causes[BROKEN] = bitOf('broken')
causes[REJECTED] = bitOf('rejected')
causes[TIMED_OUT] = bitOf('timeout')
causes[NO_ANSWER] = bitOf('timeout')
causes[EXPIRED] = bitOf('expired')
causes[UNAVAILABLE] = bitOf('unavailable')
causes[SHED] = bitOf('shed')
causes[LIMITED] = bitOf('limited')
causes[OVERFLOW] = bitOf('rejected')

/** The cause of an outcome as a bit; 0 when it is no reason to try again. */
export function causeOf(outcome: number): number {
  return causes[outcome]!
}
