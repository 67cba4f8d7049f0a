/**
 * An active-passive pair of balancers: who serves its address, by VRRP.
 *
 * The master advertises itself once per interval. A backup that has heard nothing for its master-down
 * interval, 3 x advert + skew with skew = (256 - priority) / 256 x advert, takes over. One that comes up
 * takes the address at once when its priority is 255, and else waits for that long first, during which it
 * does not listen to masters of lower priority. Whoever loses the address loses its connections. Each
 * balancer has its own memory.
 *
 * Limits of realism: advertisements take no time and none are lost; at time 0 the pair has settled. A master
 * that stops in good order (priority 0) does not occur.
 *
 * Source: RFC 5798, 6.1 and 6.4, with preemption.
 */

import { round } from '../../base/round.ts'
import type { Duration, Instant } from '../../base/time.ts'
import { cancel, NO_TIMER, schedule } from '../../engine/event-queue.ts'
import { record } from '../../engine/fact-log.ts'
import type { ActivePassive } from '../../scenario/front.ts'
import type { Cluster } from '../cluster.ts'
import { TAKES_OVER } from '../event-kinds.ts'
import { HAPPENED, HAPPENINGS } from '../facts.ts'
import { highest } from '../front-choice.ts'
import type { Pair } from '../outside.ts'
import { NIL } from '../tables.ts'
import { breakThrough } from './break-through.ts'

const HAS_TAKEN_OVER = HAPPENED + (HAPPENINGS.indexOf('takes over') << 8)

/** Has the address, and does not wait for anybody to be silent. */
const OWNER = 255

/** How long a balancer waits for its master's next advertisement, ns. */
export function masterDown(advert: Duration, priority: number): Duration {
  return 3 * advert + round(((256 - priority) * advert) / 256)
}

/** A balancer of the pair has died, or is back. */
export function pairChanges(c: Cluster, rule: ActivePassive, front: number, isBack: boolean): void {
  c.outside.pair ??= {
    owner: highest(rule),
    since: 0,
    up: new Float64Array(c.fixed.fronts),
    timer: new Float64Array(c.fixed.fronts).fill(NO_TIMER),
  }
  const { pair } = c.outside
  if (isBack) comesUp(c, rule, pair, front)
  else falls(c, rule, pair, front)
}

/** A balancer has waited for long enough. */
export function takesOver(c: Cluster, front: number): void {
  c.outside.pair!.timer[front] = NO_TIMER
  seize(c, c.fixed.front as ActivePassive, c.outside.pair!, front)
}

function comesUp(c: Cluster, rule: ActivePassive, pair: Pair, front: number): void {
  const { priorities } = rule
  pair.up[front] = c.now
  if (priorities[front] === OWNER) seize(c, rule, pair, front)
  else if (pair.owner === NIL || priorities[pair.owner]! < priorities[front]!)
    listen(c, rule, pair, front, c.now)
}

/** Others notice that they have heard no advertisement since its last one. */
function falls(c: Cluster, rule: ActivePassive, pair: Pair, front: number): void {
  silence(c, pair, front)
  if (pair.owner !== front) return
  const last = pair.since + Math.floor((c.now - pair.since) / rule.advert) * rule.advert
  pair.owner = NIL
  for (let other = 0; other < c.fixed.fronts; other++) {
    if (c.outside.dead![other] === 1 || pair.timer[other] !== NO_TIMER) continue
    listen(c, rule, pair, other, Math.max(last, pair.up[other]!))
  }
}

function listen(c: Cluster, rule: ActivePassive, pair: Pair, front: number, from: Instant): void {
  const at = from + masterDown(rule.advert, rule.priorities[front]!)
  pair.timer[front] = schedule(c.queue, at, TAKES_OVER, front, 0)
}

/** It is master, and says so: those of lower priority hear it. */
function seize(c: Cluster, { priorities }: ActivePassive, pair: Pair, front: number): void {
  const before = pair.owner
  pair.owner = front
  pair.since = c.now
  for (let other = 0; other < c.fixed.fronts; other++) {
    if (priorities[other]! < priorities[front]!) silence(c, pair, other)
  }
  record(c.fixed.log, c.now, HAS_TAKEN_OVER, -1, front, 0)
  if (before !== NIL) breakThrough(c, before)
}

function silence(c: Cluster, pair: Pair, front: number): void {
  if (pair.timer[front] === NO_TIMER) return
  cancel(c.queue, pair.timer[front]!)
  pair.timer[front] = NO_TIMER
}
