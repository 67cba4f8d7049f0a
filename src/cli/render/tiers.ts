/** What each replica of each tier did. */

import type { Report, SessionsReport, TierReport } from '../../measure/report.ts'
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
    ...(tier.hitRate === null ? [] : [`hit rate ${maybe(tier.hitRate, percent)}`]),
    ...(tier.rejected > 0 ? [`${whole(tier.rejected)} rejected`] : []),
    ...(tier.shed > 0 ? [`${whole(tier.shed)} shed`] : []),
    ...(tier.callsPerRequest > 1 ? [`${tier.callsPerRequest.toFixed(2)} calls a request`] : []),
    ...(tier.wastedSeconds > 0 ? [`${plain(tier.wastedSeconds)} s of work for clients that had left`] : []),
  ]
  return [
    ...table({ head: [id, 'requests', 'share', 'busy', 'queue', 'in flight', 'up'], rows }, style),
    ...(notes.length > 0 ? [style.dim(notes.join(' · '))] : []),
  ]
}

function sessions({ begun, moved, broken }: SessionsReport): string {
  return `${whole(begun)} sessions, ${whole(moved)} times moved, ${whole(broken)} times broken`
}
