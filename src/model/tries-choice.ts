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
import { NIL, NODE, SERIAL } from './tables.ts'
import { DEADLINE, type Sending, tryRow, WRITES } from './tries-table.ts'

/** The replica for a try, as `choose` says it. */
export function chooseAgain(c: Cluster, s: Sending, call: number): number {
  const { upstream, tier } = c.pools[s.pool]!
  const { rules } = tier.tries!
  if (s.begun === 0) return answerFor(c, call)
  if (rules.rule !== 'haproxy') {
    const answer = without(upstream, s.tries.tried, c.now, () => answerFor(c, call))
    // Who has tried them all begins anew; nginx gives up.
    return answer === NOBODY && rules.rule === 'standard' ? answerFor(c, call) : answer
  }
  if (s.same !== NIL && (upstream.out[s.same]! & (CLOSED | FULL)) === 0) return allowed(upstream, s.same)
  return chooseAvoiding(upstream, s.avoid, c.now, () => answerFor(c, call))
}

/** Whether what has failed is tried again; counts the try. */
export function goesOn(c: Cluster, s: Sending, outcome: number): boolean {
  const { tier, budget } = c.pools[s.pool]!
  const rules = tier.tries!
  const cause = causeOf(outcome)
  const { num } = c.tries!
  const o = tryRow(s.owner)
  const failure = {
    isListed: (cause & rules.on) !== 0,
    isSent: (cause & NOT_SENT) === 0,
    isIdempotent: num[o + WRITES] === 0,
  }
  if (!triesAgain(rules.rules, s.tries, failure, c.now)) return false
  if (isHung(c, s.parent) || c.now >= num[o + DEADLINE]!) return false
  if (rules.budget === undefined) return true
  s.isSpent = rules.budget.spend(rules.budgetParams, budget!, c.now)
  if (!s.isSpent && rules.budget.tellsOverflow) {
    const serial = c.requests.num[s.owner * c.requests.stride + SERIAL]!
    record(c.fixed.log, c.now, RETRY_OVERFLOWED + (BY_BALANCER << 8), s.pool, serial, 0)
  }
  return s.isSpent
}

/** A replica that hangs sends nothing. */
export function isHung(c: Cluster, parent: number): boolean {
  if (parent === NIL) return false
  const node = c.calls.int[(parent << 3) + NODE]!
  return c.nodes.int[(node << NODE_INT) + HEALTH] === HEALTH_HUNG
}
