/** To the next instant at which something is different: a fault, a state, a belief. */

import type { Change } from '../../measure/series.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { playhead } from '../stores/playhead.ts'
import { drawn, runs } from '../stores/runs.ts'
import { goTo } from './inspected.ts'

/** The nearest of the changes and faults after (1) or before (-1) an instant; undefined when there is none. */
export function nextChange(
  changes: readonly Change[],
  faults: Scenario['faults'],
  at: number,
  direction: 1 | -1,
): number | undefined {
  const instants = [...changes, ...faults].map((one) => one.at)
  const beyond = instants.filter((instant) => (instant - at) * direction > 0)
  if (beyond.length === 0) return undefined
  return beyond.reduce((a, b) => ((b - a) * direction < 0 ? b : a))
}

/** Goes there in all lanes; stays where it is when there is nothing more. */
export function jumpToChange(direction: 1 | -1): void {
  const { at } = playhead.getState()
  const found = drawn(runs.getState().lanes).flatMap(({ current }) => {
    const instant = nextChange(current.changes, current.scenario.faults, at, direction)
    return instant === undefined ? [] : [instant]
  })
  if (found.length > 0) goTo(direction === 1 ? Math.min(...found) : Math.max(...found))
}
