/** One run as a job for whichever thread takes it: plain data in, plain data out. */

import type { Report } from '../measure/report.ts'
import { type Births, birthsProbe } from '../run/compare/births.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { drive } from './drive.ts'
import type { Interruption } from './interruption.ts'
import { logRemarks, openLogs } from './logs.ts'
import type { Progress } from './progress.ts'

export interface Job {
  readonly scenario: Scenario
  /** Where it stands: its logs are looked for beside it. */
  readonly file: string
}

export interface JobResult {
  readonly report: Report
  readonly births: Births
  /** What was odd in the logs; a line each. */
  readonly remarks: readonly string[]
}

/** @returns undefined when Ctrl-C came before the run; a partial report when it came before the end */
export async function runJob(
  { scenario, file }: Job,
  asked: Interruption,
  progress: Progress,
): Promise<JobResult | undefined> {
  const logs = openLogs(scenario, file)
  const probe = birthsProbe()
  try {
    const report = await drive(scenario, logs, asked, progress, { probes: [probe] })
    return report && { report, births: probe.births(), remarks: logRemarks(logs) }
  } finally {
    for (const log of logs.values()) log.close()
  }
}
