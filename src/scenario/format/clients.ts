/** `clients`: populations of clients that behave alike, and the requests they bring. */

import { arrivals } from '../../policies/arrivals/index.ts'
import { keyChoices } from '../../policies/keys/index.ts'
import type { ClientPopulation } from '../scenario.ts'
import { byId, eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { policyOf } from '../shapes/policy.ts'
import { integerOf, rateOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import { complain } from '../source/problem-list.ts'
import { MOST_ADDRESSES, MOST_CLIENTS, MOST_RATE } from './limits.ts'
import { networkOf } from './network.ts'

const LATER = `sessions retries hedging connections protocol priority region zone tls quota deadline
  onError cookies classes`.split(/\s+/)

const requests = record(
  {
    keys: standard(
      policyOf({ registry: keyChoices, measure: 'number', distributionOf, named: 'keys' }),
      'How the key (object, path) that a request asks for is chosen.',
      { uniform: { count: 1000 } },
    ),
    size: standard(distributionOf('size'), 'The size of the response.', '10kB'),
  },
  { of: 'requests', later: ['paths', 'methods', 'writes', 'body', 'cost', 'classes', 'headers'] },
)

const count = integerOf({ min: 1, max: MOST_ADDRESSES })
const addresses = eitherOf('a number of addresses is needed', {
  scalar: count,
  map: mapped(
    record({ count: standard(count, 'How many.', 1000) }, { of: 'addresses', later: ['nat', 'skew'] }),
    (of) => of.count,
  ),
})

const client = record(
  {
    rate: optional(
      rateOf({ min: 0, above: true, max: MOST_RATE }),
      'Requests per second on average, as Poisson arrivals: short for `arrivals: { poisson: { rate } }`.',
    ),
    arrivals: optional(
      policyOf({
        registry: arrivals,
        measure: 'duration',
        distributionOf,
        bare: 'poisson',
        named: 'arrivals',
      }),
      'When requests come.',
    ),
    requests: standard(requests, 'What is asked for.', {}),
    addresses: standard(addresses, 'How many addresses the requests come from.', 1000),
    timeout: optional(
      distributionOf('duration'),
      'How long a client waits for its answer; left out: for ever.',
    ),
    onTimeout: standard(
      choiceOf(['continue', 'cancel'], 'what can become of the work'),
      'What becomes of the work when a client gives up; real servers mostly continue.',
      'continue',
    ),
    network: standard(
      networkOf('One-way latency between the clients and the first balancer.', '0ms'),
      'The way to the first balancer.',
      {},
    ),
  },
  { of: 'a client population', named: 'client', later: LATER, either: [['rate', 'arrivals']] },
)

const one = mapped(client, (read, tree, spot): Omit<ClientPopulation, 'id'> | undefined => {
  const { rate, timeout, network, requests, addresses, onTimeout } = read
  const chosen = read.arrivals ?? (rate === undefined ? undefined : { policy: 'poisson', params: { rate } })
  if (!chosen) {
    return complain(spot, tree.place, 'a client population needs "rate" or "arrivals"; such as "rate: 100/s"')
  }
  return {
    arrivals: chosen,
    keys: requests.keys,
    size: requests.size,
    addresses,
    ...(timeout ? { timeout } : {}),
    onTimeout,
    latency: network.latency,
  }
})

export const clients = mapped(
  byId(one, { of: 'client population', ofMany: 'client populations', most: MOST_CLIENTS }),
  (entries): readonly ClientPopulation[] => entries.map(([id, population]) => ({ id, ...population })),
)
