/**
 * Least connections, as nginx does it: the replica with the fewest requests in flight for its weight; among
 * equals one step of smooth weighted round robin, in which only those equals gain their weights.
 *
 * nginx looks at every replica. Here replicas of equal weight stand in queues by their number in flight, a
 * queue's common gain is kept once, and the one with the greatest current weight is first: a pick costs one
 * comparison for each distinct weight and O(log n), however many replicas are equal. A failure takes part of a
 * replica's gain, not of the weight that it is compared by; it comes back by one in each step it takes part in.
 *
 * Source: nginx 1.22.1, ngx_http_upstream_least_conn; the picks are equal, the bookkeeping is not.
 */

import { dequeue, EMPTY, enqueue } from '../../base/heaps.ts'
import type { Params } from '../policy.ts'
import { changed, counted, gainOfWeak, type Levels, levels, restore, UNLISTED, weaken } from './levels.ts'
import { inFlightOf } from './said.ts'
import { NONE, type Pool, type Score, type Strategy } from './strategy.ts'

function remember(_params: Params, pool: Pool): Levels {
  const memory = levels(pool.size)
  for (let i = 0; i < pool.size; i++) changed(pool, memory, i)
  return memory
}

function pick(pool: Pool, _asked: unknown, memory: Levels): number {
  const { kinds } = memory
  let count = NONE
  let weight = 1
  let rivals = 0
  for (let k = 0; k < kinds.length; k++) {
    const kind = kinds[k]!
    if (kind.listed === 0) continue
    while (kind.first[kind.least] === EMPTY) kind.least++
    const gap = count === NONE ? -1 : kind.least * weight - count * kind.weight
    if (gap > 0) continue
    if (gap < 0) {
      count = kind.least
      weight = kind.weight
      rivals = 0
    }
    rivals += kind.size[kind.least]!
  }
  if (memory.weak.length > 0) return pickAmongWeak(pool, memory, count, weight, rivals)
  return rivals > 1 ? step(pool, memory, count, weight) : only(memory, count, weight)
}

/** The rest of a pick while some replicas lack weight. @param rivals so many others have `count` at `weight` */
function pickAmongWeak(pool: Pool, memory: Levels, count: number, weight: number, rivals: number): number {
  let alone = NONE
  for (const i of memory.weak) {
    const gap = count === NONE ? -1 : pool.inFlight[i]! * weight - count * pool.weight[i]!
    if (gap > 0) continue
    if (gap < 0) {
      count = pool.inFlight[i]!
      weight = pool.weight[i]!
      rivals = 0
      alone = i
    }
    rivals++
  }
  if (rivals > 1) return step(pool, memory, count, weight)
  return alone === NONE ? only(memory, count, weight) : alone
}

/** The smooth step among all that are level with `count` in flight at `weight`. */
function step(pool: Pool, memory: Levels, count: number, weight: number): number {
  const { kinds, heaps: h, kind: kindOf, current: currentOf } = memory
  let best = NONE
  let most = -Infinity
  let total = 0
  for (let k = 0; k < kinds.length; k++) {
    const kind = kinds[k]!
    const { least } = kind
    if (kind.listed === 0 || least * weight !== count * kind.weight) continue
    kind.gained[least]! += kind.weight
    total += kind.weight * kind.size[least]!
    const first = kind.first[least]!
    const current = kind.gained[least]! - h.key[first]!
    if (current > most || (current === most && first < best)) {
      most = current
      best = first
    }
  }
  let isWeak = false
  for (const i of memory.weak) {
    if (pool.inFlight[i]! * weight !== count * pool.weight[i]!) continue
    total += gainOfWeak(pool, memory, i)
    const current = currentOf[i]!
    if (current < most || (current === most && best < i)) continue
    most = current
    best = i
    isWeak = true
  }
  if (isWeak) currentOf[best]! -= total
  else {
    const kind = kinds[kindOf[best]!]!
    const rest = dequeue(h, kind.first[kind.least]!, best)
    h.key[best]! += total
    kind.first[kind.least] = enqueue(h, rest, best)
  }
  if (memory.weak.length > 0) restore(pool, memory)
  return best
}

function only(memory: Levels, count: number, weight: number): number {
  for (const kind of memory.kinds) {
    if (kind.listed > 0 && kind.weight === weight && kind.least === count) return kind.first[count]!
  }
  return NONE
}

/** Fewest for the weight first; the equal ones in the order in which the step would take them. */
function explain(pool: Pool, _asked: unknown, memory: Levels): readonly Score[] {
  const current = Array.from(pool.weight, (weight, i) => {
    if (memory.level[i] === UNLISTED) return weight - memory.lacks[i]! + memory.current[i]!
    const { gained } = memory.kinds[memory.kind[i]!] ?? { gained: [] }
    return weight + (gained[memory.level[i]!] ?? 0) - memory.heaps.key[i]!
  })
  const ready = Array.from(pool.ready.subarray(0, pool.readyCount))
  const load = (replica: number) => pool.inFlight[replica]! / pool.weight[replica]!
  const least = Math.min(...ready.map(load))
  const isTie = ready.filter((replica) => load(replica) === least).length > 1
  return ready
    .sort((a, b) => current[b]! - current[a]!)
    .map((replica) => {
      const turn = isTie && load(replica) === least
      const rule = turn
        ? `a tie, which goes in turns: it has gathered ${current[replica]}, the most wins`
        : 'the fewest win'
      return { replica, score: load(replica), note: `${inFlightOf(pool, replica)}; ${rule}` }
    })
}

export const leastConnections: Strategy<Levels> = {
  name: 'least-connections',
  title: 'Least connections',
  summary:
    'The replica with the fewest requests in flight for its weight. Adapts to slow replicas by itself.',
  source: 'nginx 1.22.1, least_conn',
  params: {},
  bearsOldCounts: true,
  remember,
  pick,
  changed,
  sent: counted,
  replied: counted,
  penalised: weaken,
  explain,
}
