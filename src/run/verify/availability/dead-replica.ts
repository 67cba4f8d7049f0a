/** Rows about one dead replica among several, of which the balancer does not know: retries, and the black hole. */

import { CODE, OBJECT, SUBJECT } from '../../../base/fact-rows.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { OK, SENT, SETTLED } from '../../../model/facts.ts'
import type { Chosen } from '../../../policies/policy.ts'
import { CAUSES } from '../../../policies/resilience/conditions.ts'
import type { ClientPopulation, Fault, Scenario, Tier } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { meanOf } from '../overload/watch.ts'
import { mustSay, planned, wholeNumber } from '../planned.ts'
import { strategyFrom } from '../strategies.ts'
import { Unfit } from '../unfit.ts'
import { perSecond, UNIT } from '../units.ts'
import type { Measured } from '../verdict.ts'

const models: Readonly<Record<string, (g: Given) => Experiment>> = {
  'one dead backend of n before detection': retried,
  'fast-failing backend under least connections': blackHole,
}

export const readDeadReplica: Reader = (row) => {
  const make = Object.hasOwn(models, row.model) ? models[row.model] : undefined
  return make === undefined ? undefined : planned(row, make)
}

/** A balancer's further try avoids the replica that failed; a client's goes anywhere. */
function retried(g: Given): Experiment {
  const replicas = wholeNumber(g, 'backends')
  const tries = 1 + wholeNumber(g, 'retries', { min: 0, max: 100 })
  const strategy = strategyFrom(g.text('policy') ?? '', { servers: replicas, isEven: true, isStale: false })
  const target = g.text('retry_target')
  if (target !== 'any backend' && target !== 'a different backend') {
    throw new Unfit(`retry_target "${target}" is not known`)
  }
  const rules = { tries, on: CAUSES, nonIdempotent: false }
  const backOff = { jitter: 'none', base: 0, max: 0, factor: 1 }
  const byBalancer = { ...rules, rule: 'standard', redispatch: 0, pause: 0, onTimeout: 'continue' } as const
  const isAny = target === 'any backend'
  const scenario = among(
    replicas,
    strategy,
    { kind: 'crash', amount: 0 },
    1,
    isAny ? { retries: { ...rules, backOff } } : {},
    isAny ? {} : { retries: byBalancer },
  )
  return {
    key: `dead replica ${JSON.stringify(scenario)}`,
    cost: 1,
    least: 100_000,
    run(rows, n, seed) {
      const { failed } = run(scenario, n, seed)
      return rows.map(({ quantity }) =>
        quantity === 'failed_request_fraction' ? meanOf(failed) : cannotRun(`unknown quantity "${quantity}"`),
      )
    },
  }
}

/** Shares of the load that the living can bear, at which the black hole is looked at. */
const LOADS = [0.3, 0.6, 0.9]

/** What happens is said in the row's own words, when it does. */
function blackHole(g: Given): Experiment {
  const replicas = wholeNumber(g, 'backends', { min: 2 })
  const strategy = strategyFrom(g.text('policy') ?? '', { servers: replicas, isEven: true, isStale: false })
  mustSay(g, 'dead_backend', /answers with an error in zero time/)
  mustSay(g, 'health_checks', /^none$/)
  const dead = { kind: 'errors', amount: 1 } as const
  const scenarios = LOADS.map((load) => among(replicas, strategy, dead, load * (replicas - 1)))
  return {
    key: `black hole ${JSON.stringify(scenarios[0])}`,
    cost: LOADS.length,
    least: 50_000,
    run(rows, n, seed) {
      const shares = scenarios.map((scenario) => {
        const { toDead, sent } = run(scenario, n, seed)
        return toDead / sent
      })
      return rows.map(
        () => ({ value: inWords(shares, replicas), n, error: 0, low: NaN, high: NaN }) as Measured,
      )
    },
  }
}

function inWords(shares: readonly number[], replicas: number): string {
  const isMore = shares.every((share) => share > 1 / replicas)
  const grows = shares.every((share, i) => i === 0 || share > shares[i - 1]!)
  return isMore && grows
    ? 'the dead backend attracts more than its share 1/n of the requests'
    : `the dead backend attracts ${shares.join(', ')} of the requests`
}

/** Replica 0 is dead from the beginning. @param rate requests in the time that one takes */
function among(
  replicas: number,
  strategy: Chosen,
  { kind, amount }: Pick<Fault, 'kind' | 'amount'>,
  rate: number,
  habits: Partial<ClientPopulation> = {},
  changes: Partial<Tier> = {},
): Scenario {
  const clients = clientsOf(choose('poisson', { rate: perSecond(rate) }), habits)
  const service = serviceOf(choose('exponential', { mean: UNIT }))
  const tier = tierOf('servers', service, { strategy, replicas: replicasOf('servers', replicas), ...changes })
  return { ...scenarioOf(clients, [tier]), faults: [{ at: 0, kind, amount, tier: 0, replica: 0 }] }
}

interface Seen {
  /** By request: 1 when it failed. */
  readonly failed: Float64Array
  readonly sent: number
  readonly toDead: number
}

function run(scenario: Scenario, n: number, seed: string): Seen {
  const failed = new Float64Array(n)
  const seen = { failed, sent: 0, toDead: 0 }
  const probe: Probe = {
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        if ((code & 255) === SENT) {
          seen.sent++
          if (int[(row << 3) + OBJECT] === 0) seen.toDead++
        } else if ((code & 255) === SETTLED && code >> 8 !== OK) failed[num[(row << 2) + SUBJECT]!] = 1
      }
    },
  }
  simulate({ ...scenario, seed }, { requests: n, drain: true, probes: [probe] })
  return seen
}
