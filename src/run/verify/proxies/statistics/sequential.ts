/** A case of picks by chance: counts of requests one after the other, and of rounds in which all are held. */

import type { Upstream } from '../../../../policies/upstream/upstream.ts'
import { Unfit } from '../../unfit.ts'
import { countOf } from '../case-fields.ts'
import type { Outcome } from '../outcome.ts'
import { isFields } from '../read-recording.ts'
import type { Scene } from '../recording.ts'
import { heldRounds, idleCounts, judged } from './draws.ts'

const HELD = [
  'held_open_rounds',
  'held_per_round',
  'held_total_per_server',
  'max_open_on_one_server_per_round',
]

/** @param labels what the recording calls each server */
export function playDraws(scene: Scene, labels: readonly string[], upstream: Upstream): Outcome {
  const { observed } = scene
  if (!isFields(observed)) throw new Unfit('what was observed must be an object with counts')
  for (const key of Object.keys(observed)) {
    if (key !== 'idle_counts' && !HELD.includes(key)) throw new Unfit(`nothing is known of observed "${key}"`)
  }
  const requests = countOf(scene, 'sequential_requests')
  const idle = idleCounts('.idle_counts', observed.idle_counts, requests, labels, upstream)
  const held = HELD[0]! in observed ? heldRounds(observed, labels, upstream) : []
  return judged([idle, ...held])
}
