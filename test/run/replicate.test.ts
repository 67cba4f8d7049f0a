import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/measure/report.ts'
import { replication, replications } from '../../src/run/replicate.ts'
import { simulate } from '../../src/run/simulate.ts'
import { parse } from '../../src/scenario/index.ts'

const scenario = parse(
  `
seed: 7
duration: 20s
clients: { users: { rate: 50/s } }
tiers: { web: { replicas: 2, service: { demand: { exponential: { mean: 20ms } } } } }
expect: [availability > 99%, latency.p50 < 1us]
`,
  'a.yaml',
).scenario!

const reports = [1, 2, 3].map((number) => simulate(replication(scenario, number)))

function reportOf(some: readonly Report[], partial = false) {
  const seen = replications(scenario)
  for (const each of some) seen.add(each)
  return seen.report(partial)
}

describe('replications', () => {
  test('differ, and each can be run again alone', () => {
    expect(reports.map(({ seed }) => seed)).toEqual(['7/r1', '7/r2', '7/r3'])
    expect(new Set(reports.map(({ fingerprint }) => fingerprint)).size).toBe(3)
    expect(simulate({ ...scenario, seed: '7/r2' }).fingerprint).toBe(reports[1]!.fingerprint)
  })

  test('give each figure of the report its mean and Student’s interval', () => {
    const values = reports.map((each) => each.latencyMs!.p99)
    const mean = (values[0]! + values[1]! + values[2]!) / 3
    const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / 2
    const { latencyMs, tiers } = reportOf(reports)
    const { p99 } = latencyMs as Record<string, { mean: number; halfWidth: number; count: number }>
    expect(p99!.mean).toBeCloseTo(mean, 10)
    // 4.302652729911275: the 97.5 % quantile of Student's t with two degrees of freedom.
    expect(p99!.halfWidth).toBeCloseTo(4.302652729911275 * Math.sqrt(variance / 3), 6)
    expect(p99!.count).toBe(3)
    expect(tiers).toMatchObject({ web: { replicas: { 'web/2': { utilisation: { count: 3 } } } } })
  })

  test('are held against what the scenario expects by their means', () => {
    expect(reportOf(reports).expectations).toMatchObject([
      { text: 'availability > 99%', holds: true, measured: 1 },
      { text: 'latency.p50 < 1us', holds: false },
    ])
  })

  test('count an outcome that one of them did not see as none', () => {
    const other = { ...reports[0]!, requests: { ...reports[0]!.requests, byOutcome: { ok: 1, rejected: 6 } } }
    const { requests } = reportOf([...reports, other, other])
    expect(requests).toMatchObject({ byOutcome: { rejected: { mean: 12 / 5, count: 5 }, ok: { count: 5 } } })
  })

  test('leave out a figure where it is not known, and say so by the count', () => {
    const none = { ...reports[0]!, latencyMs: null, hitRate: null }
    const { latencyMs, hitRate } = reportOf([reports[0]!, none])
    expect(latencyMs).toMatchObject({
      mean: { mean: reports[0]!.latencyMs!.mean, halfWidth: null, count: 1 },
    })
    expect(hitRate).toBeNull()
  })

  test('one alone says nothing of the spread', () => {
    const report = reportOf(reports.slice(0, 1), true)
    expect(report).toMatchObject({ partial: true, replications: 1, seeds: ['7/r1'] })
    expect(report.availability).toEqual({ mean: 1, halfWidth: null, count: 1 })
  })
})
