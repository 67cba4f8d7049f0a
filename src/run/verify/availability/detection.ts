/** Rows about active health checks: how long a failure goes unnoticed, and how many requests it costs. */

import { CODE, OBJECT } from '../../../base/fact-rows.ts'
import { stream, uniform } from '../../../base/stream.ts'
import { LONGEST } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { BELIEVED, HEALTH_UP, OK, SETTLED, TRUTH } from '../../../model/facts.ts'
import type { Chosen } from '../../../policies/policy.ts'
import type { Fault, Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, isCannotRun, type Reader } from '../experiment.ts'
import { type Given, given } from '../given.ts'
import { strategyFrom } from '../strategies.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { perSecond, UNIT } from '../units.ts'
import type { Measured } from '../verdict.ts'

const MOST_FALL = 1000

interface Plan {
  readonly interval: number
  readonly timeout: number
  readonly fall: number
  /** The next check begins one interval after the end of the last; else, after its beginning. */
  readonly isSerial: boolean
  readonly as: 'hang' | 'crash'
  readonly replicas: number
  /** Requests per unit; 0 when it is about the detection alone. */
  readonly rate: number
  readonly policy: string
}

/** What failures there have been. */
interface Seen extends Probe {
  readonly detection: number[]
  /** Requests that failed, by failure. */
  readonly failed: number[]
}

const quantities: Readonly<Record<string, keyof Pick<Seen, 'detection' | 'failed'>>> = {
  mean_detection_time: 'detection',
  expected_failed_requests: 'failed',
}

export const readDetection: Reader = (row) => {
  const { interval, timeout, fall } = row.parameters
  if (interval === undefined || timeout === undefined || fall === undefined) return undefined
  if (!Object.hasOwn(quantities, row.quantity)) return undefined
  const plan = unlessUnfit(() => {
    const g = given(row.parameters)
    const made = planFrom(g)
    g.done()
    return made
  })
  return isCannotRun(plan) ? plan : experiment(plan)
}

function planFrom(g: Given): Plan {
  const words = g.text('case') ?? ''
  const hangs = /\bhang/.test(words)
  if (!hangs && !/\brefuse/.test(words)) throw new Unfit(`case "${words}" is not known`)
  const instant = g.text('failure_instant') ?? 'uniform'
  if (!/^uniform/.test(instant)) throw new Unfit(`failure_instant "${instant}" is not known`)
  const [interval = 0, timeout = 0, fall = 0] = ['interval', 'timeout', 'fall'].map((key) => g.number(key))
  if (!(interval > 0 && timeout > 0 && timeout <= interval && Number.isInteger(fall) && fall > 0)) {
    throw new Unfit('interval, timeout (at most the interval) and fall must be above 0')
  }
  if (fall > MOST_FALL) throw new Unfit(`fall must be at most ${MOST_FALL}`)
  const replicas = g.number('backends') ?? 1
  const policy = g.text('policy') ?? 'random'
  return {
    interval,
    timeout,
    fall,
    isSerial: /after the previous probe ended/.test(words),
    as: hangs ? 'hang' : 'crash',
    replicas,
    rate: g.number('arrival_rate') ?? 0,
    policy,
  }
}

/** An observation is a failure. */
function experiment(plan: Plan): Experiment {
  const cycle = 5 * plan.interval + downFor(plan)
  return {
    key: `detection ${JSON.stringify(plan)}`,
    cost: Math.ceil(plan.replicas * (cycle / plan.interval) + cycle * plan.rate),
    least: 200,
    run(rows, n, seed) {
      if (!(n * cycle * UNIT < LONGEST)) return rows.map(() => cannotRun('it takes longer than 104 days'))
      const seen = watch()
      simulate(scenario(plan, n, seed), { drain: true, probes: [seen] })
      return rows.map(({ quantity }) => measure(seen[quantities[quantity]!]))
    },
  }
}

/** Long enough to be noticed; then it is up for at least four intervals, long enough to be believed again. */
function downFor({ interval, timeout, fall, isSerial }: Plan): number {
  return (fall + 1) * (interval + (isSerial ? timeout : 0)) + 2 * timeout
}

/** Envoy's checks count from the end of the last. */
function ruleOf({ interval, timeout, fall, isSerial }: Plan): Chosen {
  const times = { interval: interval * UNIT, timeout: timeout * UNIT }
  if (!isSerial) return choose('standard', { ...times, rise: 1, fall })
  const counts = { healthyThreshold: 1, unhealthyThreshold: fall, startsUp: true }
  return choose('envoy', { ...times, ...counts, noTrafficInterval: times.interval })
}

function scenario(plan: Plan, failures: number, seed: string): Scenario {
  const { interval, timeout, as, replicas, rate, policy } = plan
  const cycle = 5 * interval + downFor(plan)
  const random = stream(seed, 'failures')
  const faults: Fault[] = []
  for (let i = 0; i < failures; i++) {
    const at = Math.round((i * cycle + (4 + uniform(random)) * interval) * UNIT)
    const fault = { tier: 0, replica: 0, amount: 0 }
    faults.push({ ...fault, at, kind: as })
    faults.push({ ...fault, at: Math.round(at + downFor(plan) * UNIT), kind: 'recover' })
  }
  const duration = Math.ceil(failures * cycle * UNIT)
  const often =
    rate > 0 ? choose('poisson', { rate: perSecond(rate) }) : choose('constant', { rate: 1e9 / duration })
  const clients = clientsOf(often, {
    timeout: choose('constant', { value: timeout * UNIT }),
    onTimeout: 'cancel',
  })
  const tier = tierOf('servers', serviceOf(choose('constant', { value: 1 })), {
    strategy: strategyFrom(policy, { servers: replicas, isEven: true, isStale: false }),
    replicas: replicasOf('servers', replicas),
    health: {
      active: {
        rule: ruleOf(plan),
        path: 'cheap',
        queued: false,
        cost: 0,
        onMarkedDown: 'keep',
      },
    },
  })
  return { ...scenarioOf(clients, [tier]), duration, faults, seed }
}

function watch(): Seen {
  const detection: number[] = []
  const failed: number[] = []
  let since = NaN
  return {
    detection,
    failed,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const at = num[row << 2]!
        const code = int[(row << 3) + CODE]!
        const detail = code >> 8
        if ((code & 255) === SETTLED) {
          if (detail !== OK && failed.length > 0) failed[failed.length - 1]!++
        } else if (int[(row << 3) + OBJECT] !== 0) continue
        else if ((code & 255) === TRUTH && detail !== HEALTH_UP) {
          since = at
          failed.push(0)
        } else if ((code & 255) === BELIEVED && detail === 0 && !Number.isNaN(since)) {
          detection.push((at - since) / UNIT)
          since = NaN
        }
      }
    },
  }
}

function measure(values: readonly number[]): Measured {
  const n = values.length
  const value = values.reduce((sum, x) => sum + x, 0) / n
  const squares = values.reduce((sum, x) => sum + (x - value) * (x - value), 0)
  const error = Math.sqrt(squares / (n - 1) / n)
  return { value, n, error, low: value - 2 * error, high: value + 2 * error }
}
