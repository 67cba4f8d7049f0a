/** Recordings of real proxies: their configuration text, read for what the hashing strategies need. */

import { strategies } from '../../../../src/policies/balancing/index.ts'
import { textsOf } from '../../../../src/run/verify/proxies/case-fields.ts'
import type { Choice } from '../../../../src/run/verify/proxies/driven.ts'
import { backendOf } from '../../../../src/run/verify/proxies/haproxy/backend.ts'
import type { Hashed } from '../../../../src/run/verify/proxies/haproxy/method.ts'
import { readSections } from '../../../../src/run/verify/proxies/haproxy/sections.ts'
import { readDirectives } from '../../../../src/run/verify/proxies/nginx/directives.ts'
import { upstreamOf } from '../../../../src/run/verify/proxies/nginx/upstream.ts'
import { scene } from '../../../../src/run/verify/proxies/recording.ts'
import { directorsOf } from '../../../../src/run/verify/proxies/varnish/directors.ts'
import { readVcl } from '../../../../src/run/verify/proxies/varnish/vcl.ts'
import { builtIn } from '../../../run/verify/proxies/built-in.ts'
import { type Driven, drive, type Server } from './driver.ts'

export interface Recording {
  readonly config: string
  readonly input: readonly any[]
  readonly observed: readonly any[]
}

export function recording(name: string): Recording {
  return builtIn(name)
}

/** The keys of a case, which may say that they are those of another. */
export function keysOf(name: string, index: number, field = 'keys'): readonly string[] {
  return textsOf(scene(builtIn(name), index), field)
}

/** nginx: the upstream of that name, with the strategy that is its method. */
export function upstream(config: string, name: string): Driven {
  const { choice, servers } = upstreamOf(readDirectives(config).tree, name)
  return driven(
    choice,
    servers.map(({ address, weight, isDown }) => ({ name: address, weight, isDown })),
  )
}

export interface Listener {
  readonly driven: Driven
  readonly hashed: Hashed
  readonly servers: readonly Server[]
}

/** HAProxy: the listener of that name, with the strategy that is its method. */
export function listen(config: string, name: string): Listener {
  const { method, servers } = backendOf(readSections(config).sections, name)
  return { driven: driven(method.choice, servers), hashed: method.hashed, servers }
}

/** Varnish: the backends of the director of that kind. */
export function director(config: string, kind: string): readonly Server[] {
  return directorsOf(readVcl(config)).find((one) => one.kind === kind)!.backends
}

function driven({ strategy, params }: Choice, servers: readonly Server[]): Driven {
  return drive(strategies.get(strategy), servers, params)
}
