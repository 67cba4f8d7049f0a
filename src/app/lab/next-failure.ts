/** Failed requests around an instant, looked for in stretches that grow. */

import type { FactColumns } from '../../worker/protocol.ts'
import { engineDoor } from '../engine.ts'
import { playhead } from '../stores/playhead.ts'
import { goTo } from './inspected.ts'

const FIRST_STRETCH = 2e9
const SOME = 200
const FILTER = { kinds: ['settled'], failures: true } as const

export interface Failure {
  readonly at: number
  readonly request: number
}

/** The first request that fails after an instant of a run, or the last before it. */
export async function failureBeside(
  run: number,
  at: number,
  direction: 1 | -1,
): Promise<Failure | undefined> {
  const engine = engineDoor()
  const { duration, frontier } = playhead.getState()
  if (!engine) return undefined
  const ask = (from: number, to: number) => engine.facts(run, from, to, FILTER, SOME)
  return direction === 1 ? after(ask, at, Math.min(duration, frontier)) : before(ask, at)
}

type Ask = (from: number, to: number) => Promise<FactColumns>

async function after(ask: Ask, at: number, end: number): Promise<Failure | undefined> {
  let from = at + 1
  for (let stretch = FIRST_STRETCH; from < end; stretch *= 2) {
    const found = await ask(from, Math.min(end, from + stretch))
    if (found.count > 0) return failureIn(found, 0)
    from = Math.max(found.to, from) + 1
  }
  return undefined
}

async function before(ask: Ask, at: number): Promise<Failure | undefined> {
  let to = at - 1
  for (let stretch = FIRST_STRETCH; to >= 0; stretch *= 2) {
    const first = Math.max(0, to - stretch)
    let last: Failure | undefined
    // The answer ends early when there is much: the rest is asked for as well, as the last one counts.
    for (let from = first; from <= to; ) {
      const found = await ask(from, to)
      if (found.count > 0) last = failureIn(found, found.count - 1)
      from = Math.max(found.to, from) + 1
    }
    if (last) return last
    to = first - 1
  }
  return undefined
}

function failureIn({ at, subject }: FactColumns, row: number): Failure {
  return { at: at[row]!, request: Math.floor(subject[row]!) }
}

/** Goes to the instant at which the next request fails. @returns its number; undefined: none does */
export async function nextFailure(run: number): Promise<number | undefined> {
  const found = await failureBeside(run, playhead.getState().at, 1)
  if (found) goTo(found.at)
  return found?.request
}
