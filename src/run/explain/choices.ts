/**
 * Notes why a replica was chosen: while somebody looks, every strategy of a replay is asked to explain itself
 * at the very moment at which it picks. An explanation draws nothing and changes nothing, so the replay goes
 * the way of the run.
 */

import { flush } from '../../engine/fact-log.ts'
import type { Cluster } from '../../model/cluster.ts'
import { FRONT, HELD, SENT, SETTLED } from '../../model/facts.ts'
import { BELOW, BUSY, HEALTH, NODE_INT, WAITING } from '../../model/nodes.ts'
import type { Asked, Pool, Strategy } from '../../policies/balancing/strategy.ts'
import { countsOf } from '../../policies/upstream/choose.ts'
import type { FixedUpstream, Upstream } from '../../policies/upstream/upstream.ts'
import { attemptOf } from './attempt.ts'
import type { RawFact } from './legs.ts'
import type { Candidate, Choice, How } from './story.ts'

/** Candidates that are kept of a choice; the one that was chosen is always among them. */
export const MOST_CANDIDATES = 64

/** What a strategy was asked and said, not yet known to be about our request. */
interface Pick {
  readonly pool: number
  readonly replica: number
  readonly candidates: readonly Candidate[]
  readonly omitted: number
}

export interface Chooser {
  readonly choices: Choice[]
  /** By fact: the choice that led to it. */
  readonly led: Map<RawFact, number>
  /** Latest pick that may be about our request. */
  pick: Pick | undefined
  /** The address of our request, once it is known. */
  address: number | undefined
  /** Whose it is; NaN before its birth. */
  bearer: number
  /** By attempt and pool: it has waited in line there. */
  readonly held: Set<string>
}

export function chooser(): Chooser {
  return {
    choices: [],
    led: new Map(),
    pick: undefined,
    address: undefined,
    bearer: Number.NaN,
    held: new Set(),
  }
}

/** Lets every strategy of a replay say why, until the returned function is called. */
export function listen(c: Cluster, to: Chooser): () => void {
  const before: FixedUpstream[] = []
  for (const [pool, { upstream }] of c.pools.entries()) {
    const spy = () => {
      const { onSwitch: _, ...fixed } = upstream.fixed
      before[pool] = Object.freeze(fixed)
      upstream.fixed = Object.freeze({ ...fixed, strategy: spied(c, pool, to), onSwitch: spy })
    }
    spy()
  }
  return () => {
    for (const [pool, { upstream }] of c.pools.entries()) upstream.fixed = before[pool]!
  }
}

function spied(c: Cluster, number: number, to: Chooser): Strategy {
  const { upstream, tier } = c.pools[number]!
  const { strategy } = upstream.fixed
  return {
    ...strategy,
    pick(pool, asked, memory, random) {
      if (to.address === undefined) flush(c.fixed.log)
      const isOurs = to.address !== undefined && (asked.address | 0) === to.address
      const seen = isOurs ? see(c, number, pool, asked, memory, strategy) : undefined
      const place = strategy.pick(pool, asked, memory, random)
      if (seen) to.pick = { pool: number, ...picked(seen, pool, upstream, tier.first, place) }
      return place
    },
  }
}

/** What the balancer sees of the level it picks from, before it does. */
function see(
  c: Cluster,
  number: number,
  pool: Pool,
  asked: Asked,
  memory: unknown,
  strategy: Strategy,
): readonly Candidate[] {
  const { upstream, tier } = c.pools[number]!
  const group = upstream.groups.findIndex((one) => one.pool === pool)
  const scores = new Map(strategy.explain(pool, asked, memory).map((score) => [score.replica, score]))
  const counts = upstream.fixed.settings.refresh === undefined ? countsOf(upstream) : undefined
  return Array.from(upstream.fixed.members[group]!, (replica, place) => {
    const node = tier.first + replica
    const n = node << NODE_INT
    const score = scores.get(place)
    return {
      node,
      out: upstream.out[replica]!,
      weight: pool.weight[place]!,
      inFlight: counts?.[replica] ?? pool.inFlight[place]!,
      score: score?.score ?? Number.NaN,
      ...(score?.figure !== undefined && { figure: score.figure }),
      note: score?.note ?? '',
      health: c.nodes.int[n + HEALTH]!,
      busy: c.nodes.int[n + BUSY]!,
      waiting: c.nodes.int[n + WAITING]!,
      below: c.nodes.int[n + BELOW]!,
    }
  })
}

function picked(
  seen: readonly Candidate[],
  pool: Pool,
  upstream: Upstream,
  first: number,
  place: number,
): Omit<Pick, 'pool'> {
  const group = upstream.groups.findIndex((one) => one.pool === pool)
  const replica = place < 0 ? place : upstream.fixed.members[group]![place]!
  const candidates =
    seen.length <= MOST_CANDIDATES ? seen : theBest(seen, place < 0 ? -1 : first + replica, MOST_CANDIDATES)
  return { replica, candidates, omitted: seen.length - candidates.length }
}

/** The one that was chosen, and those that were nearest to it in score, in order of declaration. */
function theBest(seen: readonly Candidate[], chosen: number, most: number): readonly Candidate[] {
  const rank = (one: Candidate) =>
    one.node === chosen ? -Infinity : Number.isNaN(one.score) ? Infinity : one.score
  const kept = new Set([...seen].sort((a, b) => rank(a) - rank(b)).slice(0, most))
  return seen.filter((one) => kept.has(one))
}

/** A fact of our request: if it follows a choice, the choice is noted. */
export function noteChoice(c: Cluster, to: Chooser, fact: RawFact): void {
  if (fact.code === SENT) sent(c, to, fact)
  else if (fact.code === HELD) {
    to.held.add(`${fact.subject} ${fact.object}`)
    add(c, to, fact, fact.object, -1, 'waits')
  } else if (fact.code === SETTLED && to.pick !== undefined && to.pick.replica < 0) {
    add(c, to, fact, to.pick.pool, -1, 'turned away')
  }
}

function sent(c: Cluster, to: Chooser, fact: RawFact): void {
  const pool = fact.detail >= 0 ? c.fixed.poolOf[fact.detail]! : FRONT - fact.detail
  const { tier } = c.pools[pool]!
  const wasHeld = to.held.delete(`${fact.subject} ${pool}`)
  const replica = fact.object - tier.first
  const isPicked = to.pick?.pool === pool && to.pick.replica === replica
  const isBound = tier.affinity !== undefined || tier.perConnection
  const how: How = wasHeld ? 'place came free' : isPicked ? 'picked' : isBound ? 'bound' : 'again'
  if (wasHeld || !isPicked) to.pick = undefined
  to.led.set(fact, add(c, to, fact, pool, fact.object, how))
}

function add(c: Cluster, to: Chooser, fact: RawFact, pool: number, chosen: number, how: How): number {
  const { upstream, tier, from } = c.pools[pool]!
  const { refresh } = upstream.fixed.settings
  const pick = to.pick?.pool === pool ? to.pick : undefined
  to.pick = undefined
  to.choices.push({
    at: fact.at,
    attempt: attemptOf(fact.subject),
    tier: tier.index,
    from,
    chosen,
    how,
    strategy: tier.strategy.name,
    seenAt: refresh === undefined ? Number.NaN : Math.floor(fact.at / refresh.every) * refresh.every,
    candidates: pick?.candidates ?? [],
    omitted: pick?.omitted ?? 0,
  })
  return to.choices.length - 1
}
