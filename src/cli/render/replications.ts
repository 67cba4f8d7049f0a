/** What replications have shown, as a page for people: each figure with its interval. */

import { type Figure, type Figures, isFigure, type ReplicationsReport } from '../../run/replicate.ts'
import { expectations } from './expectations.ts'
import { duration, NOTHING, percent, plain, whole } from './numbers.ts'
import { seedText } from './seed.ts'
import type { Style } from './style.ts'
import { type Table, table } from './table.ts'

type Show = (value: number) => string
type Node = Figure | Figures | null | undefined

export function replicationsSummary(report: ReplicationsReport, style: Style): string {
  const parts = [
    heading(report, style),
    table(overall(report), style),
    table(latencies(report), style),
    ...tierTables(report).map((each) => table(each, style)),
    expectations(report.expectations, style),
  ]
  const page = parts.filter((lines) => lines.length > 0)
  return `${page.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function heading(report: ReplicationsReport, style: Style): string[] {
  const { scenario, replications, seeds, confidence, wall, partial } = report
  const which =
    replications > 1 ? `seeds ${seedText(seeds[0])} to ${seeds.at(-1)}` : `seed ${seedText(seeds[0])}`
  const count = `${whole(replications)} replication${replications === 1 ? '' : 's'}`
  const lines = [
    style.bold(scenario),
    style.dim(
      `${count} in ${duration(wall.seconds * 1000)} · ${which} · mean ± half of the ${confidence * 100} % interval`,
    ),
  ]
  if (partial) lines.push(style.yellow('PARTIAL: interrupted; fewer replications than wanted'))
  return lines
}

function overall(report: ReplicationsReport): Table {
  const counts = ['arrived', 'succeeded', 'failed', 'rejected', 'timedOut', 'retried', 'unfinished']
  const names: Readonly<Record<string, string>> = { timedOut: 'timed out' }
  const rows = [
    ...counts
      .map((key) => ({ key, figure: at(report.requests, key) }))
      .filter(({ key, figure }) => key === 'arrived' || (figure && isFigure(figure) && figure.mean > 0))
      .map(({ key, figure }) => row(names[key] ?? key, figure, plain)),
    row('availability', report.availability, percent),
    row('throughput /s', report.throughputPerSecond, plain),
    row('goodput /s', report.goodputPerSecond, plain),
    row('in the system', report.meanInSystem, plain),
    row('waited', report.fractionThatWaited, percent),
  ]
  return { head: ['Requests', 'mean', ''], rows }
}

function latencies(report: ReplicationsReport): Table {
  const parts = ['mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max']
  const head = ['Latency', 'in all', '', 'in queues', '']
  const rows = parts.map((part) => [
    part === 'p999' ? 'p99.9' : part,
    ...cells(at(report.latencyMs, part), duration),
    ...cells(at(report.waitingMs, part), duration),
  ])
  return { head, rows }
}

/** Replicas listed of a tier; the rest are in --json. */
const LISTED = 12

function tierTables({ tiers }: ReplicationsReport): Table[] {
  return entries(tiers).map(([id, tier]) => ({
    head: [id, 'requests', '', 'busy', '', 'queue', '', 'up', ''],
    rows: entries(at(tier, 'replicas'))
      .slice(0, LISTED)
      .map(([name, replica]) => [
        name,
        ...cells(at(replica, 'requests'), plain),
        ...cells(at(replica, 'utilisation'), percent),
        ...cells(at(replica, 'meanQueueLength'), plain),
        ...cells(at(replica, 'availability'), percent),
      ]),
  }))
}

function row(name: string, figure: Node, show: Show): string[] {
  return [name, ...cells(figure, show)]
}

/** The mean, and the half width behind its sign. */
function cells(figure: Node, show: Show): [string, string] {
  if (!figure || !isFigure(figure)) return [NOTHING, '']
  return [show(figure.mean), figure.halfWidth === null ? '' : `± ${show(figure.halfWidth)}`]
}

function at(node: Node, key: string): Node {
  return node && !isFigure(node) ? node[key] : undefined
}

function entries(node: Node): [string, Node][] {
  return node && !isFigure(node) ? Object.entries(node) : []
}
