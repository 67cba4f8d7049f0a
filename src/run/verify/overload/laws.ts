/** Rows about laws that hold for any scenario: our own report must keep to them. */

import { SECOND } from '../../../base/time.ts'
import type { Report } from '../../../measure/report.ts'
import type { Tier } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { mustSay, planned } from '../planned.ts'
import { perSecond, UNIT } from '../units.ts'

export const readLaws: Reader = (row) =>
  row.model === 'operational laws' ? planned(row, experiment) : undefined

const REPLICAS = 4
const USERS = 50
const THINK = 20

type Law = (n: number, seed: string) => number

/** By how the quantity of a row begins. */
const LAWS: readonly [begins: string, law: Law][] = [
  ['abs(L - lambda*W)/L', little],
  ['abs(utilisation - throughput*mean_service/servers)/utilisation', utilisation],
  ['offered - completed - rejected - timed_out', flow],
  ['abs(mean_sojourn - (clients/throughput - think_time))/mean_sojourn', responseTime],
]

function experiment(g: Given): Experiment {
  mustSay(g, 'scenario', /^any$/)
  return {
    key: 'laws',
    cost: LAWS.length,
    least: 100_000,
    run: (rows, n, seed) =>
      rows.map(({ quantity }) => {
        const law = LAWS.find(([begins]) => quantity.startsWith(begins))?.[1]
        if (law === undefined) return cannotRun(`unknown quantity "${quantity}"`)
        const value = law(n, seed)
        return { value, n, error: 0, low: NaN, high: NaN }
      }),
  }
}

const demand = choose('lognormal', { mean: UNIT, cv: 1.5 })

function servers(changes: Partial<Tier> = {}): Tier {
  return tierOf('servers', serviceOf(demand), {
    strategy: choose('least-connections'),
    replicas: replicasOf('servers', REPLICAS),
    ...changes,
  })
}

/** Nobody comes in the last part of the run. */
function emptyToEmpty(n: number, seed: string): Report {
  const rate = perSecond(0.8 * REPLICAS)
  const until = Math.round((n / rate) * SECOND)
  const points = [
    { at: 0, rate },
    { at: until, rate: 0 },
  ]
  const clients = clientsOf(choose('steps', { points, between: 'hold' }))
  const duration = until + 10_000 * UNIT
  const report = simulate({ ...scenarioOf(clients, [servers()]), seed, duration })
  if (report.requests.unfinished > 0) throw new Error('the run does not end empty')
  return report
}

function little(n: number, seed: string): number {
  const { meanInSystem, throughputPerSecond, latencyMs } = emptyToEmpty(n, seed)
  return Math.abs(meanInSystem - (throughputPerSecond * latencyMs!.mean) / 1000) / meanInSystem
}

/** What is in service is what is in the system and does not wait. */
function utilisation(n: number, seed: string): number {
  const { tiers, throughputPerSecond, latencyMs, waitingMs } = emptyToEmpty(n, seed)
  const busy =
    Object.values(tiers.servers!.replicas).reduce((sum, one) => sum + one.utilisation, 0) / REPLICAS
  const service = (latencyMs!.mean - waitingMs!.mean) / 1000
  return Math.abs(busy - (throughputPerSecond * service) / REPLICAS) / busy
}

/** With all ways out of the system, and some requests left in it. */
function flow(n: number, seed: string): number {
  const clients = clientsOf(choose('poisson', { rate: perSecond(1.2 * REPLICAS) }), {
    timeout: choose('exponential', { mean: 5 * UNIT }),
  })
  const tier = servers({ service: serviceOf(demand, { queue: 5 }) })
  const duration = Math.round((n / REPLICAS) * UNIT)
  const { requests } = simulate({ ...scenarioOf(clients, [tier]), seed, duration })
  const { arrived, succeeded, failed, rejected, timedOut, unfinished } = requests
  if (Math.min(succeeded, rejected, timedOut, unfinished) === 0) throw new Error('a way out is not taken')
  return arrived - succeeded - failed - rejected - timedOut - unfinished
}

function responseTime(n: number, seed: string): number {
  const think = choose('constant', { value: THINK * UNIT })
  const clients = clientsOf(choose('closed', { users: USERS, thinkTime: think }))
  const { latencyMs, throughputPerSecond } = simulate(
    { ...scenarioOf(clients, [servers()]), seed },
    { requests: n },
  )
  const sojourn = latencyMs!.mean / 1000
  return Math.abs(sojourn - (USERS / throughputPerSecond - (THINK * UNIT) / SECOND)) / sojourn
}
