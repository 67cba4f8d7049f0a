/**
 * How classes of requests (paying and free, critical and the rest) share one limit. A class has a counter of
 * its own, which is the limit made smaller to the class's share; there may be a common one beside it.
 *
 * A share of a limit is that share of all its amounts (rate, burst, events a window, events at once); whole
 * numbers are rounded, and stay at least 1 where they were.
 */

import { type Registry, registry } from '../../base/registry.ts'
import type { Params } from '../policy.ts'
import type { Limiter } from './limit.ts'

/**
 * What an event must pass: its class's counter; that and the common one, and it counts in neither when one of
 * them rejects it; or, when its class's own rejects it, the common one instead.
 */
export type Passing = 'own' | 'both' | 'either'

export interface Sharing {
  /** As written in scenario files. */
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly source: string
  readonly passes: Passing
  /** Share of the limit that the common counter has. */
  common(shares: readonly number[]): number
  /** What is wrong with the shares; undefined: nothing. */
  check?(shares: readonly number[]): string | undefined
}

const quotas: Sharing = {
  name: 'quotas',
  title: 'Quotas',
  summary: 'Each class counts for itself, up to its share of the limit; what one leaves, nobody else gets.',
  source: 'Envoy 1.31, local rate limit filter: a token bucket for each descriptor',
  passes: 'own',
  common: () => 0,
}

const ceilings: Sharing = {
  name: 'ceilings',
  title: 'Ceilings',
  summary:
    'All classes count together in the limit, and none gets more of it than its share: what is above the ceilings of the others is kept for the most important.',
  source: 'P. Tarjan, "Scaling your API with rate limiters" (Stripe, 2017), fleet usage load shedder',
  passes: 'both',
  common: () => 1,
}

const reserves: Sharing = {
  name: 'reserves',
  title: 'Reserves',
  summary:
    'Each class has its share for itself, and all share what nobody has reserved, first come, first served.',
  source: 'definition; guaranteed seats and a common remainder',
  passes: 'either',
  common: (shares) => Math.max(0, 1 - total(shares)),
  check: (shares) =>
    total(shares) > 1 + 1e-9
      ? `the shares that are reserved come to ${Math.round(total(shares) * 1000) / 10}%; there is no more than 100%`
      : undefined,
}

/** All ways to share a limit, by public name. */
export const sharings: Registry<Sharing> = registry('way to share a limit', [ceilings, quotas, reserves])

/** A limiter's parameters for a share, above 0, of its limit. */
export function shareOf({ amounts, params: spec }: Limiter, params: Params, share: number): Params {
  if (share === 1) return params
  const smaller = amounts.map((name) => {
    const whole = Number(params[name])
    const part = whole * share
    return [name, spec[name]!.kind === 'integer' ? roundUpTo1(whole, part) : part]
  })
  return { ...params, ...Object.fromEntries(smaller) }
}

function roundUpTo1(whole: number, part: number): number {
  return Math.max(Math.min(whole, 1), Math.round(part))
}

function total(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0)
}
