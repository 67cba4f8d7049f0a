/** Making a balancer's side of a tier. */

import type { Stream } from '../../base/stream.ts'
import { strategies } from '../balancing/index.ts'
import { poolOf } from '../balancing/pool.ts'
import { whenFullOf } from '../balancing/strategy.ts'
import { clusterCounts } from './cluster-limits.ts'
import { share } from './levels.ts'
import { emptyLine } from './line.ts'
import { settle } from './membership.ts'
import type { UpstreamSettings } from './settings.ts'
import { OUTSIDE, UNKNOWN } from './standing.ts'
import { outsiders } from './subset.ts'
import type { FixedUpstream, Upstream } from './upstream.ts'

/**
 * A balancer at rest.
 * @param unknown replicas that it has not heard of yet
 */
export function openUpstream(
  settings: UpstreamSettings,
  random: Stream,
  unknown: readonly number[] = [],
): Upstream {
  const { members } = settings
  const strategy = strategies.get(settings.strategy.policy)
  const levels = [...new Set(members.map(({ priority }) => priority))].sort((a, b) => a - b)
  const groupOf = Int32Array.from(members, ({ priority }) => levels.indexOf(priority))
  const inGroup = levels.map((_, g) => Int32Array.from([...members.keys()].filter((i) => groupOf[i] === g)))
  const placeOf = new Int32Array(members.length)
  for (const group of inGroup) for (const [place, replica] of group.entries()) placeOf[replica] = place
  const hasLimits = members.some(({ maxConnections }) => maxConnections > 0)
  const fixed: FixedUpstream = Object.freeze({
    settings,
    strategy,
    skipsFull: whenFullOf(strategy, settings.strategy.params) === 'skip',
    hasLimits,
    isPlain:
      levels.length === 1 && !hasLimits && settings.refresh === undefined && settings.cluster === undefined,
    hasLine: settings.line > 0,
    groupOf,
    placeOf,
    members: Object.freeze(inGroup),
  })
  const groups = inGroup.map((replicas) => {
    const pool = poolOf([...replicas].map((replica) => members[replica]!))
    return { pool, memory: undefined, healthy: replicas.length, known: replicas.length, panics: false }
  })
  const made: Upstream = {
    fixed,
    groups: groups.map((group) => ({
      ...group,
      memory: strategy.remember(settings.strategy.params, group.pool),
    })),
    out: new Int32Array(members.length),
    inFlight: new Int32Array(fixed.isPlain ? 0 : members.length),
    runtime: new Float64Array(members.length).fill(1),
    upSince: new Float64Array(members.length).fill(-Infinity),
    limit: Int32Array.from(members, ({ maxConnections }) => maxConnections),
    shares: new Float64Array(levels.length),
    only: 0,
    fullCount: 0,
    keptOut: 0,
    line: emptyLine(settings.line > 0 || settings.cluster !== undefined ? members.length : 0),
    cluster: settings.cluster && clusterCounts(members.length),
    random,
  }
  share(made)
  for (const replica of outsiders(settings, random)) settle(made, replica, made.out[replica]! | OUTSIDE)
  for (const replica of unknown) settle(made, replica, made.out[replica]! | UNKNOWN)
  return made
}
