/**
 * Subsetting: a balancer that uses only some of the replicas, so that not everyone talks to everyone.
 *
 * Sources: `random`: every balancer draws its own (Beyer et al., Site Reliability Engineering, chapter 20,
 * shows how uneven that is); `aperture`: Finagle's deterministic aperture, in which balancers and replicas
 * stand evenly on a ring and each balancer uses the replicas of its arc and the next ones.
 */

import { below, type Stream } from '../../base/stream.ts'
import type { UpstreamSettings } from './settings.ts'

/** The replicas that are left out. */
export function outsiders({ subset, members }: UpstreamSettings, random: Stream): readonly number[] {
  const count = members.length
  if (subset === undefined || subset.size >= count) return []
  const isIn = new Uint8Array(count)
  if (subset.rule === 'aperture') {
    const first = Math.floor((subset.balancer * count) / subset.of)
    for (let k = 0; k < subset.size; k++) isIn[(first + k) % count] = 1
  } else {
    const places = Int32Array.from(members, (_, i) => i)
    for (let k = 0; k < subset.size; k++) {
      const other = k + below(random, count - k)
      const drawn = places[other]!
      places[other] = places[k]!
      places[k] = drawn
      isIn[drawn] = 1
    }
  }
  return [...isIn.keys()].filter((replica) => isIn[replica] === 0)
}
