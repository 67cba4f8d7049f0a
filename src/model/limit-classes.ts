/** Classes of requests that a limit tells apart: which one a request is in, and what it may have of the limit. */

import { sharings } from '../policies/limits/index.ts'
import type { Limiter } from '../policies/limits/limit.ts'
import { type Passing, shareOf } from '../policies/limits/sharing.ts'
import type { Params } from '../policies/policy.ts'
import type { LimitClass, RateLimit } from '../scenario/rate-limit.ts'
import type { ClientPopulation } from '../scenario/scenario.ts'
import type { Cluster } from './cluster.ts'
import { type Asked, askedOf, says } from './sent.ts'
import { CLIENT, KEY, NIL } from './tables.ts'

/** Of a limit; frozen. */
export interface FixedClasses {
  /** By population: the classes that its requests may be in, in order. */
  readonly byClient: readonly (readonly number[])[]
  /** By class: the keys that are in it; undefined: all. */
  readonly keys: readonly (ReadonlySet<number> | undefined)[]
  /** By class and population: what its requests must say. */
  readonly asked: readonly (readonly (Asked | undefined)[])[]
  readonly passes: Passing
  /** Number of its first class among those of the tier. */
  readonly first: number
}

/** @param first classes that the limits before it tell apart */
export function fixedClasses(
  { classes, sharing }: RateLimit,
  clients: readonly ClientPopulation[],
  first: number,
): FixedClasses | undefined {
  if (classes === undefined) return undefined
  const asked = classes.map((one) => clients.map((client) => askedOf(one, client)))
  return Object.freeze({
    byClient: clients.map((client, who) =>
      [...classes.keys()].filter((i) => mayHold(classes[i]!, client) && asked[i]![who] !== 'never'),
    ),
    asked: asked.map((of) => of.map((one) => (one === 'never' ? undefined : one))),
    keys: classes.map(({ keys }) => keys && new Set(keys)),
    passes: sharings.get(sharing!).passes,
    first,
  })
}

/**
 * The parameters of a limit's counters: the common one, which also counts requests that are in no class, and
 * one for each class. Undefined: it lets nothing pass.
 */
export function countersOf(
  { rule, classes = [], sharing }: RateLimit,
  limiter: Limiter,
): readonly (Params | undefined)[] {
  const shares = classes.map(({ share }) => share)
  const way = sharing === undefined ? undefined : sharings.get(sharing)
  const common = way === undefined || way.passes === 'own' ? 1 : way.common(shares)
  return [common, ...shares].map((share) =>
    share > 0 ? Object.freeze(shareOf(limiter, rule.params, share)) : undefined,
  )
}

/** The first class that a request fits; NIL when there is none. */
export function classOf(c: Cluster, request: number, { byClient, keys, asked }: FixedClasses): number {
  const client = c.requests.int[(request << 3) | CLIENT]!
  const key = c.requests.num[request * c.requests.stride + KEY]!
  for (const one of byClient[client]!) {
    const wanted = asked[one]![client]
    if ((keys[one]?.has(key) ?? true) && (wanted === undefined || says(c, request, wanted))) return one
  }
  return NIL
}

function mayHold({ clients, priority }: LimitClass, { id, priority: own = 0 }: ClientPopulation): boolean {
  return (clients?.includes(id) ?? true) && (priority === undefined || priority === own)
}
