/** `clients`: populations of clients that behave alike, and the requests they bring. */

import { arrivals } from '../../policies/arrivals/index.ts'
import { keyChoices } from '../../policies/keys/index.ts'
import type { ClientPopulation, Nat } from '../scenario.ts'
import { byId, eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { naming } from '../shapes/naming.ts'
import { choiceOf, textOf } from '../shapes/plain.ts'
import { policyOf } from '../shapes/policy.ts'
import { integerOf, numberOf, rateOf, shareOf } from '../shapes/quantity.ts'
import { optional, type RecordOf, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { clientCache } from './client-cache.ts'
import { connections } from './connections.ts'
import { MOST_ADDRESSES, MOST_CLIENTS, MOST_GATEWAYS, MOST_RATE } from './limits.ts'
import { networkOf } from './network.ts'
import { habitFields, habitsOf } from './retries.ts'
import { sentFields, sentOf, writesAmong } from './sent.ts'
import { sessions } from './sessions.ts'

const LATER = `hedging protocol region zone tls quota deadline
  onError cookies classes`.split(/\s+/)

const requests = record(
  {
    keys: standard(
      policyOf({ registry: keyChoices, measure: 'number', distributionOf, named: 'keys' }),
      'How the key (object, path) that a request asks for is chosen.',
      { uniform: { count: 1000 } },
    ),
    size: standard(distributionOf('size'), 'The size of the response.', '10kB'),
    cost: standard(
      numberOf({ min: 0, max: 1e6 }),
      'How many times the usual work they are in every tier: above 1 for expensive paths.',
      1,
    ),
    writes: standard(
      shareOf({ max: 1 }),
      'The share of requests that change something: they are not idempotent, and retries are careful with them.',
      '0%',
    ),
    ...sentFields,
  },
  { of: 'requests', later: ['paths', 'body', 'classes'], either: [['writes', 'methods']] },
)

type Visitors = Pick<ClientPopulation, 'addresses' | 'nat' | 'skew'>

const count = integerOf({ min: 1, max: MOST_ADDRESSES })

const nat = record(
  {
    gateways: standard(integerOf({ min: 1, max: MOST_GATEWAYS }), 'How many gateways there are.', 1),
    share: standard(shareOf({ max: 1 }), 'The share of the visitors that stand behind them.', '100%'),
    sharedWith: optional(
      naming('client', textOf({ most: 63 })),
      'A client population that stands behind gateways; these visitors are behind the same ones.',
    ),
  },
  { of: 'nat' },
)

const addresses: Shape<Visitors> = eitherOf('a number of addresses is needed', {
  scalar: mapped(count, (many): Visitors => ({ addresses: many })),
  map: mapped(
    record(
      {
        count: standard(count, 'How many visitors there are, each with an address of its own.', 1000),
        nat: optional(nat, 'Visitors behind gateways show the address of their gateway instead.'),
        skew: optional(
          numberOf({ min: 0, max: 20 }),
          'How unequally often they come: the exponent of Zipf’s law; 0, or left out, is equally.',
        ),
      },
      { of: 'addresses' },
    ),
    ({ count: many, nat: behind, skew }): Visitors => ({
      addresses: many,
      ...(behind && behind.share > 0 ? { nat: natOf(behind) } : {}),
      ...(skew ? { skew } : {}),
    }),
  ),
})

function natOf({ gateways, share, sharedWith }: RecordOf<typeof nat.fields>): Nat {
  return { gateways, share, ...(sharedWith ? { sharedWith } : {}) }
}

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
    role: standard(
      choiceOf(['user', 'attack'], 'what a population can be'),
      'attack: its visitors have addresses of their own, apart from those of users, which overlap.',
      'user',
    ),
    addresses: standard(addresses, 'How many visitors, and so addresses, the requests come from.', 1000),
    sessions: optional(
      sessions,
      'What an arrival begins: requests of one visitor, one after the other; left out, a single request.',
    ),
    connections: optional(
      connections,
      'For how long the requests of a visitor lead to the same balancer and, with `per: connection`, the same replica; left out, each request finds its way anew. What opening takes and how long connections are kept is said by `connections` and `tls` of the tier.',
    ),
    cache: optional(
      clientCache,
      'What each visitor keeps of the answers it gets, as browsers do; left out, nothing.',
    ),
    timeout: optional(
      distributionOf('duration'),
      'How long a client waits for its answer; left out: for ever.',
    ),
    sending: optional(
      distributionOf('duration'),
      'How long a client takes to send a request, over a connection to a tier with `connections` or `tls`; no time when left out.',
    ),
    onTimeout: standard(
      choiceOf(['continue', 'cancel'], 'what can become of the work'),
      'What becomes of the work when a client gives up; real servers mostly continue.',
      'continue',
    ),
    ...habitFields,
    network: standard(
      networkOf('One-way latency between the clients and the first balancer.', '0ms'),
      'The way to the first balancer.',
      {},
    ),
  },
  { of: 'a client population', named: 'client', later: LATER, either: [['rate', 'arrivals']] },
)

