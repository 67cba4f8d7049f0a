/** Runs all replications of a scenario, or as many as Ctrl-C leaves time for. */

import type { Report } from '../measure/report.ts'
import { type ReplicationsReport, replication, replications } from '../run/replicate.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Interruption } from './interruption.ts'
import type { Progress } from './progress.ts'

/**
 * @param run one replication; the share it reports is of itself
 * @param onReport called with each that ended (of the first, also when it was cut short: it is all there is)
 * @returns undefined when there was no time for any
 */
export async function replicated(
  scenario: Scenario,
  wanted: number,
  run: (scenario: Scenario, progress: Progress) => Promise<Report | undefined>,
  asked: Interruption,
  progress: Progress,
  onReport: (report: Report) => void,
): Promise<ReplicationsReport | undefined> {
  const seen = replications(scenario)
  let isCut = false
  for (let i = 0; i < wanted && !asked.isAsked; i++) {
    const part: Progress = { show: (share) => progress.show((i + share) / wanted), clear() {} }
    const report = await run(replication(scenario, i + 1), part)
    if (report === undefined || (report.partial && seen.count > 0)) break
    isCut = report.partial
    seen.add(report)
    onReport(report)
  }
  progress.clear()
  return seen.count === 0 ? undefined : seen.report(isCut || seen.count < wanted)
}
