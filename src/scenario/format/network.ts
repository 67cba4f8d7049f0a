/** `network`: what lies between two nodes. */

import { distributionOf } from '../shapes/distribution.ts'
import { record, standard } from '../shapes/record.ts'

/** @param latency the one-way latency when nothing is said */
export function networkOf(about: string, latency: string) {
  return record(
    { latency: standard(distributionOf('duration'), about, latency) },
    { of: 'network', later: ['loss', 'bandwidth', 'zones', 'jitter'] },
  )
}
