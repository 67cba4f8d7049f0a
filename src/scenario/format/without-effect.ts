/** Settings that would be taken and change nothing, because of what stands beside them, are problems. */

import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'

/**
 * A setting that means something only beside another.
 * @param tree the map in which it may stand
 * @param why "does nothing with discipline fifo"
 * @param cure as a sentence
 */
export function refuseWithoutEffect(tree: Tree, key: string, why: string, cure: string, spot: Spot): void {
  const given = lookUp(tree, key)
  if (given) complain(within(spot, key), given.place, `"${key}" ${why}`, cure)
}