const one = mapped(client, (read, tree, spot): Omit<ClientPopulation, 'id'> | undefined => {
  const { rate, timeout, network, requests, addresses, onTimeout, sessions, connections } = read
  const chosen = read.arrivals ?? (rate === undefined ? undefined : { policy: 'poisson', params: { rate } })
  if (!chosen) {
    return complain(spot, tree.place, 'a client population needs "rate" or "arrivals"; such as "rate: 100/s"')
  }
  if (chosen.policy === 'log') complainOfLog(tree, spot)
  if (chosen.policy === 'closed') complainOfSkew(tree, spot)
  return {
    arrivals: chosen,
    keys: requests.keys,
    size: requests.size,
    ...(requests.cost !== 1 ? { cost: requests.cost } : {}),
    ...(read.role === 'attack' ? { role: read.role } : {}),
    ...addresses,
    ...(sessions ? { sessions } : {}),
    ...(connections ? { connections } : {}),
    ...(read.cache && read.cache !== 'none' ? { cache: read.cache } : {}),
    ...(timeout ? { timeout } : {}),
    ...(read.sending ? { sending: read.sending } : {}),
    onTimeout,
    latency: network.latency,
    ...habitsOf(read, requests.methods ? writesAmong(requests.methods) : requests.writes),
    ...sentOf(requests),
  }
})

/** Users of a closed population come as often as their think time lets them. */
function complainOfSkew(tree: Tree, spot: Spot): void {
  const visitors = lookUp(tree, 'addresses')
  const given = visitors && lookUp(visitors, 'skew')
  if (!given) return
  const at = within(within(spot, 'addresses'), 'skew')
  complain(at, given.place, 'users of a closed population all come equally often; "skew" is of open arrivals')
}

/** Gateways can be shared only with those who have some. */
export function refuseUnsharedGateways(
  populations: readonly ClientPopulation[],
  tree: Tree,
  spot: Spot,
): void {
  for (const { id, nat: behind } of populations) {
    const name = behind?.sharedWith
    const other = populations.find((one) => one.id === name)?.nat
    if (name === undefined || (other !== undefined && other.sharedWith === undefined)) continue
    const at = ['clients', id, 'addresses', 'nat', 'sharedWith']
    const given = at.reduce<Tree | undefined>((part, key) => part && lookUp(part, key), tree) ?? tree
    const message = `"${name}" is not a client population with gateways of its own`
    complain(at.reduce(within, spot), given.place, message)
  }
}

/** What a log tells by itself cannot be said as well. */
function complainOfLog(tree: Tree, spot: Spot): void {
  const given = lookUp(tree, 'sessions')
  if (given) {
    complain(
      within(spot, 'sessions'),
      given.place,
      'a log says when each request comes; sessions are of other arrivals',
    )
  }
  for (const key of ['nat', 'skew'] as const) {
    const visitors = lookUp(tree, 'addresses')
    const one = visitors && lookUp(visitors, key)
    if (one)
      complain(
        within(within(spot, 'addresses'), key),
        one.place,
        `a log brings its own addresses; "${key}" is of other arrivals`,
      )
  }
}

export const clients = mapped(
  byId(one, { of: 'client population', ofMany: 'client populations', most: MOST_CLIENTS }),
  (entries): readonly ClientPopulation[] => entries.map(([id, population]) => ({ id, ...population })),
)
