/** Valid starts for what a scenario is built from; each is seen to run by a test. */

export interface Start {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly value: Readonly<Record<string, unknown>>
  /** Where among the tiers: in front, before the last, or behind all. */
  readonly place?: 'front' | 'beforeLast'
}

/** The smallest scenario that shows something: it runs, and nothing in it can be left out. */
export const SMALLEST = `format: evenkeel/1
name: New scenario
seed: 1
duration: 1m

clients:
  users:
    rate: 60/s
    network: { latency: 20ms }

tiers:
  web:
    replicas: 2
    service: { demand: { exponential: { mean: 20ms } }, concurrency: 4 }
`

export const TIER_STARTS: readonly Start[] = [
  {
    id: 'web',
    title: 'Application',
    summary: 'Four replicas behind least connections, with a queue and health checks.',
    value: {
      balancing: 'least-connections',
      replicas: 4,
      service: { demand: { lognormal: { mean: '20ms', cv: 1 } }, concurrency: 4, queue: 64 },
      health: { active: { interval: '2s', timeout: '1s', fall: 3, rise: 2 } },
    },
  },
  {
    id: 'edge',
    title: 'Edge',
    summary: 'Ends TLS and limits rates in front of all others, as nginx does.',
    place: 'front',
    value: {
      replicas: 2,
      service: { demand: '0.2ms', concurrency: 8 },
      connections: { idle: '30s' },
      tls: { handshake: '1.5ms', resumed: '0.2ms', resumption: '80%' },
      rateLimit: { policy: 'leaky-bucket', rate: '100/s', burst: 200, nodelay: true, key: 'address' },
    },
  },
  {
    id: 'cache',
    title: 'Cache',
    summary: 'Two caches sharded by key, which answer for the tier behind them.',
    place: 'beforeLast',
    value: {
      balancing: 'ring-hash',
      replicas: 2,
      service: { demand: '0.1ms', concurrency: 16 },
      cache: { capacity: 4000, eviction: 'lru', ttl: '60s', grace: '10s', coalesce: true },
    },
  },
  {
    id: 'db',
    title: 'Database',
    summary: 'One fast replica with a long queue, behind all others.',
    value: {
      replicas: 1,
      service: { demand: { exponential: { mean: '2ms' } }, concurrency: 16, queue: 1000 },
    },
  },
  {
    id: 'elastic',
    title: 'Application that scales',
    summary: 'Two replicas that become up to eight when they are busy.',
    value: {
      balancing: 'least-connections',
      replicas: 2,
      service: { demand: { exponential: { mean: '20ms' } }, concurrency: 4, queue: 64 },
      scaling: { min: 2, max: 8, target: '60%', sync: '5s', stabiliseDown: '30s' },
    },
  },
]

export const CLIENT_STARTS: readonly Start[] = [
  {
    id: 'users',
    title: 'Visitors at random',
    summary: 'Requests that come independently of each other (Poisson).',
    value: { rate: '60/s', network: { latency: '20ms' }, timeout: '2s' },
  },
  {
    id: 'staff',
    title: 'Users who wait',
    summary: 'Fifty users, each with one request at a time and a pause between them (closed).',
    value: {
      arrivals: { closed: { users: 50, thinkTime: { exponential: { mean: '1s' } } } },
      network: { latency: '20ms' },
    },
  },
  {
    id: 'shoppers',
    title: 'Visitors with sessions',
    summary: 'Each arrival is a visit of about ten requests.',
    value: {
      rate: '6/s',
      sessions: { requests: { geometric: { mean: 10 } }, thinkTime: { exponential: { mean: '2s' } } },
      network: { latency: '20ms' },
      timeout: '2s',
    },
  },
  {
    id: 'patient',
    title: 'Clients that try again',
    summary: 'Three tries with a back-off, kept within a budget.',
    value: {
      rate: '60/s',
      timeout: '1s',
      retries: { attempts: 3, backoff: { base: '50ms', jitter: 'full' } },
      network: { latency: '20ms' },
    },
  },
  {
    id: 'attackers',
    title: 'An attack',
    summary: 'Many requests from a few addresses of their own.',
    value: { rate: '500/s', role: 'attack', addresses: 20 },
  },
]
