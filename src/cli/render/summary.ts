/** A report as a page for people. */

import type { Report, Summary } from '../../measure/report.ts'
import { chart } from './chart.ts'
import { clients } from './clients.ts'
import { expectations } from './expectations.ts'
import { clock, duration, maybe, percent, plain, whole } from './numbers.ts'
import { seedText } from './seed.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { tiers } from './tiers.ts'
import { timeline } from './timeline.ts'

/** @param width characters in a line */
export function summary(report: Report, style: Style, width: number): string {
  const parts = [
    heading(report, style),
    chart(report, width, style),
    requests(report, style),
    latencies(report, style),
    clients(report, style),
    ...tiers(report, style),
    timeline(report, style),
    expectations(report.expectations, style),
  ]
  const page = parts.filter((lines) => lines.length > 0)
  return `${page.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function heading({ scenario, seed, simulated, wall, partial }: Report, style: Style): string[] {
  const { durationSeconds, warmUpSeconds, requests } = simulated
  const length =
    clock(durationSeconds) + (warmUpSeconds > 0 ? `, the first ${clock(warmUpSeconds)} left out` : '')
  const speed = `${whole(requests)} requests in ${duration(wall.seconds * 1000)}`
  const lines = [style.bold(scenario), style.dim(`seed ${seedText(seed)} · ${length} · ${speed}`)]
  if (partial)
    lines.push(style.yellow(`PARTIAL: interrupted after ${clock(durationSeconds)} of simulated time`))
  return lines
}

function requests(report: Report, style: Style): string[] {
  const { arrived, succeeded, failed, rejected, timedOut, retried, unfinished, byOutcome } = report.requests
  const details = Object.entries(byOutcome)
    .filter(([name]) => name !== 'ok')
    .map(([name, count]) => `${whole(count)} ${name}`)
  const row = (name: string, count: number) => [
    name,
    whole(count),
    percent(arrived > 0 ? count / arrived : 0),
  ]
  const optional: [string, number][] = [
    ['failed', failed],
    ['rejected', rejected],
    ['timed out', timedOut],
    ['unfinished', unfinished],
    ['retried', retried],
  ]
  const { hedges, hedgesWon } = report.tries
  if (hedges > 0) details.push(`${whole(hedges)} copies of late requests, ${whole(hedgesWon)} answered first`)
  const rows = [
    ['arrived', whole(arrived), ''],
    row('succeeded', succeeded),
    ...optional.filter(([, count]) => count > 0).map(([name, count]) => row(name, count)),
  ]
  const { clientCache } = report
  if (clientCache) {
    const { hits, hitRate, servedOld, servedOldMaxSeconds } = clientCache
    const old =
      servedOld > 0 ? `, ${whole(servedOld)} of them old, for ${plain(servedOldMaxSeconds)} s at most` : ''
    details.push(`${whole(hits)} (${maybe(hitRate, percent)}) from visitors' own caches${old}`)
  }
  const { availability, throughputPerSecond, goodputPerSecond, meanInSystem, fractionThatWaited } = report
  const figures = [
    `availability ${maybe(availability, percent)}`,
    `throughput ${plain(throughputPerSecond)}/s`,
    `goodput ${plain(goodputPerSecond)}/s`,
    `${plain(meanInSystem)} in the system`,
    ...(fractionThatWaited === null ? [] : [`${percent(fractionThatWaited)} waited`]),
  ]
  return [
    ...table({ head: ['Requests', '', ''], rows }, style),
    ...(details.length > 0 ? [style.dim(details.join(', '))] : []),
    figures.join(' · '),
  ]
}

function latencies({ latencyMs, waitingMs }: Report, style: Style): string[] {
  const row = (name: string, of: Summary | null) =>
    of ? [[name, ...[of.mean, of.p50, of.p90, of.p95, of.p99, of.p999, of.max].map(duration)]] : []
  const rows = [...row('in all', latencyMs), ...row('in queues', waitingMs)]
  if (rows.length === 0) return []
  return table({ head: ['Latency', 'mean', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max'], rows }, style)
}
