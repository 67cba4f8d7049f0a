/** Populations of clients as the cluster keeps them: parameters become samplers, streams get their seeds. */

import { keyedRows } from '../base/keyed-rows.ts'
import { stream } from '../base/stream.ts'
import { arrivals } from '../policies/arrivals/index.ts'
import { privateCaches } from '../policies/caching/private-caches.ts'
import { keyChoices } from '../policies/keys/index.ts'
import type { Chosen } from '../policies/policy.ts'
import type { LogSource } from '../scenario/access-log/log-source.ts'
import type { ClientPopulation, Scenario } from '../scenario/scenario.ts'
import { endsMatter, fixedClientCache } from './client-cache.ts'
import type { Client, FixedClient } from './cluster.ts'
import { CONNECTION_WIDTH } from './connections.ts'
import { drawn, times } from './drawn.ts'
import { RECORD_WIDTH } from './front-choice.ts'
import { clientTries, fixedClientTries } from './tries-settings.ts'
import { visitorsOf } from './visitors.ts'

/** @param addresses where its visitors' addresses begin */
export function linkClient(
  client: ClientPopulation,
  scenario: Scenario,
  logs: ReadonlyMap<string, LogSource> | undefined,
  addresses: Pick<FixedClient, 'firstAddress' | 'nat'>,
): FixedClient {
  const process = arrivals.get(client.arrivals.policy)
  const { params } = client.arrivals
  const source = process.mode === 'log' ? logs?.get(client.id) : undefined
  if (process.mode === 'log' && source === undefined) {
    throw new Error(`the log "${params.file}" of ${client.id} was not loaded`)
  }
  return {
    id: client.id,
    mode: process.mode,
    next: process.next?.(params),
    users: process.mode === 'closed' ? Number(params.users) : 0,
    think: process.mode === 'closed' ? drawn(params.thinkTime as Chosen) : undefined,
    source,
    keys:
      Number(client.keys.params.count) === 1
        ? undefined
        : keyChoices.get(client.keys.policy).sampler(client.keys.params),
    sizes: drawn(client.size),
    addresses: client.addresses,
    visitors: client.skew === undefined ? undefined : visitorsOf(client.addresses, client.skew),
    ...addresses,
    sessions: client.sessions && {
      requests: drawn(client.sessions.requests),
      thinkTime: drawn(client.sessions.thinkTime),
    },
    connections: client.connections,
    cache: fixedClientCache(client),
    endsMatter: endsMatter(client, scenario),
    latency: drawn(client.latency),
    timeout: client.timeout && drawn(client.timeout),
    sending: client.sending && drawn(client.sending),
    cancels: client.onTimeout === 'cancel',
    writes: client.writes ?? 0,
    priority: client.priority ?? 0,
    tries: fixedClientTries(client),
    demand: scenario.tiers.map((tier) => times(drawn(tier.service.demand), client.cost ?? 1)),
  }
}

export function clientState(client: ClientPopulation, { seed, tiers }: Scenario): Client {
  const of = (purpose: string) => stream(seed, `${purpose}/${client.id}`)
  return {
    memory: new Float64Array(Math.max(1, arrivals.get(client.arrivals.policy).memory)),
    arrivals: of('arrivals'),
    keys: of('keys'),
    addresses: of('addresses'),
    sizes: of('sizes'),
    think: of('think'),
    latency: of('latency'),
    timeouts: of('timeouts'),
    doors: of('doors'),
    demand: tiers.map((tier) => stream(seed, `demand/${client.id}/${tier.id}`)),
    connections: client.connections && keyedRows(CONNECTION_WIDTH),
    records: tiers[0]!.structure?.front?.by === 'dns' ? keyedRows(RECORD_WIDTH) : undefined,
    tries: clientTries(client, seed),
    own: client.cache && privateCaches(),
  }
}
