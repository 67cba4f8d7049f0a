/** The M/M/1 queue that rows on statistics are about: given by its load and the mean service time. */

import type { Setting } from '../cluster-experiment.ts'
import { given } from '../given.ts'
import type { Parameters } from '../row.ts'
import { stationFrom } from '../station.ts'

/** @throws Unfit when there is no load between 0 and 1 */
export function mm1From({ rho, service_mean }: Parameters): Setting {
  return stationFrom('M/M/1', given({ rho, service_mean: service_mean ?? 1 }))
}
