/** Runs all replications of a scenario, or as many as Ctrl-C leaves time for. */

import type { Report } from '../measure/report.ts'
import { type ReplicationsReport, replication, replications } from '../run/replicate.ts'
import type { Interruption } from './interruption.ts'
import type { Job } from './job.ts'
import { runJobs } from './pool/pool.ts'
import type { Progress } from './progress.ts'

export interface Replicating {
  readonly wanted: number
  /** How many run at once; all cores when left out. */
  readonly threads?: number | undefined
  /** Called with each that ended (of the first, also when it was cut short: it is all there is), in order. */
  onReport(report: Report): void
  /** What was odd in the logs. */
  onRemarks(remarks: readonly string[]): void
}

/** @returns undefined when there was no time for any */
export async function replicated(
  { scenario, file }: Job,
  { wanted, threads, onReport, onRemarks }: Replicating,
  asked: Interruption,
  progress: Progress,
): Promise<ReplicationsReport | undefined> {
  const seen = replications(scenario)
  let isCut = false
  const jobs = {
    count: wanted,
    job: (place: number) => ({ scenario: replication(scenario, place + 1), file }),
    onResult(_place: number, result: { report: Report; remarks: readonly string[] } | undefined) {
      if (isCut) return
      isCut = result === undefined || result.report.partial
      if (result === undefined || (isCut && seen.count > 0)) return
      seen.add(result.report)
      onReport(result.report)
      onRemarks(result.remarks)
    },
  }
  await runJobs(jobs, asked, progress, threads)
  return seen.count === 0 ? undefined : seen.report(isCut)
}
