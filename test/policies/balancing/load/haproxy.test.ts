/** HAProxy's strategies against what HAProxy 2.6.12 did, pick for pick. */

import { describe, expect, test } from 'vitest'
import { haproxyRoundRobin } from '../../../../src/policies/balancing/haproxy-round-robin.ts'
import { sequence } from './driver.ts'
import { recording, serversOf } from './recordings.ts'

describe.each([
  ['haproxy_roundrobin', haproxyRoundRobin],
  ['haproxy_roundrobin_changes', haproxyRoundRobin],
])('%s', (name, strategy) => {
  const { config, input, observed } = recording(name)
  test.each(input.map((recorded, k) => [recorded.listen!, k] as const))('%s is picked alike', (listen, k) => {
    expect(sequence(strategy, serversOf(config, listen), input[k]!)).toEqual(observed[k])
  })
})
