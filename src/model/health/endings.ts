/** How the end of a call looks to a balancer that judges replicas by it. */

import type { Ending } from '../../policies/health/passive/watch.ts'
import * as ending from '../../policies/health/passive/watch.ts'
import {
  BROKEN,
  CANCELLED,
  ERROR,
  EXPIRED,
  LATE,
  LIMITED,
  NO_ANSWER,
  OK,
  OVERFLOW,
  REFUSED,
  REJECTED,
  SHED,
  TIMED_OUT,
  UNAVAILABLE,
} from '../facts.ts'

const ENDINGS: Readonly<Record<number, Ending>> = {
  [OK]: ending.GOOD,
  [ERROR]: ending.ERRED,
  [REFUSED]: ending.REFUSED,
  [BROKEN]: ending.BROKEN,
  [REJECTED]: ending.TURNED_AWAY,
  [NO_ANSWER]: ending.UNANSWERED,
  [SHED]: ending.TURNED_AWAY,
  [LIMITED]: ending.GOOD,
  [LATE]: ending.TURNED_AWAY,
  [OVERFLOW]: ending.TURNED_AWAY,
  [TIMED_OUT]: ending.UNANSWERED,
  [EXPIRED]: ending.TURNED_AWAY,
  [UNAVAILABLE]: ending.TURNED_AWAY,
  [CANCELLED]: ending.LEFT,
}

/** A rate limit's answer says nothing against its replica. An outcome that is not known here counts as an error of the replica. */
export function endingOf(outcome: number): Ending {
  return ENDINGS[outcome] ?? ending.ERRED
}
