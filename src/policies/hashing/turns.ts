/** What nginx falls back on when hashing finds no usable replica: its smooth weighted round robin. */

import { roundRobin } from '../balancing/round-robin.ts'
import type { Pool, Strategy } from '../balancing/strategy.ts'
import type { Params } from '../policy.ts'

/** Round robin, whatever its memory holds. */
export const turns = roundRobin as Strategy

const defaults: Params = Object.fromEntries(
  Object.entries(turns.params).map(([name, param]) => [name, param.default]),
)

export function rememberTurns(pool: Pool): unknown {
  return turns.remember(defaults, pool)
}

/** The part of a memory that keeps the turns. */
export interface TakesTurns {
  readonly turns: unknown
}

/** Hands on what round robin wants to be told. */
export const tellTurns = {
  sent: (pool: Pool, memory: TakesTurns, replica: number) => turns.sent?.(pool, memory.turns, replica),
  replied: (pool: Pool, memory: TakesTurns, replica: number, latency: number, failed: boolean) =>
    turns.replied?.(pool, memory.turns, replica, latency, failed),
  penalised: (pool: Pool, memory: TakesTurns, replica: number, weight: number) =>
    turns.penalised?.(pool, memory.turns, replica, weight),
}
