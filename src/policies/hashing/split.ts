/**
 * Splitting clients into groups of given shares by the hash of a key: the same key is always in the same
 * group, and a group that grows at the end of the list takes only from those behind it.
 *
 * Source: nginx 1.22.1, ngx_http_split_clients_module.
 */

import { utf8 } from './bytes.ts'
import { murmur2 } from './murmur2.ts'

/** Shares are counted in hundredths of a percent. */
const WHOLE = 10_000

/**
 * @param hundredths each group's share in hundredths of a percent; undefined: all that is left
 * @returns below which hash each group ends
 */
export function splitLimits(hundredths: readonly (number | undefined)[]): readonly number[] {
  let sum = 0
  return hundredths.map((share) => {
    if (share === undefined) return 2 ** 32
    sum += share
    return Math.floor((sum * (2 ** 32 - 1)) / WHOLE)
  })
}

/** The group of a key, -1 when the shares leave it over. */
export function groupOf(limits: readonly number[], key: string): number {
  const hash = murmur2(utf8(key))
  return limits.findIndex((limit) => hash < limit)
}
