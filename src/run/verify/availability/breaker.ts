/**
 * Rows about how long a circuit breaker stays closed. Every replica has a breaker of its own that opens once:
 * what is counted is how many requests each one gets until then.
 */

import { CODE, OBJECT } from '../../../base/fact-rows.ts'
import { LONGEST } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { BELIEVED, SENT } from '../../../model/facts.ts'
import { type Scenario, UNLIMITED } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { meanOf } from '../overload/watch.ts'
import { mustSay, planned, refuseEndless, share, wholeNumber } from '../planned.ts'
import { perSecond } from '../units.ts'

export const readBreaker: Reader = (row) =>
  row.model === 'circuit breaker on consecutive failures' ? planned(row, experiment) : undefined

/** Breakers in one run. */
const AT_ONCE = 500
/** So many openings are needed where the spread is about the mean. */
const LEAST = 5000

function experiment(g: Given): Experiment {
  const failing = share(g, 'failure_probability')
  const failures = wholeNumber(g, 'consecutive_failures_to_open')
  mustSay(g, 'requests', /^independent$/)
  refuseEndless(AT_ONCE * expected(failing, failures))
  return {
    key: `breaker ${failing} ${failures}`,
    cost: Math.ceil(expected(failing, failures)),
    least: LEAST,
    run(rows, n, seed) {
      const counts: number[] = []
      for (let part = 1; counts.length < n; part++) {
        const seen = watch(AT_ONCE)
        simulate(scenario(failing, failures, `${seed}-${part}`), { probes: [seen], stopped: seen.isOver })
        counts.push(...seen.requests)
      }
      const measured = meanOf(Float64Array.from(counts))
      return rows.map(({ quantity }) =>
        quantity === 'mean_requests_until_open' ? measured : cannotRun(`unknown quantity "${quantity}"`),
      )
    },
  }
}

/** Roughly, to know how long a run may take. */
function expected(failing: number, failures: number): number {
  let mean = 0
  for (let i = 0; i < failures; i++) mean = (mean + 1) / failing
  return mean
}

function scenario(failing: number, failures: number, seed: string): Scenario {
  const clients = clientsOf(choose('constant', { rate: perSecond(1) }))
  const breaker = { failures, volume: 100, openFor: LONGEST, trials: 1 }
  const tier = tierOf('servers', serviceOf(choose('constant', { value: 1 }), { concurrency: UNLIMITED }), {
    strategy: choose('round-robin'),
    replicas: replicasOf('servers', AT_ONCE),
    health: { circuitBreaker: choose('circuit-breaker', breaker) },
  })
  const fault = { at: 0, kind: 'errors', tier: 0, replica: -1, amount: failing } as const
  return { ...scenarioOf(clients, [tier]), faults: [fault], seed }
}

interface Seen extends Probe {
  /** By replica: requests sent to it. */
  readonly requests: number[]
  isOver(): boolean
}

function watch(replicas: number): Seen {
  const requests = new Array<number>(replicas).fill(0)
  let closed = replicas
  return {
    requests,
    isOver: () => closed === 0,
    consume({ int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        if ((code & 255) === SENT) requests[int[(row << 3) + OBJECT]!]!++
        else if ((code & 255) === BELIEVED && code >> 8 === 0) closed--
      }
    },
  }
}
