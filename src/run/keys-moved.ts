/**
 * What share of the keys each change of a pool moves, for strategies that go by key or address: the strategy
 * itself is asked where sample keys go before and after the change. No request is needed for that, and none
 * is disturbed.
 */

import { stream } from '../base/stream.ts'
import type { Report, TierReport } from '../measure/report.ts'
import type { Change } from '../measure/series.ts'
import { sparesOf } from '../model/membership.ts'
import { upstreamSettings } from '../model/upstream-settings.ts'
import { strategies } from '../policies/balancing/index.ts'
import { setReady } from '../policies/balancing/pool.ts'
import { placesOf, sharesMoved } from '../policies/hashing/moved.ts'
import { openUpstream } from '../policies/upstream/open-upstream.ts'
import { switchStrategy } from '../policies/upstream/switch-strategy.ts'
import type { Upstream } from '../policies/upstream/upstream.ts'
import type { Scenario, Tier } from '../scenario/scenario.ts'
import { strategiesOf } from '../scenario/tier-at.ts'

const SAMPLE = 2000
/** Changes that are looked at in one tier; a flapping one has thousands. */
const MOST_CHANGES = 40

/** One change of what the tier's first balancer uses. */
export interface KeysMoved {
  /** ns */
  readonly at: number
  readonly node: number
  readonly isReady: boolean
  /** Share of keys that go elsewhere since, and of those that need not have moved (see `sharesMoved`). */
  readonly moved: number
  readonly needlessly: number
}

/**
 * The changes of a tier's pool in order, of those at which its strategy goes by key or address; undefined when
 * it never does. That another strategy takes over moves keys too, but is no change of the pool.
 */
export function keysMoved(
  scenario: Scenario,
  tier: number,
  changes: readonly Change[],
): readonly KeysMoved[] | undefined {
  const { tiers, seed } = scenario
  const settings = upstreamSettings(tiers[tier]!, 0, 1, undefined)
  if (!strategiesOf(scenario, tier).some(({ policy }) => strategies.get(policy).isKeyed)) return undefined
  const upstream = openUpstream(settings, stream(seed, 'keys-moved'), sparesOf(tiers[tier]!))
  const switches = scenario.faults.filter((fault) => fault.kind === 'balance' && fault.tier === tier)
  const first = firstNode(tiers, tier)
  const count = tiers[tier]!.replicas.length
  const { pool } = upstream.groups[0]!
  const seen = changes.filter(({ kind, node }) => kind === 'belief' && node >= first && node < first + count)
  const balancer = seen[0]?.balancer
  let before = placesIn(upstream)
  const moves: KeysMoved[] = []
  for (const { at, node, value, balancer: by } of seen) {
    const { placeOf, groupOf } = upstream.fixed
    const place = placeOf[node - first]!
    if (by !== balancer || groupOf[node - first] !== 0 || moves.length === MOST_CHANGES) continue
    while (switches[0] !== undefined && switches[0].at <= at) {
      switchStrategy(upstream, switches.shift()!.strategy!, at)
      before = placesIn(upstream)
    }
    setReady(pool, place, value === 1)
    upstream.fixed.strategy.changed?.(pool, upstream.groups[0]!.memory, place)
    const after = placesIn(upstream)
    if (before && after) moves.push({ at, node, isReady: value === 1, ...sharesMoved(before, after) })
    before = after
  }
  return moves
}

/** Where sample keys go now; undefined when the strategy does not go by key or address. */
function placesIn({ fixed: { strategy }, groups }: Upstream): Int32Array | undefined {
  const { pool, memory } = groups[0]!
  return strategy.isKeyed ? placesOf(strategy, pool, memory, SAMPLE) : undefined
}

/** A report with what moved: in the tiers the most of any change, in the timeline what each change moved. */
export function withKeysMoved(report: Report, scenario: Scenario, changes: readonly Change[]): Report {
  const timeline = [...report.timeline]
  const tiers: Record<string, TierReport> = { ...report.tiers }
  for (const [t, { id }] of scenario.tiers.entries()) {
    const moves = keysMoved(scenario, t, changes)
    if (moves === undefined) continue
    tiers[id] = { ...tiers[id]!, ...mostOf(moves) }
    for (const [i, entry] of timeline.entries()) {
      const move = moves.find(({ at }) => at / 1e9 === entry.detected)
      if (move && entry.where.startsWith(`${id}/`)) timeline[i] = { ...entry, keysMoved: move.moved }
    }
  }
  return { ...report, tiers, timeline }
}

/** The same of figures that have no timeline. */
export function tiersWithKeysMoved(
  tiers: Report['tiers'],
  scenario: Scenario,
  changes: readonly Change[],
): Report['tiers'] {
  const all: Record<string, TierReport> = { ...tiers }
  for (const [t, { id }] of scenario.tiers.entries()) {
    const moves = keysMoved(scenario, t, changes)
    if (moves !== undefined) all[id] = { ...all[id]!, ...mostOf(moves) }
  }
  return all
}

function mostOf(moves: readonly KeysMoved[]): Pick<TierReport, 'keysMoved' | 'keysMovedNeedlessly'> {
  const most = (of: 'moved' | 'needlessly') => moves.reduce((max, one) => Math.max(max, one[of]), 0)
  return { keysMoved: most('moved'), keysMovedNeedlessly: most('needlessly') }
}

function firstNode(tiers: readonly Tier[], tier: number): number {
  return tiers.slice(0, tier).reduce((sum, { replicas }) => sum + replicas.length, 0)
}
