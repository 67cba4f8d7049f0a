/** A spike needs a population that comes by its own clock. */

import { arrivals as processes } from '../../policies/arrivals/index.ts'
import type { ClientPopulation, Fault } from '../scenario.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'

/** Closed loops send as answers allow, and logs what they hold: neither can send more for a while. */
export function refuseSpikesOfOthers(
  befalls: readonly Fault[],
  clients: readonly ClientPopulation[],
  tree: Tree,
  spot: Spot,
): void {
  const struck = new Set(befalls.flatMap(({ kind, client }) => (kind === 'spike' ? [client] : [])))
  for (const [number, { id, arrivals }] of clients.entries()) {
    const { mode } = processes.get(arrivals.policy)
    if (!struck.has(number) || mode === 'open') continue
    const message = `a spike of "${id}" is not possible: its arrivals are ${arrivals.policy}, and a spike needs ones that come by their own clock`
    complain(within(spot, 'faults'), (lookUp(tree, 'faults') ?? tree).place, message)
  }
}
