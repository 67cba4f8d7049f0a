/** Holds a report against a recount of all facts, figure by figure. */

import { expect } from 'vitest'
import type { Report } from '../../src/measure/report.ts'
import * as fact from '../../src/model/facts.ts'
import { advance, type RunOptions, report, startRun } from '../../src/run/run.ts'
import { settleWarmUp } from '../../src/run/warm-up.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import { type Ledger, ledger } from '../model/ledger.ts'
import type { Node } from '../model/ledger-nodes.ts'
import { latencies, mean, type Recount, rank, recount, requestCounts } from './recount.ts'

/** The report of a run under the ledger's eyes. */
export function checkedReport(wanted: Scenario, options: RunOptions = {}): Report {
  const scenario = settleWarmUp(wanted, options)
  const from = Number(scenario.warmUp)
  const books = ledger(scenario)
  const counting = recount(books, from, scenario.duration)
  const run = startRun(scenario, { ...options, probes: [books, ...(options.probes ?? [])] })
  advance(run, Infinity)
  counting.close()
  const made = report(run, 'test', 0)
  expectRecounted(made, books, counting, from, scenario.duration)
  return made
}

/** Every figure that the ledger can count too. */
export function expectRecounted(
  made: Report,
  books: Ledger,
  counting: Recount,
  from: number,
  to: number,
): void {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
  const wrong: string[] = []
  const same = (what: string, reported: number | null | undefined, counted: number) => {
    if (reported === null || reported === undefined || !near(reported, counted)) {
      wrong.push(`${what}: reported ${reported}, counted ${counted}`)
    }
  }
  expect(made.requests).toEqual(requestCounts(books, from))
  const { succeeded, failed, rejected, timedOut } = made.requests
  const ended = succeeded + failed + rejected + timedOut
  if (ended > 0) same('availability', made.availability, succeeded / ended)
  const seconds = (to - from) / 1e9
  const inWindow = books.requests.filter(({ settled }) => settled >= from && settled <= to)
  const answered = inWindow.filter(({ outcome }) => fact.OUTCOME_GROUPS[outcome] !== 'timedOut').length
  same('throughput', made.throughputPerSecond, answered / seconds)
  same(
    'goodput',
    made.goodputPerSecond,
    inWindow.filter(({ outcome }) => outcome === fact.OK).length / seconds,
  )
  same('in system', made.meanInSystem, counting.inSystem / (to - from))
  const waited = books.requests
    .filter(({ born, outcome }) => born >= from && outcome === fact.OK)
    .map((request) => request.waited)
  if (waited.length > 0) {
    same('waiting', made.waitingMs?.mean, mean(waited) / 1e6)
    same('longest wait', made.waitingMs?.max, Math.max(...waited) / 1e6)
    same('waited', made.fractionThatWaited, waited.filter((ns) => ns > 0).length / waited.length)
  }
  const took = latencies(books, from)
  if (took.length > 0) {
    const { mean: average, min, max, p50, p99 } = made.latencyMs!
    same('mean latency', average, mean(took) / 1e6)
    same('least latency', min, took[0]! / 1e6)
    same('greatest latency', max, took.at(-1)! / 1e6)
    for (const [share, value] of [
      [0.5, p50],
      [0.99, p99],
    ] as const) {
      const exact = rank(took, share) / 1e6
      if (Math.abs(value - exact) > 0.004 * exact) wrong.push(`p${100 * share}: ${value}, exactly ${exact}`)
    }
  }
  expectNodes(made, books, counting, from, to, same)
  expect(wrong).toEqual([])
}

function expectNodes(
  made: Report,
  { nodes, requests }: Ledger,
  counting: Recount,
  from: number,
  to: number,
  same: (what: string, reported: number | null | undefined, counted: number) => void,
): void {
  const isMeasured = (request: number) => requests[Math.floor(request)]!.born >= from
  for (const [t, tier] of Object.values(made.tiers).entries()) {
    const members = nodes.filter((node) => node.tier === t)
    const sent = members.map((node) => node.sent.filter(isMeasured).length)
    const total = sent.reduce((sum, n) => sum + n, 0)
    for (const [i, node] of members.entries()) {
      const figures = tier.replicas[node.id]!
      const areas = counting.nodes[nodes.indexOf(node)]!
      same(`${node.id} requests`, figures.requests, sent[i]!)
      same(`${node.id} share`, figures.share, total > 0 ? sent[i]! / total : 0)
      same(`${node.id} utilisation`, figures.utilisation, areas.used / areas.slots)
      same(`${node.id} queue`, figures.meanQueueLength, areas.waiting / (to - from))
      same(`${node.id} in system`, figures.meanInSystem, areas.present / (to - from))
      same(`${node.id} availability`, figures.availability, areas.up / (to - from))
    }
    if (total > 0) same(`imbalance of ${t}`, tier.imbalance, (Math.max(...sent) * sent.length) / total)
    const mean = total / sent.length
    const deviation = Math.sqrt(sent.reduce((sum, n) => sum + (n - mean) ** 2, 0) / sent.length)
    const squares = sent.reduce((sum, n) => sum + n * n, 0)
    same(`variation in ${t}`, tier.cv, total > 0 ? deviation / mean : 0)
    same(`Jain's index of ${t}`, tier.jain, total > 0 ? total ** 2 / (sent.length * squares) : 1)
    const of = (list: (node: Node) => readonly number[]) => members.flatMap(list).filter(isMeasured).length
    const sum = (list: (node: Node) => readonly [number, number][]) =>
      members.flatMap(list).reduce((ns, [request, more]) => ns + (isMeasured(request) ? more : 0), 0)
    same(
      `rejected by ${t}`,
      tier.rejected,
      of((node) => node.rejected),
    )
    for (const [what, reported] of Object.entries(tier.sessions ?? {}) as [
      keyof Node['sessions'],
      number,
    ][]) {
      same(
        `sessions ${what} in ${t}`,
        reported,
        of(({ sessions }) => sessions[what]),
      )
    }
    if (tier.limits) {
      same(
        `limited by ${t}`,
        tier.limits.limited,
        of(({ limited }) => limited),
      )
      same(
        `held back by ${t}`,
        tier.limits.heldBack,
        of(({ heldBack }) => heldBack),
      )
    }
    same(
      `shed by ${t}`,
      tier.shed,
      of((node) => node.shed),
    )
    same(`wasted by ${t}`, tier.wastedSeconds, sum((node) => node.wasted) / 1e9)
    const starts = of((node) => node.starts)
    if (starts > 0) same(`wait in ${t}`, tier.waitingMs?.mean, sum((node) => node.waits) / starts / 1e6)
  }
}
