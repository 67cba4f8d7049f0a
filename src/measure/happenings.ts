/**
 * What happens to more than one replica, or to none: deploys, scaling, spikes, balancers in front; told as
 * entries of the timeline. Rare, and kept as they come.
 */

import type { Instant } from '../base/time.ts'
import { HAPPENINGS } from '../model/facts.ts'
import type { Layout } from './layout.ts'
import type { TimelineEntry } from './report.ts'

/** A fact `HAPPENED`: see model/facts.ts. */
export interface Happening {
  readonly at: Instant
  readonly what: (typeof HAPPENINGS)[number]
  readonly subject: number
  readonly value: number
}

/** One change of how many replicas a tier shall have, and why in words. */
export interface Scaled {
  readonly at: Instant
  readonly tier: number
  readonly from: number
  readonly to: number
  readonly why: string
}

/** @param what by number, as in the fact */
export function happening(at: Instant, what: number, subject: number, value: number): Happening {
  return { at, what: HAPPENINGS[what]!, subject, value }
}

/** Entries in order of time. */
export function happeningEntries(
  happenings: readonly Happening[],
  scaled: readonly Scaled[],
  { tiers, clients }: Pick<Layout, 'tiers' | 'clients'>,
): TimelineEntry[] {
  const entries: TimelineEntry[] = scaled.map(({ at, tier, from, to, why }) => ({
    at: at / 1e9,
    what: 'scale',
    where: tiers[tier]!,
    from,
    to,
    why,
  }))
  for (const [i, one] of happenings.entries()) {
    const made = entryOf(one, (is) => happenings.find((other, j) => j > i && is(other)), tiers, clients)
    if (made !== undefined) entries.push({ at: one.at / 1e9, ...made })
  }
  return entries.sort((a, b) => a.at - b.at)
}

type Said = Omit<TimelineEntry, 'at'>

function entryOf(
  { what, subject, value }: Happening,
  later: (is: (one: Happening) => boolean) => Happening | undefined,
  tiers: readonly string[],
  clients: readonly string[],
): Said | undefined {
  /** Seconds of the next that is about the same. */
  const next = (...names: readonly Happening['what'][]) => {
    const found = later((one) => names.includes(one.what) && one.subject === subject)
    return found && found.at / 1e9
  }
  const ends = (until: number | undefined) => (until === undefined ? {} : { until })
  const balancer = `balancer/${subject + 1}`
  switch (what) {
    case 'deploy begins':
      return { what, where: tiers[subject]!, ...ends(next('deploy ends')) }
    case 'deploy ends':
    case 'deploy rolls back':
      return { what, where: tiers[subject]! }
    case 'canary step':
      return { what, where: tiers[subject]!, to: value }
    case 'spike':
      return value === 1
        ? { what: 'spike ends', where: clients[subject]! }
        : { what, where: clients[subject]!, factor: value, ...ends(next('spike')) }
    case 'balancer down': {
      // Noticed when another takes over its address, or DNS gives it no more.
      const until = next('balancer up')
      const taken = later((one) =>
        one.what === 'takes over'
          ? one.subject !== subject
          : (one.what === 'dns' || one.what === 'routes') && one.subject === subject,
      )
      const isIt = taken !== undefined && taken.at / 1e9 <= (until ?? Infinity)
      return { what, where: balancer, ...(isIt ? { detected: taken.at / 1e9 } : {}), ...ends(until) }
    }
    case 'dns':
      return {
        what: value === 1 ? 'DNS gives its address' : 'DNS gives its address no more',
        where: balancer,
      }
    case 'routes':
      return { what: value === 1 ? 'routers send to it' : 'routers send to it no more', where: balancer }
    case 'balancer up':
    case 'reload':
    case 'takes over':
      return { what, where: balancer }
    default:
      return undefined
  }
}
