/** How HAProxy turns a request into a hash: a function for texts, addresses as they are, and avalanche. */

import type { Asked } from '../balancing/strategy.ts'
import type { Param, ParamSpec } from '../policy.ts'
import { avalanche, keyFunctions } from './haproxy-functions.ts'
import { hashedBytes } from './hashed-on.ts'

export interface KeyHash {
  readonly byAddress: boolean
  /** One of `keyFunctions`. */
  readonly function: string
  readonly avalanche: boolean
}

const FUNCTION = {
  kind: 'choice',
  title: 'Hash function',
  summary: "HAProxy's function for keys; nginx has its own, and addresses are taken as they are.",
  choices: Object.keys(keyFunctions),
  default: 'sdbm',
} as const satisfies Param

const AVALANCHE = {
  kind: 'boolean',
  title: 'Avalanche',
  summary: "Whether HAProxy mixes the key's hash once more, so that similar keys part.",
} as const satisfies Param

/** Of `hash-type map-based`: no avalanche unless it is asked for. */
export const HAPROXY_KEY = {
  function: FUNCTION,
  avalanche: { ...AVALANCHE, default: false },
} as const satisfies ParamSpec

/** Of `hash-type consistent`, which implies avalanche when it names no function. */
export const HAPROXY_CONSISTENT_KEY = {
  function: FUNCTION,
  avalanche: { ...AVALANCHE, default: true },
} as const satisfies ParamSpec

/** 0 … 2^32 - 1; undefined when the request has no key. */
export function haproxyHash(asked: Asked, how: KeyHash): number | undefined {
  if (!how.byAddress && asked.text === '') return undefined
  const plain = how.byAddress ? asked.address >>> 0 : keyFunctions[how.function]!(hashedBytes(asked, false))
  return how.avalanche ? avalanche(plain) : plain
}
