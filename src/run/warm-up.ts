/**
 * `warmUp: auto`: a first pass finds by MSER-5 how many requests belong to the warm-up, a second one the
 * instant at which the next one had arrived; the run proper leaves out everything before it.
 */

import { detailOf, kindOf, VALUE } from '../base/fact-rows.ts'
import type { Probe } from '../engine/fact-log.ts'
import { addObservation, type Batches, emptyBatches } from '../measure/batch-means.ts'
import { MSER_BATCH, mserOfBatches } from '../measure/mser.ts'
import { OK, SETTLED } from '../model/facts.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { advance, type Run, type RunOptions, startRun } from './run.ts'

const MOST_BATCHES = 4096

/** A search that comes up for air. */
export interface WarmUpSearch {
  /** Works for about `events` events. @returns true when the warm-up is known */
  advance(events: number): boolean
  /** The scenario with a warm-up that is an instant; before it is known, as it was. */
  scenario(): Scenario
}

/** Nothing to search, and over at once, when the scenario's warm-up is an instant already. */
export function warmUpSearch(scenario: Scenario, options: RunOptions): WarmUpSearch {
  const batches: Batches = emptyBatches(MOST_BATCHES, MSER_BATCH)
  let pass: Run | undefined
  let known: number | undefined = scenario.warmUp === 'auto' ? undefined : scenario.warmUp
  let truncated = -1
  let seen = 0

  function beginPass(see: (latency: number, at: number) => void): Run {
    const { onLookUp: _, ...alike } = options
    return startRun({ ...scenario, warmUp: 0 }, { ...alike, probes: [latencyProbe(see)] })
  }

  return {
    advance(events) {
      if (known !== undefined) return true
      pass ??= beginPass((latency) => addObservation(batches, latency))
      const isOver = advance(pass, Infinity, events)
      if (truncated >= 0) {
        if (isOver) known ??= 0
        return known !== undefined
      }
      if (!isOver) return false
      truncated = mserOfBatches(batches).truncated
      if (truncated === 0) known = 0
      pass = beginPass((latency, at) => {
        if (seen++ === truncated) known = at - latency
      })
      return known !== undefined
    },
    scenario: () => (known === undefined ? scenario : { ...scenario, warmUp: known }),
  }
}

/** The scenario with a warm-up that is an instant, searched for in one go. */
export function settleWarmUp(scenario: Scenario, options: RunOptions): Scenario {
  const search = warmUpSearch(scenario, options)
  while (!search.advance(Infinity));
  return search.scenario()
}

function latencyProbe(see: (latency: number, at: number) => void): Probe {
  return {
    consume(rows, count) {
      for (let row = 0; row < count; row++) {
        if (kindOf(rows, row) !== SETTLED || detailOf(rows, row) !== OK) continue
        see(rows.num[4 * row + VALUE]!, rows.num[4 * row]!)
      }
    },
  }
}
