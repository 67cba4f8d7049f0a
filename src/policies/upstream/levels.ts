/**
 * How requests are divided among levels of priority.
 *
 * Source: Envoy 1.31, "Priority levels" (overprovisioning factor 1.4): a level's health is the healthy share
 * of it times the factor, at most 1; levels are filled in order, and scaled up when all together stay below 1.
 */

import { uniform } from '../../base/stream.ts'
import { NIL } from './line.ts'
import type { Upstream } from './upstream.ts'

/** Works out the shares of all groups. */
export function share(u: Upstream): void {
  const { groups, shares } = u
  const { rule, overprovisioning } = u.fixed.settings.levels
  shares.fill(0)
  if (rule === 'spill') spill(u, overprovisioning)
  else {
    let first = groups.findIndex((group) => group.healthy > 0)
    if (first < 0) first = groups.findIndex((group) => group.panics && group.known > 0)
    shares[Math.max(first, 0)] = 1
  }
  u.only = shares.indexOf(1)
}

/** The group of the next request; NIL when none has a share. */
export function groupFor(u: Upstream): number {
  if (u.only !== NIL) return u.only
  let rest = uniform(u.random)
  let last = NIL
  for (let g = 0; g < u.shares.length; g++) {
    if (u.shares[g] === 0) continue
    last = g
    rest -= u.shares[g]!
    if (rest < 0) return g
  }
  return last
}

function spill({ groups, shares }: Upstream, overprovisioning: number): void {
  const health = groups.map(({ healthy, known }) =>
    known === 0 ? 0 : Math.min(1, (overprovisioning * healthy) / known),
  )
  const total = Math.min(
    1,
    health.reduce((sum, one) => sum + one, 0),
  )
  if (total === 0) {
    shares[0] = 1
    return
  }
  let left = 1
  for (let g = 0; g < groups.length && left > 0; g++) {
    const part = Math.min(left, health[g]! / total)
    shares[g] = part
    left -= part
  }
  // What rounding has left over goes to the level that has most.
  if (left > 0 && left < 1e-9) shares[shares.indexOf(Math.max(...shares))]! += left
}
