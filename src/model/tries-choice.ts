/** What a balancer decides about its tries: whether there is another one, and where it goes. */

import { record } from '../engine/fact-log.ts'
import { NOT_SENT } from '../policies/resilience/conditions.ts'
import { allowed, NOBODY, without } from '../policies/upstream/choose.ts'
import { CLOSED, FULL } from '../policies/upstream/standing.ts'
import { chooseAvoiding, triesAgain } from '../policies/upstream/tries.ts'
import { answerFor } from './balancer.ts'
import { causeOf } from './causes.ts'
import type { Cluster } from './cluster.ts'
import { BY_BALANCER, HEALTH_HUNG, RETRY_OVERFLOWED } from './facts.ts'
import { HEALTH, NODE_INT } from './nodes.ts'
import {
  AVOID,
  BEGUN,
  IS_SPENT,
  LEFT,
  OWNER,
  PARENT,
  POOL,
  SAME,
  sendingRow,
  sendingTimes,
  triesOfSending,
} from './sendings.ts'
import { NIL, NODE, SERIAL } from './tables.ts'
import { DEADLINE, tryRow, tryTimes, WRITES } from './tries-table.ts'

/** The replica for a try, as `choose` says it. */
export function chooseAgain(c: Cluster, at: number, call: number): number {
  const isFirst = c.tries!.sendings.int[sendingRow(at) | BEGUN] === 0
  return isFirst ? answerFor(c, call) : chooseAnother(c, at, call)
}

function chooseAnother(c: Cluster, at: number, call: number): number {
  const { sendings } = c.tries!
  const s = sendingRow(at)
  const { upstream, tier } = c.pools[sendings.int[s | POOL]!]!
  const { rules } = tier.tries!
  if (rules.rule !== 'haproxy') {
    const answer = without(upstream, sendings.tried[at] ?? [], c.now, () => answerFor(c, call))
    // Who has tried them all begins anew; nginx gives up.
    return answer === NOBODY && rules.rule === 'standard' ? answerFor(c, call) : answer
  }
  const same = sendings.int[s | SAME]!
  if (same !== NIL && (upstream.out[same]! & (CLOSED | FULL)) === 0) return allowed(upstream, same)
  return chooseAvoiding(upstream, sendings.int[s | AVOID]!, c.now, () => answerFor(c, call))
}

/** Whether what has failed is tried again; counts the try. */
export function goesOn(c: Cluster, at: number, outcome: number): boolean {
  const { sendings, int, num } = c.tries!
  const s = sendingRow(at)
  const owner = sendings.int[s | OWNER]!
  const pool = sendings.int[s | POOL]!
  const { tier, budget } = c.pools[pool]!
  const rules = tier.tries!
  const cause = causeOf(outcome)
  const o = tryRow(owner)
  const failure = {
    isListed: (cause & rules.on) !== 0,
    isSent: (cause & NOT_SENT) === 0,
    isIdempotent: int[o | WRITES] === 0,
  }
  const tries = triesOfSending(sendings, at)
  const again = triesAgain(rules.rules, tries, failure, c.now)
  sendings.num[sendingTimes(at) | LEFT] = tries.left
  if (!again) return false
  if (isHung(c, sendings.int[s | PARENT]!) || c.now >= num[tryTimes(owner) | DEADLINE]!) return false
  if (rules.budget === undefined) return true
  const isSpent = rules.budget.spend(rules.budgetParams, budget!, c.now)
  sendings.int[s | IS_SPENT] = isSpent ? 1 : 0
  if (!isSpent && rules.budget.tellsOverflow) {
    const serial = c.requests.num[owner * c.requests.stride + SERIAL]!
    record(c.fixed.log, c.now, RETRY_OVERFLOWED + (BY_BALANCER << 8), pool, serial, 0)
  }
  return isSpent
}

/** A replica that hangs sends nothing. */
export function isHung(c: Cluster, parent: number): boolean {
  if (parent === NIL) return false
  const node = c.calls.int[(parent << 3) | NODE]!
  return c.nodes.int[(node << NODE_INT) | HEALTH] === HEALTH_HUNG
}
