/** Evenness and sessions over time, tier by tier, counted anew from the facts. */

import { expect, test } from 'vitest'
import { SECOND } from '../../src/base/time.ts'
import { advance, startRun } from '../../src/run/run.ts'
import { simulate } from '../../src/run/simulate.ts'
import { always, checks, clients, exponential, fault, ms, poisson, scenario, tier } from '../model/build.ts'
import { collected, type Fact } from '../model/facts-of.ts'

const rules = { onFailure: 'rebalance', afterRecovery: 'stay', expiry: 0, size: 0 } as const

const wanted = scenario({
  duration: 20.5 * SECOND,
  warmUp: 5 * SECOND,
  clients: [
    clients(poisson(15), {
      addresses: 100_000,
      sessions: { requests: always(6), thinkTime: exponential(ms(400)) },
    }),
  ],
  tiers: [
    tier({ id: 'edge', replicas: 1, concurrency: 50, demand: always(ms(1)) }),
    tier({
      replicas: 3,
      concurrency: 20,
      demand: exponential(ms(5)),
      health: checks({ interval: ms(100), timeout: ms(50), rise: 2, fall: 2 }),
      structure: { affinity: { by: 'cookie', ...rules } },
      sessions: { state: 'replica', onLoss: 'login', rebuild: always(ms(20)) },
    }),
  ],
  faults: [fault(8 * SECOND, 'crash', 1, 0, 1), fault(12 * SECOND, 'recover', 1, 0, 1)],
})

const all = collected()
const run = startRun(wanted, { probes: [all] })
advance(run, Infinity)
const { series } = run.recording

function valuesOf(id: string): Float64Array {
  const found = series.columns.find((column) => column.id === id)
  if (!found) throw new Error(`no column ${id}`)
  return found.values
}

/** Facts of each step, in a step's own list; events after the window are in none. */
function bySteps(kind: Fact['kind']): readonly (readonly Fact[])[] {
  return Array.from({ length: series.steps }, (_, i) => {
    const from = i * series.step
    const to = Math.min(from + series.step, wanted.duration)
    return all.facts.filter((fact) => fact.kind === kind && fact.at >= from && fact.at < to)
  })
}

test.each(['imbalance', 'jain', 'cv'] as const)('%s of requests at the replicas, step by step', (figure) => {
  const values = valuesOf(`tiers.web.${figure}`)
  let uneven = 0
  for (const [i, facts] of bySteps('sent').entries()) {
    const counts = [1, 2, 3].map((node) => facts.filter(({ object }) => object === node).length)
    const mean = counts.reduce((sum, n) => sum + n, 0) / 3
    const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / 3
    const expected = {
      imbalance: Math.max(...counts) / mean,
      jain: mean ** 2 / (mean ** 2 + variance),
      cv: Math.sqrt(variance) / mean,
    }[figure]
    if (mean === 0) expect(values[i]).toBeNaN()
    else expect(values[i], `step ${i}`).toBeCloseTo(expected, 9)
    if (variance > 0) uneven++
  }
  expect(uneven).toBeGreaterThan(10)
})

test.each([
  ['sessionsBegunPerSecond', 'session-began', 'begun'],
  ['sessionsMovedPerSecond', 'session-moved', 'moved'],
  ['sessionsBrokenPerSecond', 'session-lost', 'broken'],
] as const)('%s, and the report’s total', (column, kind, figure) => {
  const values = valuesOf(`tiers.web.${column}`)
  const steps = bySteps(kind)
  for (const [i, facts] of steps.entries()) {
    const length = Math.min((i + 1) * series.step, wanted.duration) - i * series.step
    expect(values[i], `step ${i}`).toBeCloseTo(facts.length / (length / 1e9), 9)
  }
  const born = new Map(
    all.facts.filter((fact) => fact.kind === 'arrived').map(({ subject, at }) => [subject, at]),
  )
  const measured = all.facts.filter((fact) => fact.kind === kind && born.get(fact.subject)! >= 5 * SECOND)
  expect(measured.length).toBeGreaterThan(3)
  expect(simulate(wanted).tiers.web!.sessions![figure]).toBe(measured.length)
})

test('a tier that counts no sessions has none to show', () => {
  expect(series.columns.some(({ id }) => id === 'tiers.edge.sessionsMovedPerSecond')).toBe(false)
  expect(simulate(wanted).tiers.edge!.sessions).toBeNull()
})
