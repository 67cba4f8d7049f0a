/** What befalls caches from outside: they are purged, or what they hold changes at its origin. */

import { record } from '../engine/fact-log.ts'
import { allHeld, purge, softPurge } from '../policies/caching/cache-node.ts'
import { isAmong } from '../policies/caching/origin.ts'
import type { Fault } from '../scenario/scenario.ts'
import type { Cluster } from './cluster.ts'
import { PURGED } from './facts.ts'

/** So that other keys are banned than those that other draws strike. */
const BANNED = 0x6a2d

/** Carries out a timed entry that is about caches. @returns false when it is not */
export function befallCaches(c: Cluster, fault: Fault): boolean {
  const { kind } = fault
  if (kind !== 'purge' && kind !== 'softPurge' && kind !== 'update') return false
  const { first, count, cache } = c.fixed.tiers[fault.tier]!
  if (cache === undefined || c.caches === undefined) throw new Error(`${kind} of a tier without a cache`)
  if (kind === 'update') {
    c.caches.updates[fault.tier]!.push(c.now)
    return true
  }
  for (let i = 0; i < count; i++) {
    if (fault.replica >= 0 && fault.replica !== i) continue
    const mind = c.caches.nodes[first + i]!
    const { keys } = fault
    const objects = allHeld(mind).filter(
      (object) => keys === undefined || isAmong(Math.floor(object / cache.variants), keys, BANNED),
    )
    for (const object of objects) {
      if (kind === 'purge') purge(mind, cache.settings, object)
      else softPurge(mind, object, cache.life.grace, c.now)
    }
    record(c.fixed.log, c.now, PURGED + (kind === 'purge' ? 0 : 256), first + i, objects.length, 0)
  }
  return true
}
