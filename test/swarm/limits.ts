/** Random rate limits, connections and TLS. */

import fc, { type Arbitrary } from 'fast-check'
import { SECOND } from '../../src/base/time.ts'
import type { Chosen } from '../../src/policies/policy.ts'
import type { LimitStore, RateLimit } from '../../src/scenario/rate-limit.ts'
import type { ConnectionPool, Connections, Tls } from '../../src/scenario/transport.ts'
import { always, chosen, exponential } from '../model/build.ts'

function rules(duration: number): Arbitrary<Chosen> {
  const rate = (20 * SECOND) / duration
  const window = Math.ceil(duration / 10)
  return fc.constantFrom(
    chosen('leaky-bucket', { rate: Math.max(rate, 0.001), burst: 3, nodelay: false, delay: 1 }),
    chosen('leaky-bucket', { rate: Math.max(rate, 0.001), burst: 0, nodelay: true, delay: 0 }),
    chosen('token-bucket', { rate, burst: 5 }),
    chosen('gcra', { rate, burst: 4, shape: true }),
    chosen('fixed-window', { limit: 5, window }),
    chosen('sliding-counter', { limit: 5, window }),
    chosen('sliding-log', { limit: 5, window }),
    chosen('vsthrottle', { limit: 5, period: window, block: 0 }),
    chosen('concurrency', { limit: 2 }),
    chosen('concurrency', { limit: 1 }),
  )
}

function store(duration: number): Arbitrary<LimitStore | undefined> {
  return fc.constantFrom<LimitStore | undefined>(
    undefined,
    { latency: always(0), outages: [], onOutage: 'open' },
    {
      latency: exponential(duration / 100),
      outages: [{ from: Math.ceil(duration / 4), to: Math.ceil(duration / 2) }],
      onOutage: 'closed',
    },
  )
}

function limit(duration: number): Arbitrary<RateLimit> {
  return fc
    .record({
      rule: rules(duration),
      key: fc.constantFrom('address', 'visitor', 'session', 'path', 'header', 'global'),
      keys: fc.constantFrom(1, 3, 1000),
      status: fc.constantFrom(429, 503),
      scope: fc.constantFrom('node', 'shared'),
      store: store(duration),
      only: fc.constantFrom(undefined, undefined, ['a']),
      classes: fc.constantFrom(undefined, undefined, [
        { name: 'first', share: 0.5, clients: ['a'] },
        { name: 'second', share: 0.4, priority: 1 },
        { name: 'third', share: 0, keys: [0, 3] },
        { name: 'fourth', share: 0.1, methods: ['POST' as const] },
      ]),
      sharing: fc.constantFrom('ceilings', 'quotas', 'reserves'),
    })
    .map(({ store: asked, only, classes, sharing, ...rest }) => ({
      ...rest,
      ...(asked && rest.scope === 'shared' ? { store: asked } : {}),
      ...(only ? { only } : {}),
      ...(classes ? { classes, sharing } : {}),
    }))
}

/** One limit or several at one tier. */
export function rateLimits(duration: number): Arbitrary<readonly RateLimit[]> {
  return fc.array(limit(duration), { minLength: 1, maxLength: 3 })
}

export function connections(duration: number): Arbitrary<Connections> {
  return fc.constantFrom<Connections>(
    {},
    { idle: 0, perNode: 2 },
    { idle: Math.ceil(duration / 50), requests: 2, streams: 2 },
    { streams: 10, perNode: 1, patience: Math.ceil(duration / 20) },
  )
}

export function tls(duration: number): Arbitrary<Tls> {
  const handshake = always(Math.ceil(duration / 500))
  const resumed = exponential(duration / 2000)
  return fc.constantFrom<Tls>(
    { handshake, resumed },
    { handshake, resumed, resumption: 0.5 },
    { handshake, resumed, tickets: Math.ceil(duration / 10) },
    { handshake, resumed, tickets: Math.ceil(duration / 5), ticketKeys: 'replica' },
  )
}

export function pool(duration: number): Arbitrary<ConnectionPool> {
  return fc.constantFrom<ConnectionPool>(
    {},
    { idle: 0 },
    { size: 2, kept: 1, idle: Math.ceil(duration / 20) },
    { size: 1, streams: 3, requests: 5 },
    { streams: 2, requests: 3, kept: 0 },
  )
}
