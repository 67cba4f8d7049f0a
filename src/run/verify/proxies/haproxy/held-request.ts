/** A request that is held open by a server whose checks begin to fail, in the simulator's own cluster. */

import { CODE } from '../../../../base/fact-rows.ts'
import { SECOND } from '../../../../base/time.ts'
import type { Probe } from '../../../../engine/fact-log.ts'
import { BROKEN, CHECKED, SETTLED } from '../../../../model/facts.ts'
import { afterBad, afterGood, healthAtStart } from '../../../../policies/health/haproxy-checks.ts'
import { simulate } from '../../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../../cluster.ts'
import { statusOf } from './checks.ts'
import type { CheckTimes } from './server-line.ts'

export interface Held {
  /** The client's connection was closed before the server answered. */
  readonly isClosed: boolean
  /** The server's statuses from then on when its checks began to fail until the request was over. */
  readonly statuses: readonly string[]
}

/** Checks pass for so many intervals; the request is held for as many more. */
const INTERVALS = 100

export function heldRequest(check: CheckTimes, shutsSessions: boolean): Held {
  const ns = (ms: number) => ms * 1e6
  const { inter, fastinter, downinter, rise, fall } = check
  const times = { interval: ns(inter), fastInterval: ns(fastinter), downInterval: ns(downinter) }
  const half = INTERVALS * ns(inter)
  const clients = clientsOf(choose('constant', { rate: SECOND / half }))
  const tier = tierOf('servers', serviceOf(choose('constant', { value: half / 2 })), {
    health: {
      active: {
        rule: choose('haproxy', { ...times, rise, fall }),
        path: 'deep',
        queued: false,
        cost: 0,
        onMarkedDown: shutsSessions ? 'shutdown-sessions' : 'keep',
      },
    },
  })
  const fails = { at: half + ns(inter) / 2, kind: 'errors', tier: 0, replica: 0, amount: 1 } as const
  const statuses: string[] = []
  let health = healthAtStart(check)
  let isClosed = false
  let isOver = false
  const probe: Probe = {
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const code = int[(row << 3) + CODE]!
        if (isOver) return
        if ((code & 255) === CHECKED) {
          health = code >> 8 === 1 ? afterGood(health, check) : afterBad(health, check)
          if (num[row << 2]! >= fails.at) statuses.push(statusOf(health, check))
        } else if ((code & 255) === SETTLED) {
          isClosed = code >> 8 === BROKEN
          isOver = true
        }
      }
    },
  }
  const scenario = { ...scenarioOf(clients, [tier]), duration: 2 * half, faults: [fails] }
  simulate(scenario, { requests: 1, drain: true, probes: [probe] })
  return { isClosed, statuses }
}
