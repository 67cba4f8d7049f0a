/**
 * Varnish's fallback director: the first ready replica takes everything, the others are there for the case
 * that it fails. When it is sticky, the one that has taken over keeps everything while it is ready.
 *
 * Source: Varnish 7.1.1, vmod_directors fallback.
 */

import type { ParamSpec, Params } from '../policy.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'
import { readyFrom } from './varnish-round-robin.ts'

const params = {
  sticky: {
    kind: 'boolean',
    title: 'Sticky',
    summary: 'Whether the replica that has taken over stays in charge when an earlier one is back.',
    default: false,
  },
} as const satisfies ParamSpec

interface Memory {
  readonly isSticky: boolean
  /** Who has everything. */
  current: number
}

function remember({ sticky }: Params): Memory {
  return { isSticky: sticky === true, current: 0 }
}

function pick(pool: Pool, _asked: unknown, memory: Memory): number {
  if (pool.readyCount === 0) return NONE
  const picked = readyFrom(pool, memory.current)
  if (memory.isSticky) memory.current = picked
  return picked
}

function explain(pool: Pool, _asked: unknown, memory: Memory): readonly Score[] {
  return Array.from(pool.ready.subarray(0, pool.readyCount), (replica) => {
    const score = (replica - memory.current + pool.size) % pool.size
    return { replica, score, note: score === 0 ? 'in charge' : `number ${score} behind the one in charge` }
  })
}

export const varnishFallback: Strategy<Memory> = {
  name: 'varnish-fallback',
  title: 'Fallback (Varnish)',
  summary: 'The first ready replica takes everything; the others wait for it to fail.',
  source: 'Varnish 7.1.1, directors.fallback',
  params,
  remember,
  pick,
  explain,
}
