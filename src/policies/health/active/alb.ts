/**
 * Checks of AWS's Application Load Balancer: a new target is healthy after one pass, later after
 * `healthyThreshold` in a row; `unhealthyThreshold` failures in a row take it out.
 *
 * When no target is healthy it sends to all: that is `panic` of the tier.
 *
 * Source: Elastic Load Balancing user guide, "Target group health checks", 2024. Not recorded.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type CheckRule, PASSED } from './check-rule.ts'
import { everyParam, inARow, startsUp, timeoutParam } from './common.ts'

const params = {
  interval: everyParam(30e9),
  timeout: timeoutParam(5e9),
  healthyThreshold: inARow('Healthy threshold', 'Passes in a row that bring a target back.', 5),
  unhealthyThreshold: inARow('Unhealthy threshold', 'Failures in a row that take it out.', 2),
  startsUp,
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

/** Its numbers: what it is, and results in a row that say otherwise. */
const STATE = 0
const CONTRARY = 1
const INITIAL = 0
const HEALTHY = 1
const UNHEALTHY = 2

export const alb: CheckRule = {
  name: 'alb',
  title: 'AWS Application Load Balancer',
  summary: 'A new target needs one pass; afterwards a number of passes or failures in a row.',
  source: 'Elastic Load Balancing user guide, "Target group health checks", 2024.',
  params,
  figures: 2,
  begin(given, memory, at) {
    memory[at + STATE] = (given as Given).startsUp ? HEALTHY : INITIAL
  },
  isUp: (_, memory, at) => memory[at + STATE] === HEALTHY,
  conclude(given, memory, at, result) {
    const { healthyThreshold, unhealthyThreshold } = given as Given
    const state = memory[at + STATE]!
    const passed = result === PASSED
    if (passed ? state === HEALTHY : state === UNHEALTHY) {
      memory[at + CONTRARY] = 0
      return
    }
    memory[at + CONTRARY]!++
    const enough = passed ? (state === INITIAL ? 1 : healthyThreshold) : unhealthyThreshold
    if (memory[at + CONTRARY]! < enough) return
    memory[at + CONTRARY] = 0
    memory[at + STATE] = passed ? HEALTHY : UNHEALTHY
  },
  first: () => 0,
  timeout: (given) => (given as Given).timeout,
  wait: (given) => (given as Given).interval,
  countsFrom: 'start',
  check(given) {
    const { interval, timeout } = given as Given
    return timeout >= interval ? ['the timeout must be shorter than the interval'] : []
  },
}
