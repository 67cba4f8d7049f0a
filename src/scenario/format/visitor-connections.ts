/** What populations and tiers say of the connections between them has to fit together. */

import type { ClientPopulation, Tier } from '../scenario.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { refuseWithoutEffect } from './without-effect.ts'

/**
 * Slow senders without a connection to send over, and connections that would end after two different numbers of
 * requests. A time limit for slow senders where there are none is a guard like any other, which a variant may need.
 */
export function refuseUnfitConnections(
  tiers: readonly Tier[],
  clients: readonly ClientPopulation[],
  tree: Tree,
  spot: Spot,
): void {
  const listens = tiers.some(isOpenedByVisitors)
  for (const { id, sending } of clients) {
    if (sending === undefined || listens) continue
    const why = 'does nothing where no tier has connections of visitors'
    const cure = 'add connections: {} to the tier that waits for the whole request'
    refuseWithoutEffect(at(tree, 'clients', id), 'sending', why, cure, inside(spot, 'clients', id))
  }
  refuseTwoEnds(tiers[0], clients, tree, spot)
}

function refuseTwoEnds(
  first: Tier | undefined,
  clients: readonly ClientPopulation[],
  tree: Tree,
  spot: Spot,
): void {
  const most = first && isOpenedByVisitors(first) ? first.connections?.requests : undefined
  for (const { id, connections } of clients) {
    if (most === undefined || (connections?.requests ?? most) === most) continue
    const path = ['clients', id, 'connections', 'requests']
    const message = `after ${connections!.requests} requests here and after ${most} in the connections of "${first!.id}" the same connections cannot both end`
    complain(inside(spot, ...path), at(tree, ...path).place, message, 'say the same number, or leave one out')
  }
}

function isOpenedByVisitors({ connections, tls, pool }: Tier): boolean {
  return pool === undefined && (connections !== undefined || tls !== undefined)
}

/** As far as the file goes that way. */
function at(tree: Tree, ...path: readonly string[]): Tree {
  return path.reduce((part, key) => lookUp(part, key) ?? part, tree)
}

function inside(spot: Spot, ...path: readonly string[]): Spot {
  return path.reduce(within, spot)
}
