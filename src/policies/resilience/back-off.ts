/**
 * How long to wait before the next try: exponential, capped, and spread by chance so that those who failed
 * together do not come back together.
 *
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */

import { type Registry, registry } from '../../base/registry.ts'
import { round } from '../../base/round.ts'
import { type Stream, uniform } from '../../base/stream.ts'
import type { Duration } from '../../base/time.ts'
import type { Policy } from '../policy.ts'

export interface BackOff {
  /** Public name of a jitter. */
  readonly jitter: string
  /** Before the first further try, ns. */
  readonly base: Duration
  /** No pause is longer, ns. */
  readonly max: Duration
  /** What a pause is multiplied by from one try to the next. */
  readonly factor: number
}

/** A way of spreading a pause. */
export interface Jitter extends Policy {
  /**
   * @param full the pause as it grows, ns
   * @param before the pause before this one, ns; the base where there was none
   */
  spread(back: BackOff, full: Duration, before: Duration, random: Stream): Duration
}

const SOURCE = 'M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015'
const params = {}

export const jitters: Registry<Jitter> = registry('jitter', [
  {
    name: 'none',
    title: 'No jitter',
    summary: 'Exactly the exponential pause: who failed together comes back together.',
    source: SOURCE,
    params,
    spread: (_back, full) => full,
  },
  {
    name: 'full',
    title: 'Full jitter',
    summary: 'Anywhere between nothing and the exponential pause.',
    source: SOURCE,
    params,
    spread: (_back, full, _before, random) => uniform(random) * full,
  },
  {
    name: 'equal',
    title: 'Equal jitter',
    summary: 'Half of the exponential pause, and anywhere within the other half.',
    source: SOURCE,
    params,
    spread: (_back, full, _before, random) => full / 2 + (uniform(random) * full) / 2,
  },
  {
    name: 'decorrelated',
    title: 'Decorrelated jitter',
    summary: 'Anywhere between the base and three times the pause before.',
    source: SOURCE,
    params,
    spread: ({ base, max }, _full, before, random) =>
      Math.min(max, base + uniform(random) * Math.max(0, 3 * before - base)),
  },
])

/**
 * The pause before a further try, whole ns.
 * @param nth 1 before the second try
 * @param before the pause before the try that failed; anything below the base counts as the base
 */
export function pauseBefore(back: BackOff, nth: number, before: Duration, random: Stream): Duration {
  let full = back.base
  for (let k = 1; k < nth && full < back.max && back.factor > 1; k++) full *= back.factor
  const capped = Math.min(back.max, full)
  return round(jitters.get(back.jitter).spread(back, capped, Math.max(back.base, before), random))
}
