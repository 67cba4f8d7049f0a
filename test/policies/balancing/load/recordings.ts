/** Recordings of real proxies, and what their configuration text says of servers, weights and limits. */

import { backendOf } from '../../../../src/run/verify/proxies/haproxy/backend.ts'
import { readSections } from '../../../../src/run/verify/proxies/haproxy/sections.ts'
import { readDirectives } from '../../../../src/run/verify/proxies/nginx/directives.ts'
import { upstreamOf } from '../../../../src/run/verify/proxies/nginx/upstream.ts'
import { builtIn } from '../../../run/verify/proxies/built-in.ts'

export interface Recording {
  readonly config: string
  readonly input: readonly Case[]
  readonly observed: readonly (readonly unknown[])[]
}

export type Step = readonly ['start' | 'finish', number]

export interface Case {
  readonly listen?: string
  readonly upstream?: string
  readonly requests?: number
  readonly script?: readonly Step[]
  readonly stats_socket_commands_before_request?: Readonly<Record<string, readonly string[]>>
}

export interface Server {
  readonly name: string
  readonly weight: number
  /** Infinity when there is no limit. */
  readonly maxconn: number
}

export function recording(name: string): Recording {
  return builtIn(name) as unknown as Recording
}

/** The servers of a group; nginx's have no names, recordings call them s1, s2, … in order of declaration. */
export function serversOf(config: string, group: string): Server[] {
  if (/^\s*http\s*\{/m.test(config)) {
    return upstreamOf(readDirectives(config).tree, group).servers.map(({ weight, maxConns }, i) => {
      return { name: `s${i + 1}`, weight, maxconn: maxConns || Infinity }
    })
  }
  return backendOf(readSections(config).sections, group).servers.map(({ name, weight, maxconn }) => {
    return { name, weight, maxconn: maxconn || Infinity }
  })
}
