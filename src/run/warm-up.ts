/**
 * `warmUp: auto`: a first pass finds by MSER-5 how many requests belong to the warm-up, and the run proper
 * leaves out everything before the instant at which the next one arrived.
 */

import { detailOf, kindOf, VALUE } from '../base/fact-rows.ts'
import type { Probe } from '../engine/fact-log.ts'
import { addObservation, emptyBatches } from '../measure/batch-means.ts'
import { MSER_BATCH, mserOfBatches } from '../measure/mser.ts'
import { OK, SETTLED } from '../model/facts.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { advance, type RunOptions, startRun } from './run.ts'

const MOST_BATCHES = 4096

/** The scenario with a warm-up that is an instant; unchanged when it already is one. */
export function settleWarmUp(scenario: Scenario, options: RunOptions): Scenario {
  if (scenario.warmUp !== 'auto') return scenario
  const batches = emptyBatches(MOST_BATCHES, MSER_BATCH)
  observe(scenario, options, (latency) => addObservation(batches, latency))
  const { truncated } = mserOfBatches(batches)
  let seen = 0
  let warmUp = 0
  observe(scenario, options, (latency, at) => {
    if (seen++ === truncated) warmUp = at - latency
  })
  return { ...scenario, warmUp: truncated === 0 ? 0 : warmUp }
}

function observe(scenario: Scenario, options: RunOptions, see: (latency: number, at: number) => void): void {
  const probe: Probe = {
    consume(rows, count) {
      for (let row = 0; row < count; row++) {
        if (kindOf(rows, row) !== SETTLED || detailOf(rows, row) !== OK) continue
        see(rows.num[4 * row + VALUE]!, rows.num[4 * row]!)
      }
    },
  }
  advance(startRun({ ...scenario, warmUp: 0 }, { ...options, probes: [probe] }), Infinity)
}
