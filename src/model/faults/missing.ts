/** Arrivals that do not come, while a population sends fewer requests (see spikes.ts). */

import { uniform } from '../../base/stream.ts'
import type { Cluster } from '../cluster.ts'

/** True when one of a population's own arrivals does not come, as it sends fewer for the moment. */
export function isMissing(c: Cluster, client: number): boolean {
  const one = c.outside.spikes![client]
  return one !== undefined && one.factor < 1 && uniform(one.own) >= one.factor
}
