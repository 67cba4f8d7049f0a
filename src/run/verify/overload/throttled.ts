/** Rows about adaptive throttling that has settled: how much of what clients want still reaches the server. */

import { CODE } from '../../../base/fact-rows.ts'
import { SECOND } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { SENT, SETTLED, THROTTLED } from '../../../model/facts.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { mustSay, planned, positive, refuseEndless } from '../planned.ts'
import { meanOf } from './watch.ts'

export const readThrottled: Reader = (row) =>
  row.model === 'client-side adaptive throttling, steady state' ? planned(row, experiment) : undefined

/** It has settled after so many windows. */
const WINDOWS = 3
/** Requests that may wait at the server: it always has something to do, and turns the rest away at once. */
const QUEUE = 20
const BATCHES = 20

function experiment(g: Given): Experiment {
  const [demand, capacity] = [positive(g, 'client_demand_rps'), positive(g, 'backend_capacity_rps')]
  const [k, window] = [positive(g, 'K'), Math.round(positive(g, 'window_s') * SECOND)]
  mustSay(g, 'backend', /^accepts up to its capacity, rejects the rest cheaply$/)
  refuseEndless((2 * WINDOWS * demand * window) / SECOND)
  const clients = clientsOf(choose('poisson', { rate: demand }), { throttle: { k, window } })
  const service = serviceOf(choose('constant', { value: SECOND / capacity }), { queue: QUEUE })
  const scenario = scenarioOf(clients, [tierOf('servers', service)])
  return {
    key: `throttled ${JSON.stringify(scenario)}`,
    cost: 1,
    least: Math.ceil((demand * window) / SECOND),
    run(rows, n, seed) {
      const batch = Math.ceil(((n / demand) * SECOND) / BATCHES)
      const { sent, ended, dropped } = run(scenario, WINDOWS * window, batch, seed)
      const perSecond = sent.map((count) => (count * SECOND) / batch)
      const share = dropped.map((count, i) => count / ended[i]!)
      return rows.map(({ quantity }) => {
        if (quantity === 'requests_per_s_sent_to_backend') return meanOf(perSecond)
        if (quantity === 'locally_rejected_fraction') return meanOf(share)
        return cannotRun(`unknown quantity "${quantity}"`)
      })
    },
  }
}

function run(scenario: Scenario, from: number, batch: number, seed: string) {
  const counts = () => new Float64Array(BATCHES)
  const seen = { sent: counts(), ended: counts(), dropped: counts() }
  const probe: Probe = {
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const place = Math.floor((num[row << 2]! - from) / batch)
        if (place < 0 || place >= BATCHES) continue
        const code = int[(row << 3) + CODE]!
        if ((code & 255) === SENT) seen.sent[place]!++
        else if ((code & 255) === SETTLED) {
          seen.ended[place]!++
          if (code >> 8 === THROTTLED) seen.dropped[place]!++
        }
      }
    },
  }
  simulate({ ...scenario, duration: from + BATCHES * batch, seed }, { probes: [probe] })
  return seen
}
