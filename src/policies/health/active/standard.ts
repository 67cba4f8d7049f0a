/**
 * The plain rule: checks at equal intervals, so many failures in a row take a replica out, so many passes in
 * a row bring it back. All are up at the start.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type CheckRule, PASSED } from './check-rule.ts'
import { everyParam, inARow, LEFT_OUT, timeoutParam } from './common.ts'

/** Defaults as in HAProxy 2.8 (inter 2s, rise 2, fall 3); the timeout is our own. */
const params = {
  interval: everyParam(2e9),
  timeout: timeoutParam(1e9, LEFT_OUT),
  fall: inARow('Fall', 'Failures in a row that take a replica out.', 3),
  rise: inARow('Rise', 'Passes in a row that bring it back.', 2),
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

/** Its numbers: 1 when it is down, and results in a row that say otherwise. */
const DOWN = 0
const CONTRARY = 1

export const standard: CheckRule = {
  name: 'standard',
  title: 'Failures and passes in a row',
  summary: 'Checks at equal intervals; some failures in a row take a replica out, some passes bring it back.',
  source: 'Common to most proxies; defaults of HAProxy 2.8.',
  params,
  figures: 2,
  begin: () => undefined,
  isUp: (_, memory, at) => memory[at + DOWN] === 0,
  conclude(given, memory, at, result) {
    const { rise, fall } = given as Given
    const isDown = memory[at + DOWN] === 1
    if (isDown === (result !== PASSED)) {
      memory[at + CONTRARY] = 0
      return
    }
    memory[at + CONTRARY]!++
    if (memory[at + CONTRARY]! < (isDown ? rise : fall)) return
    memory[at + CONTRARY] = 0
    memory[at + DOWN] = isDown ? 0 : 1
  },
  first: (given, place, count) => Math.round(((given as Given).interval * place) / count),
  timeout: (given) => (given as Given).timeout,
  wait: (given) => (given as Given).interval,
  countsFrom: 'start',
}
