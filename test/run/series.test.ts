/** The series over time, step by step, counted anew from the ledger. */

import { expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { bucketOf, lowerBound } from '../../src/measure/histogram.ts'
import * as fact from '../../src/model/facts.ts'
import { advance, startRun } from '../../src/run/run.ts'
import { clients, exponential, fault, ms, poisson, scenario, tier } from '../model/build.ts'
import { ledger } from '../model/ledger.ts'
import { rank } from './recount.ts'

const wanted = scenario({
  duration: 20.5 * SECOND,
  warmUp: 5 * SECOND,
  clients: [clients(poisson(150), { timeout: exponential(ms(300)) })],
  tiers: [tier({ replicas: 3, queue: 8, demand: exponential(ms(15)) })],
  faults: [fault(8 * SECOND, 'crash', 1), fault(12 * SECOND, 'recover', 1), fault(15 * SECOND, 'slow', 2, 5)],
})
const books = ledger(wanted)
const run = startRun(wanted, { probes: [books] })
advance(run, Infinity)
const { series } = run.recording
const steps = Array.from({ length: series.steps }, (_, i) => {
  const from = i * series.step
  return { from, to: Math.min(from + series.step, wanted.duration) }
})

/** Requests settled in a step, with one outcome group if that is said. */
function settledIn(from: number, to: number, group?: fact.OutcomeGroup) {
  return books.requests.filter(
    ({ settled, outcome }) =>
      settled >= from && settled < to && (group === undefined || fact.OUTCOME_GROUPS[outcome] === group),
  )
}

function expectColumn(id: string, expected: (from: number, to: number) => number, tolerance = 1e-9): void {
  const { values } = series.columns.find((column) => column.id === id)!
  for (const [i, { from, to }] of steps.entries()) {
    const counted = expected(from, to)
    const where = `${id}, step ${i}: ${values[i]}, counted ${counted}`
    if (Number.isNaN(counted)) expect(values[i], where).toBeNaN()
    else expect(Math.abs(values[i]! - counted), where).toBeLessThanOrEqual(tolerance * Math.max(1, counted))
  }
}

const perSecond = (n: number, from: number, to: number) => n / ((to - from) / 1e9)

test('the series covers the run from its start, warm-up included, the last step cut short', () => {
  expect(series.steps).toBe(Math.ceil(wanted.duration / series.step))
})

test('arrivals', () => {
  expectColumn('arrivalsPerSecond', (from, to) =>
    perSecond(books.requests.filter(({ born }) => born >= from && born < to).length, from, to),
  )
})

test.each([
  ['succeededPerSecond', 'succeeded'],
  ['failedPerSecond', 'failed'],
  ['rejectedPerSecond', 'rejected'],
  ['timedOutPerSecond', 'timedOut'],
] as const)('%s', (id, group) => {
  expectColumn(id, (from, to) => perSecond(settledIn(from, to, group).length, from, to))
  expect(settledIn(0, wanted.duration, group).length).toBeGreaterThan(20)
})

test.each([
  ['latencyP50Ms', 0.5],
  ['latencyP90Ms', 0.9],
  ['latencyP99Ms', 0.99],
] as const)('%s, within the histogram’s error', (id, share) => {
  expectColumn(
    id,
    (from, to) => {
      const took = settledIn(from, to, 'succeeded').map(({ born, settled }) => settled - born)
      return took.length === 0
        ? NaN
        : rank(
            took.sort((a, b) => a - b),
            share,
          ) / 1e6
    },
    0.004,
  )
})

test('availability', () => {
  expectColumn('availability', (from, to) => {
    const ended = settledIn(from, to).length
    return ended === 0 ? NaN : settledIn(from, to, 'succeeded').length / ended
  })
})

test('requests in the system', () => {
  expectColumn('inSystem', (from, to) => {
    const areas = books.requests.map(({ born, settled }) => {
      const ends = Number.isNaN(settled) ? to : Math.min(settled, to)
      return Math.max(0, ends - Math.max(born, from))
    })
    return areas.reduce((sum, ns) => sum + ns, 0) / (to - from)
  })
})

test('the heat map holds every success once, in the bin of its latency', () => {
  const { bounds, counts } = series.heat
  const bins = bounds.length - 1
  for (const [i, { from, to }] of steps.entries()) {
    const expected = new Array<number>(bins).fill(0)
    for (const { born, settled } of settledIn(from, to, 'succeeded')) {
      // counted at the lower bound of its finer bucket
      const latency = lowerBound(bucketOf(settled - born))
      const bin = bounds.findLastIndex((bound) => bound <= latency)
      expected[Math.min(Math.max(bin, 0), bins - 1)]!++
    }
    expect([...counts.subarray(i * bins, (i + 1) * bins)], `step ${i}`).toEqual(expected)
  }
})

test('the figures of replicas agree with one another and with the whole', () => {
  const [here, waiting, utilisation] = series.nodes
  const inSystem = series.columns.find(({ id }) => id === 'inSystem')!.values
  for (let i = 0; i < series.steps; i++) {
    let total = 0
    for (let node = 0; node < 3; node++) {
      const at = i * 3 + node
      total += here!.values[at]!
      expect(here!.values[at]).toBeCloseTo(waiting!.values[at]! + utilisation!.values[at]!, 5)
      expect(utilisation!.values[at]).toBeLessThanOrEqual(1)
    }
    // clients that have timed out are gone, their work is still here
    expect(total).toBeGreaterThanOrEqual(inSystem[i]! - 1e-6)
  }
})
