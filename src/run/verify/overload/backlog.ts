/** Rows about what piles up while a server stands still, and how long it takes to work that off. */

import { CODE } from '../../../base/fact-rows.ts'
import { SECOND } from '../../../base/time.ts'
import type { Probe } from '../../../engine/fact-log.ts'
import { ARRIVED, SETTLED } from '../../../model/facts.ts'
import type { Fault } from '../../../scenario/scenario.ts'
import { simulate } from '../../simulate.ts'
import { choose, clientsOf, scenarioOf, serviceOf, tierOf } from '../cluster.ts'
import { computed, type Experiment, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import { mustSay, planned, positive, refuseEndless } from '../planned.ts'
import { Unfit } from '../unfit.ts'

export const readBacklog: Reader = (row) =>
  row.model === 'backlog after a pause (fluid)' ? planned(row, experiment) : undefined

/** It stands still from here on. */
const FROM = SECOND

/** Regular arrivals and equal requests: as near to a fluid as requests can be. */
function experiment(g: Given): Experiment {
  const [rate, capacity] = [positive(g, 'arrival_rps'), positive(g, 'capacity_rps')]
  const pause = Math.round(positive(g, 'pause_s') * SECOND)
  mustSay(g, 'queue', /^unlimited fifo$/)
  mustSay(g, 'arrivals', /^deterministic\b/)
  if (!(rate < capacity)) throw new Unfit('what piles up never goes')
  const clients = clientsOf(choose('constant', { rate }))
  const tier = tierOf('servers', serviceOf(choose('constant', { value: SECOND / capacity })))
  const what = { tier: 0, replica: 0, amount: 0 }
  const resumes = FROM + pause
  const faults: readonly Fault[] = [
    { ...what, at: FROM, kind: 'hang' },
    { ...what, at: resumes, kind: 'recover' },
  ]
  refuseEndless((rate * (resumes + (2 * pause * capacity) / (capacity - rate))) / SECOND)
  const duration = resumes + Math.ceil((2 * pause * capacity) / (capacity - rate))
  return computed(`backlog ${rate} ${capacity} ${pause}`, ({ quantity }) => {
    const seen = watch(resumes)
    simulate({ ...scenarioOf(clients, [tier]), duration, faults }, { probes: [seen] })
    if (quantity === 'peak_backlog_requests') return seen.most()
    return quantity === 'seconds_from_resume_until_backlog_is_gone'
      ? (seen.gone() - resumes) / SECOND
      : undefined
  })
}

interface Seen extends Probe {
  most(): number
  /** When nobody waits any more. */
  gone(): number
}

function watch(resumes: number): Seen {
  let here = 0
  let most = 0
  let gone = Infinity
  return {
    most: () => most,
    gone: () => gone,
    consume({ num, int }, count) {
      for (let row = 0; row < count; row++) {
        const kind = int[(row << 3) + CODE]! & 255
        if (kind === ARRIVED) most = Math.max(most, ++here)
        else if (kind === SETTLED && --here <= 1) gone = Math.min(gone, sinceResumed(num[row << 2]!))
      }
    },
  }

  function sinceResumed(at: number): number {
    return at > resumes ? at : Infinity
  }
}
