/** The next request that fails after the playhead, looked for in stretches that grow. */

import { engineDoor } from '../engine.ts'
import { playhead } from '../stores/playhead.ts'
import { goTo } from './inspected.ts'

const FIRST_STRETCH = 2e9
const SOME = 200

/** Goes to the instant at which the next request fails. @returns its number; undefined: none does */
export async function nextFailure(run: number): Promise<number | undefined> {
  const engine = engineDoor()
  const { at, duration, frontier } = playhead.getState()
  if (!engine) return undefined
  const end = Math.min(duration, frontier)
  let from = at + 1
  for (let stretch = FIRST_STRETCH; from < end; stretch *= 2) {
    const to = Math.min(end, from + stretch)
    const filter = { kinds: ['settled'], failures: true } as const
    const found = await engine.facts(run, from, to, filter, SOME)
    if (found.count > 0) {
      goTo(found.at[0]!)
      return Math.floor(found.subject[0]!)
    }
    from = Math.max(found.to, from) + 1
  }
  return undefined
}
