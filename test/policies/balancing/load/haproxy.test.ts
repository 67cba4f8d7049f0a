/** HAProxy's strategies against what HAProxy 2.6.12 did, pick for pick. */

import { describe, expect, test } from 'vitest'
import { first } from '../../../../src/policies/balancing/first.ts'
import { haproxyLeastconn } from '../../../../src/policies/balancing/haproxy-leastconn.ts'
import { haproxyRoundRobin } from '../../../../src/policies/balancing/haproxy-round-robin.ts'
import { staticRr } from '../../../../src/policies/balancing/static-rr.ts'
import { held, script, sequence } from './driver.ts'
import { recording, serversOf } from './recordings.ts'

describe.each([
  ['haproxy_roundrobin', haproxyRoundRobin],
  ['haproxy_roundrobin_changes', haproxyRoundRobin],
  ['haproxy_static_rr', staticRr],
  ['haproxy_leastconn', haproxyLeastconn],
])('%s', (name, strategy) => {
  const { config, input, observed } = recording(name)
  test.each(input.map((recorded, k) => [recorded.listen!, k] as const))('%s is picked alike', (listen, k) => {
    const run = input[k]!.script === undefined ? sequence : script
    expect(run(strategy, serversOf(config, listen), input[k]!)).toEqual(observed[k])
  })
})

describe('haproxy_first', () => {
  const { config, input, observed } = recording('haproxy_first')
  const cases = input.map((recorded, k) => ({ recorded, k, servers: serversOf(config, recorded.listen!) }))

  test.each(cases)('$recorded.listen is picked alike when a full replica is not ready', (it) => {
    expect(held(first, it.servers, it.recorded, false)).toEqual(observed[it.k])
  })

  const even = cases.filter(({ servers }) => servers.every(({ maxconn }) => maxconn === servers[0]!.maxconn))
  test.each(even)('$recorded.listen is picked alike when the strategy knows the limit', (it) => {
    expect(held(first, it.servers, it.recorded, true)).toEqual(observed[it.k])
  })
})
