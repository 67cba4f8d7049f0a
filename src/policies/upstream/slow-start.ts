/**
 * Slow start: how much of its weight a replica has some time after it has come up.
 *
 * Sources: HAProxy 2.6.12 `slowstart` (as measured: whole seconds, linear from a sixteenth); Envoy 1.31
 * `slow_start_config`: (time / window)^(1 / aggression), not below a least share.
 */

import { pow } from '../../base/pow.ts'
import { SECOND } from '../../base/time.ts'
import type { SlowStart } from './settings.ts'

export interface Grown {
  /** 0 to 1 */
  readonly share: number
  /** ns until it changes again; Infinity: never. */
  readonly again: number
}

const WHOLE: Grown = Object.freeze({ share: 1, again: Infinity })

/** Envoy looks at its weights at every pick; here in so many steps. */
const STEPS = 100

/**
 * @param weight as configured: HAProxy rounds what comes out of it
 * @param since ns since it came up
 */
export function slowShare(slow: SlowStart | undefined, weight: number, since: number): Grown {
  if (slow === undefined || since >= slow.window) return WHOLE
  if (slow.rule === 'haproxy') {
    const seconds = Math.floor(since / SECOND)
    const window = Math.max(1, Math.floor(slow.window / SECOND))
    if (seconds >= window) return WHOLE
    const grown = weight * Math.floor((16 * seconds + window) / window)
    return { share: grown / (16 * weight), again: (seconds + 1) * SECOND - since }
  }
  const step = Math.max(1, Math.floor(slow.window / STEPS))
  const share = pow(Math.max(1, since) / slow.window, 1 / slow.aggression)
  return { share: Math.min(1, Math.max(slow.least, share)), again: step }
}

/** HAProxy lets a connection limit grow too: by whole percents of the time, at least 1. */
export function slowLimit(slow: SlowStart | undefined, limit: number, since: number): number {
  if (slow?.rule !== 'haproxy' || since >= slow.window) return limit
  const window = Math.max(1, Math.floor(slow.window / SECOND))
  const percent = Math.floor((100 * Math.floor(since / SECOND)) / window)
  return Math.max(1, Math.floor((limit * percent) / 100))
}
