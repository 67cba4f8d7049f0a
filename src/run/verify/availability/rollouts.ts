/** Rows about rolling updates: how few replicas are up meanwhile, how many there are, how long it takes. */

import { CODE, OBJECT } from '../../../base/fact-rows.ts'
import { LONGEST, MILLISECOND, SECOND } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { HAPPENED, HAPPENINGS, HEALTH_ABSENT, HEALTH_UP, TRUTH } from '../../../model/facts.ts'
import type { Amount, Rollout } from '../../../scenario/membership.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, replicasOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { computed, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { mustSay, planned, positive, wholeNumber } from '../planned.ts'
import { Unfit } from '../unfit.ts'

interface Plan {
  readonly replicas: number
  readonly surge: Amount
  readonly unavailable: Amount
  /** How long a new replica takes, ns. */
  readonly boot: number
}

const models: Readonly<Record<string, (g: Given) => Plan>> = {
  'rolling update bounds': surging,
  'rolling update in place': inPlace,
}

const MOST_REPLICAS = 1000

const figures: Readonly<Record<string, (seen: Seen, replicas: number) => number>> = {
  min_available_replicas: ({ least }) => least,
  max_total_replicas: ({ most }) => most,
  waves: ({ waves }) => waves,
  seconds_total: ({ began, ended }) => (ended - began) / SECOND,
  min_capacity_share: ({ least }, replicas) => least / replicas,
  mean_capacity_share_during_the_update: ({ began, ended, upTime }, replicas) =>
    upTime / (ended - began) / replicas,
}

export const readRollouts: Reader = (row) => {
  const make = Object.hasOwn(models, row.model) ? models[row.model] : undefined
  return make === undefined ? undefined : planned(row, (g) => experiment(make(g)))
}

function surging(g: Given): Plan {
  const replicas = wholeNumber(g, 'replicas', { max: MOST_REPLICAS })
  return { replicas, surge: amount(g, 'maxSurge'), unavailable: amount(g, 'maxUnavailable'), boot: SECOND }
}

/** A batch is stopped, and nothing goes on until it is back. */
function inPlace(g: Given): Plan {
  mustSay(g, 'order', /^batches one after another, in place$/)
  const unavailable = wholeNumber(g, 'batch')
  const boot = positive(g, 'seconds_down_per_instance') * SECOND
  const replicas = wholeNumber(g, 'instances', { max: MOST_REPLICAS })
  return { replicas, surge: 0, unavailable, boot }
}

function amount(g: Given, key: string): Amount {
  const percent = /^(\d+)%$/.exec(g.text(key) ?? '')?.[1]
  const number = percent === undefined ? g.number(key) : { share: Number(percent) / 100 }
  if (number === undefined) throw new Unfit(`"${key}" must be there`)
  return number
}

function experiment(plan: Plan): Experiment {
  if (!(durationOf(plan.replicas, plan.boot) < LONGEST)) throw new Unfit('it takes longer than 104 days')
  return computed(`rollout ${JSON.stringify(plan)}`, ({ quantity }) => {
    if (!Object.hasOwn(figures, quantity)) return undefined
    const seen = watch(plan.replicas)
    simulate(scenario(plan), { probes: [seen] })
    if (!Number.isFinite(seen.ended)) throw new Error('the deploy did not end')
    return figures[quantity]!(seen, plan.replicas)
  })
}

/** Long enough to replace one after the other. */
function durationOf(replicas: number, boot: number): number {
  return 2 * SECOND + 2 * replicas * boot
}

function scenario({ replicas, surge, unavailable, boot }: Plan): Scenario {
  const version = { speed: 1, errors: 0 }
  const rollout: Rollout = { strategy: 'rolling', surge, unavailable, version, steps: [], rollbackAbove: 1 }
  const room = replicasOf('servers', 2 * replicas, (i) => (i < replicas ? {} : { spare: true }))
  const life = { boot: choose('constant', { value: boot }), readiness: true, preStop: 0, grace: SECOND }
  const tier = tierOf('servers', serviceOf(choose('constant', { value: MILLISECOND })), {
    strategy: choose('round-robin'),
    replicas: room,
    lifecycle: life,
  })
  const deploy = { at: SECOND, kind: 'deploy', tier: 0, replica: -1, amount: 0, rollout } as const
  const duration = durationOf(replicas, boot)
  const clients = clientsOf(choose('constant', { rate: SECOND / duration }))
  return { ...scenarioOf(clients, [tier]), duration, faults: [deploy] }
}

interface Seen extends Probe {
  readonly began: number
  readonly ended: number
  /** Replicas that were up, and that there were. */
  readonly least: number
  readonly most: number
  /** Instants at which replicas were stopped. */
  readonly waves: number
  /** Replicas up over the time of the update, ns. */
  readonly upTime: number
}

/** What is seen of an instant is how it stands when everything of that instant has happened. */
function watch(replicas: number): Seen {
  const isUp: boolean[] = new Array<boolean>(replicas).fill(true)
  const isThere: boolean[] = new Array<boolean>(replicas).fill(true)
  const count = (of: readonly boolean[]) => of.filter(Boolean).length
  const seen = { began: Infinity, ended: Infinity, least: replicas, most: replicas, waves: 0, upTime: 0 }
  let now = 0
  let stoppedAt = -1

  function pass(at: number): void {
    if (at === now) return
    seen.least = Math.min(seen.least, count(isUp))
    seen.most = Math.max(seen.most, count(isThere))
    const within = Math.min(at, seen.ended) - Math.max(now, seen.began)
    if (within > 0) seen.upTime += within * count(isUp)
    now = at
  }

  return Object.assign(seen, {
    consume({ num, int }: Parameters<Probe['consume']>[0], rows: number) {
      for (let row = 0; row < rows; row++) {
        const at = num[row << 2]!
        const code = int[(row << 3) + CODE]!
        const detail = code >> 8
        pass(at)
        if ((code & 255) === HAPPENED) {
          if (HAPPENINGS[detail] === 'deploy begins') seen.began = at
          else if (HAPPENINGS[detail] === 'deploy ends') seen.ended = at
        } else if ((code & 255) === TRUTH) {
          const node = int[(row << 3) + OBJECT]!
          if (isUp[node] && detail !== HEALTH_UP && at !== stoppedAt) {
            seen.waves++
            stoppedAt = at
          }
          isUp[node] = detail === HEALTH_UP
          isThere[node] = detail !== HEALTH_ABSENT
        }
      }
    },
  })
}
