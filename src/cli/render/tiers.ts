/** What each replica of each tier did. */

import type { CacheReport } from '../../measure/cache-report.ts'
import type {
  ConnectionsReport,
  LimitsReport,
  Report,
  SessionsReport,
  TierReport,
} from '../../measure/report.ts'
import { maybe, percent, plain, whole } from './numbers.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

/** Replicas listed of a tier; the rest are in --json and --csv. */
const LISTED = 12

/** A block of lines for each tier. */
export function tiers({ tiers: all }: Report, style: Style): string[][] {
  return Object.entries(all).map(([id, tier]) => tierLines(id, tier, style))
}

function tierLines(id: string, tier: TierReport, style: Style): string[] {
  const replicas = Object.entries(tier.replicas)
  const rows = replicas
    .slice(0, LISTED)
    .map(([name, replica]) => [
      name,
      whole(replica.requests),
      percent(replica.share),
      percent(replica.utilisation),
      plain(replica.meanQueueLength),
      plain(replica.meanInSystem),
      percent(replica.availability),
    ])
  const more = replicas.length - rows.length
  const notes = [
    ...(more > 0 ? [`and ${whole(more)} more replicas (--json and --csv list them all)`] : []),
    ...(replicas.length > 1 ? [`imbalance ${tier.imbalance.toFixed(2)}`] : []),
    ...(replicas.length > 1 ? [`Jain ${tier.jain.toFixed(3)}`, `cv ${tier.cv.toFixed(2)}`] : []),
    ...(tier.sessions === null ? [] : [sessions(tier.sessions)]),
    ...(tier.cache === undefined ? [] : cacheNotes(tier.hitRate, tier.cache)),
    ...(tier.rejected > 0 ? [`${whole(tier.rejected)} rejected`] : []),
    ...(tier.shed > 0 ? [`${whole(tier.shed)} shed`] : []),
    ...(tier.callsPerRequest > 1 ? [`${tier.callsPerRequest.toFixed(2)} calls a request`] : []),
    ...(tier.wastedSeconds > 0 ? [`${plain(tier.wastedSeconds)} s of work for clients that had left`] : []),
  ]
  return [
    ...table({ head: [id, 'requests', 'share', 'busy', 'queue', 'in flight', 'up'], rows }, style),
    ...(notes.length > 0 ? [style.dim(notes.join(' · '))] : []),
    ...(tier.connections ? [style.dim(connections(tier.connections))] : []),
    ...(tier.limits ? limits(tier.limits, style) : []),
  ]
}

function connections(of: ConnectionsReport): string {
  const { opened, reuseShare, meanOpen, mostOpen, handshakes } = of
  return [
    `${whole(opened)} connections opened`,
    ...(reuseShare === null ? [] : [`${percent(reuseShare)} of the calls over open ones`]),
    `${plain(meanOpen)} open, at most ${whole(mostOpen)}`,
    ...(handshakes > 0 ? [handshakesOf(of)] : []),
  ].join(' · ')
}

function handshakesOf({ handshakesPerSecond, resumptionRate, handshakeShare }: ConnectionsReport): string {
  const resumed = `${plain(handshakesPerSecond)}/s handshakes, ${maybe(resumptionRate, percent)} resumed`
  return handshakeShare === null ? resumed : `${resumed}, ${percent(handshakeShare)} of the work`
}

function limits({ limited, limitedShare, heldBack, classes = {} }: LimitsReport, style: Style): string[] {
  const notes = [
    `${whole(limited)} turned away by limits of rates or connections (${maybe(limitedShare, percent)} of what came)`,
    ...(heldBack > 0 ? [`${whole(heldBack)} held back`] : []),
  ]
  const rows = Object.entries(classes).map(([name, one]) => [
    name,
    whole(one.passed),
    whole(one.limited),
    maybe(one.limitedShare, percent),
  ])
  return [
    style.dim(notes.join(' · ')),
    ...(rows.length > 0 ? table({ head: ['classes', 'passed', 'limited', ''], rows }, style) : []),
  ]
}

function cacheNotes(hitRate: number | null, cache: CacheReport): string[] {
  const {
    byteHitRate,
    fetches,
    notModified = 0,
    coalesced,
    servedOld,
    servedOldMaxSeconds,
    writes = 0,
  } = cache
  return [
    `hit rate ${maybe(hitRate, percent)}${byteHitRate === null ? '' : `, of bytes ${percent(byteHitRate)}`}`,
    `${whole(fetches)} fetches${notModified > 0 ? `, ${whole(notModified)} of them not modified` : ''}`,
    ...(coalesced > 0 ? [`${whole(coalesced)} waited for another's fetch`] : []),
    ...(writes > 0 ? [`${whole(writes)} writes`] : []),
    ...(servedOld > 0 ? [`${whole(servedOld)} served old, for ${plain(servedOldMaxSeconds)} s at most`] : []),
  ]
}

function sessions({ begun, moved, broken }: SessionsReport): string {
  return `${whole(begun)} sessions, ${whole(moved)} times moved, ${whole(broken)} times broken`
}
