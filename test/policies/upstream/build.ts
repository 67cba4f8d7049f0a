/** Upstreams for tests: a line of replicas, with what is said changed. */

import { stream } from '../../../src/base/stream.ts'
import type { Asked } from '../../../src/policies/balancing/strategy.ts'
import { choose, sent } from '../../../src/policies/upstream/choose.ts'
import { openUpstream } from '../../../src/policies/upstream/open-upstream.ts'
import type { Member, UpstreamSettings } from '../../../src/policies/upstream/settings.ts'
import type { Upstream } from '../../../src/policies/upstream/upstream.ts'

export const asked: Asked = { key: 1, text: undefined, address: 1 }

export function member(of: Partial<Member> = {}): Member {
  return { name: 's', weight: 1, priority: 0, zone: '', maxConnections: 0, ...of }
}

export function settings(
  members: readonly Partial<Member>[],
  of: Partial<UpstreamSettings> = {},
): UpstreamSettings {
  return {
    strategy: { policy: 'round-robin', params: {} },
    members: members.map((one, i) => member({ name: `s${i + 1}`, ...one })),
    levels: { rule: 'strict', overprovisioning: 1.4 },
    panic: 0,
    line: 0,
    slowStart: undefined,
    affinity: undefined,
    subset: undefined,
    refresh: undefined,
    ...of,
  }
}

export function open(members: readonly Partial<Member>[], of: Partial<UpstreamSettings> = {}): Upstream {
  return openUpstream(settings(members, of), stream(7, 'balancing/test'))
}

/** Chooses so many times, and sends each when it can be sent. */
export function picks(u: Upstream, times: number, now = 0): number[] {
  return Array.from({ length: times }, () => {
    const answer = choose(u, asked, now)
    if (answer >= 0) sent(u, answer)
    return answer
  })
}
