/**
 * Whether nginx keeps an answer, and for how long.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_process_cache_control and its neighbours.
 */

import { Unfit } from '../../../unfit.ts'
import type { OriginAnswer } from './origin.ts'

/** Seconds. */
export interface Freshness {
  readonly ttl: number
  readonly staleWhileRevalidate: number
  readonly staleIfError: number
  /** Names of the headers that the answer varies by. */
  readonly vary: readonly string[]
}

/** @param valid seconds by status, from proxy_cache_valid; @returns undefined when it is not kept */
export function freshnessOf(
  { status, headers }: OriginAnswer,
  valid: ReadonlyMap<number, number>,
): Freshness | undefined {
  let ttl: number | undefined
  let staleWhileRevalidate = 0
  let staleIfError = 0
  let vary: readonly string[] = []
  let isAccelerated = false
  for (const [name, value] of headers) {
    const called = name.toLowerCase()
    if (called === 'set-cookie') return undefined
    if (called === 'vary') {
      if (value.trim() === '*') return undefined
      vary = value.split(',').map((word) => word.trim().toLowerCase())
    } else if (called === 'x-accel-expires') {
      if (Number(value) === 0) return undefined
      ttl = Number(value)
      isAccelerated = true
    } else if (called === 'expires' && ttl === undefined) {
      // When a recording was made is not said, so only what is long past can be told.
      if (!/ 19\d\d /.test(value)) throw new Unfit(`whether "${value}" is past is not known`)
      return undefined
    } else if (called === 'cache-control' && !isAccelerated) {
      if (/no-cache|no-store|private/i.test(value)) return undefined
      const seconds = (of: string) => {
        const found = new RegExp(`${of}=(\\d+)`, 'i').exec(value)
        return found ? Number(found[1]) : undefined
      }
      const age = seconds('s-maxage') ?? seconds('max-age')
      if (age === 0) return undefined
      ttl = age ?? ttl
      staleWhileRevalidate = seconds('stale-while-revalidate') ?? 0
      staleIfError = seconds('stale-if-error') ?? 0
    }
  }
  ttl ??= status === undefined ? undefined : valid.get(status)
  return ttl === undefined ? undefined : { ttl, staleWhileRevalidate, staleIfError, vary }
}
