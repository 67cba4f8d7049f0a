/** A report as rows of tables; every table says scenario and seed, so that many runs share a file. */

import type { Report, Summary } from '../measure/report.ts'
import type { Cell, CsvFolder } from './csv.ts'

type Row = Record<string, Cell>

/** Adds a run to `requests`, `replicas` and `series`. */
export function addReport(folder: CsvFolder, report: Report): void {
  const run = { scenario: report.scenario, seed: report.seed }
  folder.add('requests', [{ ...run, ...requestsRow(report) }])
  folder.add(
    'replicas',
    Object.entries(report.tiers).flatMap(([tier, { replicas }]) =>
      Object.entries(replicas).map(([replica, figures]) => ({ ...run, tier, replica, ...figures })),
    ),
  )
  folder.add('series', seriesRows(report, run))
}

function requestsRow(report: Report): Row {
  const { simulated, requests, latencyMs, waitingMs } = report
  const { byOutcome: _, ...counts } = requests
  return {
    fingerprint: report.fingerprint,
    partial: report.partial,
    durationSeconds: simulated.durationSeconds,
    warmUpSeconds: simulated.warmUpSeconds,
    ...counts,
    availability: report.availability,
    throughputPerSecond: report.throughputPerSecond,
    goodputPerSecond: report.goodputPerSecond,
    meanInSystem: report.meanInSystem,
    hitRate: report.hitRate,
    fractionThatWaited: report.fractionThatWaited,
    ...summaryCells('latencyMs', latencyMs),
    ...summaryCells('waitingMs', waitingMs),
  }
}

const PARTS = ['mean', 'sd', 'min', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const

function summaryCells(name: string, of: Summary | null): Row {
  return Object.fromEntries(PARTS.map((part) => [`${name}.${part}`, of?.[part]]))
}

function seriesRows({ series }: Report, run: Row): Row[] {
  const columns = Object.entries(series).filter((entry): entry is [string, Cell[]] => Array.isArray(entry[1]))
  const steps = columns[0]?.[1].length ?? 0
  return Array.from({ length: steps }, (_, i) => ({
    ...run,
    seconds: i * series.stepSeconds,
    ...Object.fromEntries(columns.map(([id, values]) => [id, values[i]])),
  }))
}
