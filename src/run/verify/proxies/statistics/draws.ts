/** Counts that a recording has of picks by chance, and the same counts of ours. */

import { choose, replied } from '../../../../policies/upstream/choose.ts'
import type { Upstream } from '../../../../policies/upstream/upstream.ts'
import { Unfit } from '../../unfit.ts'
import { whole } from '../case-fields.ts'
import { ANY, send } from '../driven.ts'
import type { ChiSquareTest, Outcome } from '../outcome.ts'
import { isFields } from '../read-recording.ts'
import type { Fields } from '../recording.ts'
import { homogeneity, LEVEL, sameTotals, sameValues } from './tests.ts'

/** Our sample is so many times as large as the recorded one, up to a number of picks. */
const TIMES = 100
const MOST_PICKS = 1_000_000

/** One test, with what was recorded and what ours would be in as many draws. */
export interface Tested {
  readonly position: string
  readonly test: ChiSquareTest
  readonly expected: unknown
  readonly got: unknown
}

/** Held when no test fails at the stated level. */
export function judged(all: readonly Tested[]): Outcome {
  const tests = all.map(({ test }) => test)
  const failed = all.find(({ test }) => test.p < LEVEL)
  if (!failed) return { kind: 'held', tests }
  const { position, expected, got } = failed
  return { kind: 'failed', position, expected, got, tests }
}

/** Requests one after the other, each answered before the next. @param counts recorded, by server's name */
export function idleCounts(
  position: string,
  counts: unknown,
  requests: number,
  labels: readonly string[],
  upstream: Upstream,
): Tested {
  const recorded = countsOf(counts, labels, position)
  const total = recorded.reduce((sum, count) => sum + count, 0)
  if (total !== requests) throw new Unfit(`${position} adds up to ${total}, not to ${requests} requests`)
  const n = Math.min(TIMES * requests, MOST_PICKS)
  const ours = labels.map(() => 0)
  for (let k = 0; k < n; k++) {
    const picked = choose(upstream, ANY, 0)
    if (picked < 0) throw new Unfit('no server could be picked')
    ours[picked]!++
  }
  return {
    position,
    test: homogeneity(position.slice(1), recorded, ours),
    expected: byLabel(labels, recorded),
    got: byLabel(labels, ours, requests / n),
  }
}

/** Rounds in which requests are opened one after the other and all held, then all ended. */
export function heldRounds(
  observed: Fields,
  labels: readonly string[],
  upstream: Upstream,
): readonly Tested[] {
  const n = whole(observed.held_open_rounds, 'held_open_rounds')
  const perRound = whole(observed.held_per_round, 'held_per_round')
  const totals = countsOf(observed.held_total_per_server, labels, '.held_total_per_server')
  const most = observed.max_open_on_one_server_per_round
  if (!Array.isArray(most) || most.length !== n || !most.every((count) => typeof count === 'number')) {
    throw new Unfit('"max_open_on_one_server_per_round" must have a number for each round')
  }
  const total = totals.reduce((sum, count) => sum + count, 0)
  if (total !== n * perRound)
    throw new Unfit(`"held_total_per_server" adds up to ${total}, not to ${n * perRound}`)
  const rounds = Array.from({ length: Math.min(TIMES * n, Math.ceil(MOST_PICKS / perRound)) }, () => {
    return oneRound(upstream, perRound, labels.length)
  })
  const ours = labels.map((_, i) => rounds.reduce((sum, counts) => sum + counts[i]!, 0))
  const ourMost = rounds.map((counts) => Math.max(...counts))
  const average = ourMost.reduce((sum, count) => sum + count, 0) / ourMost.length
  return [
    {
      position: '.held_total_per_server',
      test: sameTotals('held_total_per_server', totals, n, rounds),
      expected: byLabel(labels, totals),
      got: byLabel(labels, ours, n / rounds.length),
    },
    {
      position: '.max_open_on_one_server_per_round',
      test: sameValues('max_open_on_one_server_per_round', most, ourMost),
      expected: most,
      got: `${average.toFixed(2)} on average`,
    },
  ]
}

function oneRound(upstream: Upstream, requests: number, servers: number): readonly number[] {
  const counts = Array.from({ length: servers }, () => 0)
  const open: number[] = []
  for (let k = 0; k < requests; k++) {
    const picked = send(upstream)
    if (picked < 0) throw new Unfit('no server could be picked')
    counts[picked]!++
    open.push(picked)
  }
  for (const server of open) replied(upstream, server, 0, false, 0)
  return counts
}

function countsOf(value: unknown, labels: readonly string[], what: string): readonly number[] {
  if (!isFields(value)) throw new Unfit(`${what} must have a number for each server`)
  const unknown = Object.keys(value).find((label) => !labels.includes(label))
  if (unknown !== undefined) throw new Unfit(`${what} names "${unknown}", which is no server`)
  return labels.map((label) => whole(value[label] ?? 0, label))
}

function byLabel(labels: readonly string[], counts: readonly number[], scale = 1): Fields {
  return Object.fromEntries(labels.map((label, i) => [label, Math.round(counts[i]! * scale)]))
}
