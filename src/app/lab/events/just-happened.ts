/** What happened at an instant, in a line: the last of its events, as the event log marks it. */

import type { EngineDoor } from '../../../worker/protocol.ts'
import { drawn, runs } from '../../stores/runs.ts'
import { stepped } from '../../stores/stepped.ts'
import { placesOf } from '../places.ts'
import { eventOf } from './event-words.ts'

/** Events of one instant beyond these are not counted. */
const MOST = 100

/** Looks up what happened at an instant and keeps it for the line beside the time. */
export async function tellWhatHappened(engine: EngineDoor, at: number): Promise<void> {
  const lanes = drawn(runs.getState().lanes)
  for (const { name, current } of lanes) {
    const facts = await engine.facts(current.number, at, at, {}, MOST).catch(() => undefined)
    if (!facts || facts.count === 0) continue
    const { request, text } = eventOf(facts, facts.count - 1, placesOf(current.scenario))
    const who = lanes.length > 1 ? `${name}: ` : ''
    const more = facts.count > 1 ? ` (and ${facts.count - 1} more at this instant)` : ''
    stepped.setState({ at, text: `${who}${request >= 0 ? `request ${request}: ` : ''}${text}${more}` })
    return
  }
  stepped.setState({ at, text: 'something inside that no log notes' })
}
