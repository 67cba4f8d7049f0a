/**
 * Envoy's active checks: the first pass makes a host healthy, an answer with an error makes it unhealthy at
 * once, anything else only in a row. Before a cluster has had any traffic checks come at another interval.
 *
 * The next check is due one interval after the end of the last. Not modelled: jitter, the edge intervals,
 * degraded hosts, and "retriable" statuses.
 *
 * Source: Envoy 1.31, "Health checking" and the API reference of core.v3.HealthCheck.
 */

import type { ParamSpec, ParamsOf } from '../../policy.ts'
import { type CheckRule, ERRED, PASSED } from './check-rule.ts'
import { everyParam, inARow, LATER, startsUp, timeoutParam } from './common.ts'

const params = {
  interval: everyParam(5e9),
  timeout: timeoutParam(1e9, LATER),
  healthyThreshold: inARow('Healthy threshold', 'Passes in a row that bring a host back.', 2),
  unhealthyThreshold: inARow('Unhealthy threshold', 'Failures in a row that take it out.', 3),
  unhealthyInterval: {
    kind: 'duration',
    title: 'Unhealthy interval',
    summary: 'The interval while a host is unhealthy; as the other when left out.',
    optional: true,
    min: 1e6,
  },
  noTrafficInterval: {
    kind: 'duration',
    title: 'No-traffic interval',
    summary: 'The interval before the first request of all.',
    default: 60e9,
    min: 1e6,
  },
  startsUp,
} as const satisfies ParamSpec

type Given = ParamsOf<typeof params>

/** Its numbers: 1 when it is healthy, 1 once it has been checked, results in a row that say otherwise. */
const HEALTHY = 0
const CHECKED = 1
const CONTRARY = 2

export const envoy: CheckRule = {
  name: 'envoy',
  title: 'Envoy',
  summary: 'The first pass makes a host healthy, an error answer makes it unhealthy, others need a row.',
  source: 'Envoy 1.31, "Health checking"; API reference of core.v3.HealthCheck.',
  params,
  figures: 3,
  begin(given, memory, at) {
    memory[at + HEALTHY] = (given as Given).startsUp ? 1 : 0
  },
  isUp: (_, memory, at) => memory[at + HEALTHY] === 1,
  conclude(given, memory, at, result) {
    const { healthyThreshold, unhealthyThreshold } = given as Given
    const isFirst = memory[at + CHECKED] === 0
    const passed = result === PASSED
    memory[at + CHECKED] = 1
    if ((memory[at + HEALTHY] === 1) === passed) {
      memory[at + CONTRARY] = 0
      return
    }
    memory[at + CONTRARY]!++
    const enough = passed ? (isFirst ? 1 : healthyThreshold) : result === ERRED ? 1 : unhealthyThreshold
    if (memory[at + CONTRARY]! < enough) return
    memory[at + CONTRARY] = 0
    memory[at + HEALTHY] = passed ? 1 : 0
  },
  first: () => 0,
  timeout: (given) => (given as Given).timeout,
  wait(given, memory, at, hasTraffic) {
    const { interval, unhealthyInterval = interval, noTrafficInterval } = given as Given
    if (!hasTraffic) return noTrafficInterval
    return memory[at + HEALTHY] === 1 ? interval : unhealthyInterval
  },
  countsFrom: 'end',
}
