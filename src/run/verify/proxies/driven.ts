/** Our policies as a recording's configuration sets them up, driven one request after the other. */

import { type Stream, stream } from '../../../base/stream.ts'
import { strategies } from '../../../policies/balancing/index.ts'
import type { Asked } from '../../../policies/balancing/strategy.ts'
import type { Params } from '../../../policies/policy.ts'
import { choose, replied, sent } from '../../../policies/upstream/choose.ts'
import { openUpstream } from '../../../policies/upstream/open-upstream.ts'
import type { Levels, Member, SlowStart } from '../../../policies/upstream/settings.ts'
import type { Upstream } from '../../../policies/upstream/upstream.ts'

/** A strategy by its public name; parameters that are not given have their defaults. */
export interface Choice {
  readonly strategy: string
  readonly params: Params
}

export interface Setup {
  readonly choice: Choice
  readonly members: readonly Pick<Member, 'name' | 'weight' | 'priority' | 'maxConnections'>[]
  readonly levels: Levels['rule']
  /** Whether requests wait while all are full. */
  readonly waits: boolean
  readonly slowStart?: SlowStart | undefined
}

export function open({ choice, members, levels, waits, slowStart }: Setup, seed = '1'): Upstream {
  const strategy = strategies.get(choice.strategy)
  const params: Record<string, Params[string]> = {}
  for (const [key, param] of Object.entries(strategy.params)) params[key] = param.default
  return openUpstream(
    {
      strategy: { policy: strategy.name, params: { ...params, ...choice.params } },
      members: members.map((member) => ({ ...member, zone: '' })),
      levels: { rule: levels, overprovisioning: 1.4 },
      panic: 0,
      line: waits ? Number.MAX_SAFE_INTEGER : 0,
      slowStart,
      affinity: undefined,
      subset: undefined,
      refresh: undefined,
    },
    randomFor(seed),
  )
}

export function randomFor(seed: string): Stream {
  return stream(seed, 'balancing/recording')
}

/** What a request that says nothing of itself looks like. */
export const ANY: Asked = Object.freeze({ key: 0, text: undefined, address: 0 })

/** A request whose key is this text. */
export function keyed(text: string): Asked {
  return { key: 0, text, address: 0 }
}

/** Chooses, and sends the request where it was chosen to go; below 0: it goes nowhere. */
export function send(u: Upstream, asked: Asked = ANY, now = 0): number {
  const chosen = choose(u, asked, now)
  if (chosen >= 0) sent(u, chosen)
  return chosen
}

/** A request that is answered before the next one comes. */
export function ask(u: Upstream, asked: Asked = ANY, now = 0): number {
  const chosen = send(u, asked, now)
  if (chosen >= 0) replied(u, chosen, 0, false, now)
  return chosen
}
