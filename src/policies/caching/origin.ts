/**
 * When objects change at their origin: each once in a period, at an instant of its own that follows from its
 * number. Nothing has to be remembered for that.
 */

import { hashOf } from '../../base/keyed-rows.ts'
import type { Duration, Instant } from '../../base/time.ts'

/** The first instant after `since` at which the object changes. */
export function nextChange(object: number, period: Duration, since: Instant): Instant {
  const phase = Math.floor(((hashOf(object) >>> 0) / 4294967296) * period)
  return (Math.floor((since + phase) / period) + 1) * period - phase
}

/** A share of all keys, always the same ones; the second draw for a key is another than the first. */
export function isAmong(key: number, share: number, salt: number): boolean {
  return share > 0 && (hashOf(hashOf(key) + salt) >>> 0) / 4294967296 < share
}
