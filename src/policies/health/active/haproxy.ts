/**
 * HAProxy's checks: its counter (see ../haproxy-checks.ts), one interval for each state, and the next check
 * due one interval after the end of the last.
 *
 * A check that hangs ends after `interval`, as measured (`timeout check` did not shorten it), so that the
 * period doubles. Not modelled: `spread-checks`.
 *
 * Source: HAProxy 2.6.12, checks.c and server.c (srv_getinter, __health_adjust), and recordings of it.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { afterBad, afterGood, carriedOver, healthAtStart, isUp } from '../haproxy-checks.ts'
import { type CheckRule, PASSED } from './check-rule.ts'
import { everyParam, inARow } from './common.ts'

const other = (title: string, summary: string) =>
  ({ kind: 'duration', title, summary, optional: true, min: 1e6 }) as const

const params = {
  interval: everyParam(2e9),
  fastInterval: other('Fast interval', 'The interval while a replica is neither fully up nor fully down.'),
  downInterval: other('Down interval', 'The interval while a replica is fully down.'),
  rise: inARow('Rise', 'Passes in a row that bring a replica back.', 2),
  fall: inARow('Fall', 'Failures in a row that take it out.', 3),
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

/** Its one number: HAProxy's `health`. */
export const haproxy: CheckRule = {
  name: 'haproxy',
  title: 'HAProxy',
  summary: 'One counter from down to up; checks may come faster in between, and start spread evenly.',
  source: 'HAProxy 2.6.12, checks.c; recordings.',
  params,
  figures: 1,
  begin(given, memory, at) {
    memory[at] = healthAtStart(given as Given)
  },
  isUp: (given, memory, at) => isUp(memory[at]!, given as Given),
  conclude(given, memory, at, result) {
    memory[at] = (result === PASSED ? afterGood : afterBad)(memory[at]!, given as Given)
  },
  first: (given, place, count) => Math.floor(((given as Given).interval * place) / count),
  timeout: (given) => (given as Given).interval,
  wait(given, memory, at) {
    const { interval, fastInterval = interval, downInterval = interval, rise, fall } = given as Given
    const health = memory[at]!
    if (health === rise + fall - 1) return interval
    return health === 0 ? downInterval : fastInterval
  },
  countsFrom: 'end',
  carryOver(before, after, memory, at) {
    memory[at] = carriedOver(memory[at]!, before as Given, after as Given)
  },
  blame(given, memory, at, how) {
    const counts = given as Given
    const health = memory[at]!
    if (how === 'fastinter') return
    if (how === 'sudden-death' && health > counts.rise) memory[at] = counts.rise + 1
    if (how === 'mark-down' && health > counts.rise) memory[at] = counts.rise
    memory[at] = afterBad(memory[at]!, counts)
  },
}
