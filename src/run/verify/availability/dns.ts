/** Rows about clients that keep an address that DNS has given them: how long until they use another. */

import { CODE, OBJECT } from '../../../base/fact-rows.ts'
import { SECOND } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { ARRIVED, FRONT, SENT } from '../../../model/facts.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { cannotRun, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { meanOf } from '../overload/watch.ts'
import { mustSay, planned, positive } from '../planned.ts'

export const readDns: Reader = (row) =>
  row.model === 'DNS failover with cached records' ? planned(row, experiment) : undefined

/** A client sends so many requests while it keeps a record; one of them just when it has run out. */
const PER_RECORD = 20
/** Of two balancers one dies: about half of the clients are concerned. */
const CONCERNED = 0.5
const ADDRESSES = 1_000_000_000

/** An observation is a client whose balancer has died. */
function experiment(g: Given): Experiment {
  const ttl = positive(g, 'ttl') * SECOND
  mustSay(g, 'clients', /^busy, each re-resolves exactly when its record expires, phases uniform$/)
  return {
    key: `dns ${ttl}`,
    cost: 4 * PER_RECORD,
    least: 1000,
    run(rows, n, seed) {
      const seen = watch(ttl)
      simulate(scenario(ttl, n / CONCERNED, seed), { probes: [seen] })
      const measured = meanOf(Float64Array.from(seen.waited))
      return rows.map(({ quantity }) =>
        quantity === 'mean_time_until_a_client_uses_the_new_record'
          ? measured
          : cannotRun(`unknown quantity "${quantity}"`),
      )
    },
  }
}

/** Clients begin at any time within the first life of a record, at the end of which a balancer dies. */
function scenario(ttl: number, clients: number, seed: string): Scenario {
  const visitors = clientsOf(choose('poisson', { rate: (clients * SECOND) / ttl }), {
    addresses: ADDRESSES,
    sessions: {
      requests: choose('constant', { value: 3 * PER_RECORD }),
      thinkTime: choose('constant', { value: ttl / PER_RECORD }),
    },
  })
  const tier = tierOf('servers', serviceOf(choose('constant', { value: 1 }), { concurrency: 1000 }), {
    structure: { balancers: 2, front: { by: 'dns', keptFor: ttl, detect: 0 } },
  })
  const dies = { at: ttl, kind: 'down', tier: -1, replica: -1, amount: 0, balancer: 0 } as const
  return { ...scenarioOf(visitors, [tier]), duration: 2 * ttl + SECOND, faults: [dies], seed }
}

interface Seen extends Probe {
  /** By client: seconds from the death to its first request by the other balancer. */
  readonly waited: number[]
}

function watch(died: number): Seen {
  const waited: number[] = []
  const concerned = new Set<number>()
  let address = 0
  return {
    waited,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const at = num[row << 2]!
        const code = int[(row << 3) + CODE]!
        if ((code & 255) === ARRIVED) address = int[(row << 3) + OBJECT]!
        else if ((code & 255) === SENT) {
          const isFirst = code >> 8 === FRONT
          if (at < died && isFirst) concerned.add(address)
          else if (at >= died && !isFirst && concerned.delete(address)) waited.push((at - died) / SECOND)
        }
      }
    },
  }
}
