/** Runs a scenario to its end, coming up for air: so the bar moves and Ctrl-C is heard. */

import type { Report } from '../measure/report.ts'
import { type SimulateOptions, start } from '../run/simulate.ts'
import { lastsAsItsLogs } from '../scenario/access-log/log-options.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { Interruption } from './interruption.ts'
import type { LogFile } from './log-file.ts'
import type { Progress } from './progress.ts'

/** Milliseconds of work between two breaths. */
export const SLICE = 50

/**
 * @param logs of the scenario; left open
 * @param watching reads every fact, or what caches are asked for, besides the standard measures
 * @returns the report, partial when Ctrl-C came before the end; undefined when it came before the run
 */
export async function drive(
  scenario: Scenario,
  logs: ReadonlyMap<string, LogFile>,
  asked: Interruption,
  progress: Progress,
  watching: Pick<SimulateOptions, 'probes' | 'onLookUp'> = {},
): Promise<Report | undefined> {
  if (lastsAsItsLogs(scenario)) {
    for (const log of logs.values()) {
      while (!log.scan(SLICE)) {
        if (asked.isAsked) return undefined
        await breath()
      }
    }
  }
  const run = start(scenario, { logs, ...watching })
  while (!run.advance(SLICE) && !asked.isAsked) {
    progress.show(run.progress())
    await breath()
  }
  progress.clear()
  return run.report()
}

/** Lets whatever else waits have its turn. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
