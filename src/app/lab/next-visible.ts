/** The next instant at which the picture changes: something sets out, arrives, or a state is another. */

import type { Hops } from '../../worker/protocol.ts'
import { engineDoor } from '../engine.ts'
import type { Run } from '../stores/runs.ts'

const FIRST_STRETCH = 1e7
const LONGEST_STRETCH = 10e9
const MOST_HOPS = 4000

/** After (1) or before (-1) an instant; undefined: nothing more happens in what is computed. */
export async function visibleBeside(
  { number, changes, simulatedTo, report, duration }: Run,
  at: number,
  direction: 1 | -1,
): Promise<number | undefined> {
  const engine = engineDoor()
  if (!engine) return undefined
  const end = report ? duration : simulatedTo
  const states = nearest(
    changes.map((change) => change.at),
    at,
    direction,
  )
  for (let stretch = FIRST_STRETCH; ; stretch = Math.min(4 * stretch, LONGEST_STRETCH)) {
    const from = direction === 1 ? at : Math.max(0, at - stretch)
    const to = direction === 1 ? Math.min(end, at + stretch) : at
    const { hops } = await engine.trace(number, from, to, MOST_HOPS)
    const moved = nearest(momentsOf(hops, from, to), at, direction)
    const found = nearest(
      [moved, states].filter((one) => one !== undefined),
      at,
      direction,
    )
    if (moved !== undefined) return found
    const isDone = direction === 1 ? to >= end : from <= 0
    if (isDone) return states
    if (states !== undefined && (direction === 1 ? states <= to : states >= from)) return states
    // Nothing for so long: what moves is so rare that the states alone count.
    if (stretch === LONGEST_STRETCH) return states
  }
}

function* momentsOf({ count, departs, arrives }: Hops, from: number, to: number): Iterable<number> {
  for (let hop = 0; hop < count; hop++) {
    for (const moment of [departs[hop]!, arrives[hop]!]) if (moment >= from && moment <= to) yield moment
  }
}

function nearest(moments: Iterable<number>, at: number, direction: 1 | -1): number | undefined {
  let found: number | undefined
  for (const moment of moments) {
    if ((moment - at) * direction <= 0) continue
    if (found === undefined || (found - moment) * direction > 0) found = moment
  }
  return found
}
