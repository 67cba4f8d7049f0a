/** To the next session that is served elsewhere, or has lost what was known of it. */

import { engineDoor } from '../engine.ts'
import { notice } from '../stores/notice.ts'
import { playhead } from '../stores/playhead.ts'
import type { DrawnLane } from '../stores/runs.ts'
import { goTo, inspect } from './inspected.ts'

const FILTER = { kinds: ['session-moved', 'session-lost'] } as const
const FIRST_STRETCH = 2e9
/** Those of one instant come together, or not at all. */
const SOME = 200

export async function toNextMoved({ key, current }: DrawnLane): Promise<void> {
  const engine = engineDoor()
  const { at, frontier } = playhead.getState()
  const end = Math.min(current.duration, frontier)
  let from = at + 1
  for (let stretch = FIRST_STRETCH; engine && from < end; stretch *= 2) {
    const {
      count,
      at: instants,
      subject,
      to,
    } = await engine.facts(current.number, from, Math.min(end, from + stretch), FILTER, SOME)
    const request = count > 0 ? Math.floor(subject[0]!) : -1
    const story = request >= 0 ? await engine.explain(current.number, request) : undefined
    if (story) {
      goTo(instants[0]!)
      inspect(key, { kind: 'session', bearer: story.bearer })
      return
    }
    from = Math.max(to, from) + 1
  }
  const known = end < current.duration ? ' in what is computed so far' : ''
  notice.setState({ text: `No further session moves or is lost${known}.` })
}
