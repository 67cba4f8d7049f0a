/**
 * nginx's passive health (see ../nginx-failures.ts) as a rule: who has failed `maxFails` times is out for
 * `failTimeout` of whole seconds and up to one more; then a single request tries it.
 *
 * A lone server is never left out. Error answers count only where `onErrors` says so (their status is listed
 * in `proxy_next_upstream`, and the request could go on). Time 0 is a whole second of nginx's clock.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_round_robin.c, and recordings of it.
 */

import { SECOND } from '../../../base/time.ts'
import type { ParamSpec, ParamsOf } from '../../policy.ts'
import {
  fails as countFailure,
  type Failures,
  isLeftOut,
  noFailures,
  succeeds,
  tries,
} from '../nginx-failures.ts'
import { type Ending, ERRED, GOOD, LEFT, TURNED_AWAY, type Watch } from './watch.ts'

const params = {
  maxFails: {
    kind: 'integer',
    title: 'Failures',
    summary: 'Failures after which a server is left out; 0: never.',
    default: 1,
    min: 0,
    max: 1e6,
  },
  failTimeout: {
    kind: 'duration',
    title: 'Fail timeout',
    summary: 'How long it is left out; counted in whole seconds.',
    default: 10e9,
    min: 1e9,
  },
  onErrors: {
    kind: 'boolean',
    title: 'Errors count',
    summary: 'True: an answer with an error counts as a failure; false: only connections and timeouts do.',
    default: false,
  },
} as const satisfies ParamSpec

interface Memory extends Failures {
  readonly maxFails: number
  /** Whole seconds. */
  readonly failTimeout: number
  readonly onErrors: boolean
  readonly isAlone: boolean
}

export const nginx: Watch<Memory> = {
  name: 'nginx',
  title: 'nginx: max_fails and fail_timeout',
  summary: 'Leaves a server out for a while after some failures; then one request tries it.',
  source: 'nginx 1.22.1, ngx_http_upstream_round_robin.c; recordings.',
  params,
  remember(chosen, replicas) {
    const { maxFails, failTimeout, onErrors } = chosen as ParamsOf<typeof params>
    return {
      ...noFailures(replicas),
      maxFails,
      failTimeout: Math.floor(failTimeout / SECOND),
      onErrors,
      isAlone: replicas === 1,
    }
  },
  sent: (memory, replica, now) => tries(memory, replica, memory, seconds(now)),
  ended(memory, replica, ending, weight, now) {
    if (memory.isAlone) return 0
    if (isFailure(memory, ending)) return countFailure(memory, replica, memory, weight, seconds(now))
    succeeds(memory, replica)
    return 0
  },
  isOut: (memory, replica, now) => !memory.isAlone && isLeftOut(memory, replica, memory, seconds(now)),
  // A first failure sets both clocks anew, whatever they were before.
  isCalm: ({ isAlone, fails }, replica) => isAlone || fails[replica] === 0,
  again: (memory, replica) => (memory.checked[replica]! + memory.failTimeout + 1) * SECOND,
}

function isFailure({ onErrors }: Memory, ending: Ending): boolean {
  if (ending === GOOD || ending === LEFT) return false
  return onErrors || (ending !== ERRED && ending !== TURNED_AWAY)
}

function seconds(now: number): number {
  return Math.floor(now / SECOND)
}
