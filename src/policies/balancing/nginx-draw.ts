/**
 * How nginx draws a server: by weight among all that are configured, again when it cannot be used; after 20
 * vain draws, or with a single server, round robin takes over.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_random_module.
 */

import { type Stream, uniform } from '../../base/stream.ts'
import { fresh, type Kept, outdatedByWeight } from '../hashing/kept.ts'
import { rememberTurns, type TakesTurns, tellTurns, turns } from '../hashing/turns.ts'
import { standingAt, type WeightLine, weightLine } from '../hashing/weight-line.ts'
import { type Asked, NONE, type Pool } from './strategy.ts'

const MOST_DRAWS = 20

export interface NginxDraw extends Kept<WeightLine>, TakesTurns {}

export function rememberNginxDraw(pool: Pool): NginxDraw {
  return { table: weightLine(pool), isStale: false, turns: rememberTurns(pool) }
}

/** @returns the one drawn, or of two different ones the less loaded by weight, the second of equals */
export function drawAsNginx(
  pool: Pool,
  asked: Asked,
  memory: NginxDraw,
  random: Stream,
  choices: 1 | 2,
): number {
  if (pool.size < 2) return turns.pick(pool, asked, memory.turns, random)
  const line = fresh(pool, memory, weightLine)
  let before = NONE
  for (let draw = 0; draw <= MOST_DRAWS; draw++) {
    const replica = standingAt(line, uniform(random) * line.total)
    if (pool.isReady[replica] === 0 || replica === before) continue
    if (choices === 1) return replica
    if (before !== NONE) return isLess(pool, before, replica) ? before : replica
    before = replica
  }
  return turns.pick(pool, asked, memory.turns, random)
}

function isLess({ inFlight, weight }: Pool, a: number, b: number): boolean {
  return inFlight[b]! * weight[a]! > inFlight[a]! * weight[b]!
}

/** What a strategy that draws so wants to be told. */
export const tellNginxDraw = {
  ...tellTurns,
  changed(pool: Pool, memory: NginxDraw, replica: number): void {
    outdatedByWeight(pool, memory, replica)
    turns.changed?.(pool, memory.turns, replica)
  },
}
