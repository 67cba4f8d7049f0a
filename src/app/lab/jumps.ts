/** To the next or last instant of some kind: a fault, a flip of state or belief, a failed request, anything that is seen. */

import type { Change } from '../../measure/series.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { notice } from '../stores/notice.ts'
import { playhead } from '../stores/playhead.ts'
import { drawn, type Run, runs } from '../stores/runs.ts'
import { type JumpTo, tools } from '../timeline/tools.ts'
import { goTo } from './inspected.ts'
import { failureBeside } from './next-failure.ts'
import { visibleBeside } from './next-visible.ts'

/** What each goes to, as after “next” and “previous”. */
export const JUMPS: Readonly<Record<JumpTo, string>> = {
  change: 'change of state, belief or fault',
  fault: 'fault',
  flip: 'flip of a state or belief',
  failure: 'request that fails',
  visible: 'visible change',
}

/** The nearest of the changes and faults after (1) or before (-1) an instant; undefined when there is none. */
export function nextChange(
  changes: readonly Pick<Change, 'at'>[],
  faults: readonly Pick<Scenario['faults'][number], 'at'>[],
  at: number,
  direction: 1 | -1,
): number | undefined {
  const instants = [...changes, ...faults].map((one) => one.at)
  const beyond = instants.filter((instant) => (instant - at) * direction > 0)
  if (beyond.length === 0) return undefined
  return beyond.reduce((a, b) => ((b - a) * direction < 0 ? b : a))
}

/** Goes there, in all lanes; stays where it is, and says so, when there is nothing more. */
export async function jump(direction: 1 | -1, to: JumpTo = tools.getState().jumpTo): Promise<void> {
  const { at } = playhead.getState()
  const lanes = drawn(runs.getState().lanes)
  const found = await Promise.all(lanes.map(({ current }) => beside(current, to, at, direction)))
  // Whoever went elsewhere meanwhile stays there.
  if (playhead.getState().at !== at && !playhead.getState().playing) return
  const instants = found.filter((instant) => instant !== undefined)
  if (instants.length > 0) goTo(direction === 1 ? Math.min(...instants) : Math.max(...instants))
  else notice.setState({ text: `There is no ${direction === 1 ? 'further' : 'earlier'} ${JUMPS[to]}.` })
}

async function beside(run: Run, to: JumpTo, at: number, direction: 1 | -1): Promise<number | undefined> {
  const { changes, scenario } = run
  if (to === 'failure') return (await failureBeside(run.number, at, direction))?.at
  if (to === 'visible') return visibleBeside(run, at, direction)
  const flips = to === 'fault' ? [] : changes
  const faults = to === 'flip' ? [] : scenario.faults
  return nextChange(flips, faults, at, direction)
}
