/** Runs all variants in each replication, or as many as Ctrl-C leaves time for. */

import { comparison, type Outcome } from '../run/compare/compare.ts'
import type { Comparison } from '../run/compare/result.ts'
import { replication } from '../run/replicate.ts'
import type { Comparing } from './compare-options.ts'
import type { Interruption } from './interruption.ts'
import type { JobResult } from './job.ts'
import { runJobs } from './pool/pool.ts'
import type { Progress } from './progress.ts'

export interface ComparedOptions {
  readonly file: string
  /** Undefined: one run with the scenario's own seed. */
  readonly replications: number | undefined
  readonly confidence: number
  readonly threads: number | undefined
  /** What was odd in the logs. */
  onRemarks(remarks: readonly string[]): void
}

/** @returns undefined when there was no time for any run */
export async function compared(
  { candidates, figures, baseline }: Comparing,
  { file, replications, confidence, threads, onRemarks }: ComparedOptions,
  asked: Interruption,
  progress: Progress,
): Promise<Comparison | undefined> {
  const seen = comparison(candidates, { figures, baseline, confidence })
  const wanted = replications ?? 1
  const width = candidates.length
  let row: (Outcome | undefined)[] = []
  let isCut = false

  function onResult(_place: number, result: JobResult | undefined): void {
    if (isCut) return
    if (result) onRemarks(result.remarks)
    row.push(result && { report: result.report, births: result.births })
    if (row.length < width) return
    isCut = row.some((outcome) => outcome === undefined || outcome.report.partial)
    // Of the first replication also what was cut short: it is all there is.
    const isWorth = !isCut || (seen.count === 0 && row.some((outcome) => outcome !== undefined))
    if (isWorth) seen.add(row)
    row = []
  }

  const jobs = {
    count: wanted * width,
    job(place: number) {
      const { scenario } = candidates[place % width]!
      const number = Math.floor(place / width) + 1
      return { file, scenario: replications === undefined ? scenario : replication(scenario, number) }
    },
    onResult,
  }
  await runJobs(jobs, asked, progress, threads)
  return seen.count === 0 ? undefined : seen.result(isCut)
}
