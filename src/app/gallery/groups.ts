/** What the scenarios that come with the tool teach: the groups of the gallery, and their order in it. */

import type { Entry } from '../catalogue.ts'

export interface Group {
  readonly title: string
  /** In the order in which they are best looked at. */
  readonly ids: readonly string[]
}

export const GROUPS: readonly Group[] = [
  {
    title: 'Start here',
    ids: ['calm', 'crash', 'replicas-and-outages', 'two-choices', 'retry-storm', 'layered'],
  },
  {
    title: 'Choosing a replica',
    ids: [
      'heterogeneous',
      'round-robins',
      'slow-replica',
      'load-reports',
      'herding',
      'neighbour',
      'slow-start',
      'long-lived',
    ],
  },
  {
    title: 'Failures, and who notices them',
    ids: [
      'hang',
      'slow-detection',
      'gray-failure',
      'sinkhole',
      'flapping',
      'check-cascade',
      'random-failures',
      'zone-outage',
      'products',
    ],
  },
  { title: 'When the balancer itself dies', ids: ['balancer-down', 'pair-take-over', 'dns-ttl'] },
  {
    title: 'Overload, queues and retries',
    ids: [
      'overload',
      'bursts',
      'closed-loop',
      'sharing',
      'last-come',
      'zombies',
      'thundering-herd',
      'circuit-breakers',
    ],
  },
  {
    title: 'Limits and attacks',
    ids: ['flood', 'limit-nat', 'limit-shared', 'retry-after', 'paying-first', 'slow-requests'],
  },
  { title: 'Sessions and keys', ids: ['sticky-crash', 'nat', 'node-leaves', 'hot-key'] },
  {
    title: 'Caches',
    ids: [
      'cache-flush',
      'stampede',
      'stale-content',
      'evictions',
      'few-large-caches',
      'sidecar',
      'browser-cache',
      'write-news',
    ],
  },
  { title: 'Connections and TLS', ids: ['upstream-connections', 'tls-where', 'handshake-storm'] },
  {
    title: 'Deploys, planned work and scaling',
    ids: [
      'deploy-readiness',
      'canary',
      'drain-race',
      'agents',
      'daily',
      'autoscaling-lag',
      'scheduled-scaling',
    ],
  },
  { title: 'Whole sites and real traffic', ids: ['three-tiers', 'layers-alone', 'replay', 'real-log'] },
]

/** Entries under the title of their group; groups without any are left out. */
export interface Shelf {
  readonly title: string
  readonly entries: readonly Entry[]
}

/** Those whose title, summary or group has every word that was typed. */
export function shelvesOf(entries: readonly Entry[], typed: string): readonly Shelf[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return GROUPS.flatMap(({ title, ids }) => {
    const found = ids.flatMap((id) => {
      const entry = entries.find((one) => one.id === id)
      const said = entry && `${entry.title} ${entry.summary} ${title}`.toLowerCase()
      return said && words.every((word) => said.includes(word)) ? [entry] : []
    })
    return found.length > 0 ? [{ title, entries: found }] : []
  })
}
