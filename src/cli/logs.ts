/** The access logs that a scenario replays: looked at before the run, so that what is no log is refused. */

import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { remarks } from '../scenario/access-log/complaints.ts'
import { AS_RECORDED, logOptionsOf } from '../scenario/access-log/log-options.ts'
import { logReader } from '../scenario/access-log/log-reader.ts'
import { describe, type Problem } from '../scenario/problem.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { fileProblem, reasonOf } from './file-problem.ts'
import { type LogFile, logFile } from './log-file.ts'

/** So much of a log must hold at least one line that is understood. */
const LOOK = 1024 * 1024

/**
 * What stands in the way of replaying the scenario's logs; file names are relative to its own.
 * @param text of the scenario, to point into
 */
export function logProblems(scenario: Scenario, scenarioFile: string, text: string): Problem[] {
  return scenario.clients.flatMap(({ id, arrivals }) => {
    if (arrivals.policy !== 'log') return []
    const file = String(arrivals.params.file)
    const about = (message: string): Problem => ({
      ...fileProblem(scenarioFile, `"${file}": ${message}`),
      ...positionOf(file, text),
      path: `clients.${id}.arrivals.log.file`,
    })
    const why = reasonNotToRead(placeOf(file, scenarioFile))
    return why === undefined ? [] : [about(why)]
  })
}

/** Opens the logs of a scenario that has no log problems, by population. */
export function openLogs(scenario: Scenario, scenarioFile: string): Map<string, LogFile> {
  const logs = new Map<string, LogFile>()
  for (const { id, arrivals } of scenario.clients) {
    if (arrivals.policy !== 'log') continue
    const place = placeOf(String(arrivals.params.file), scenarioFile)
    logs.set(id, logFile(place, logOptionsOf(arrivals.params, scenario.seed)))
  }
  return logs
}

/** What was odd in the logs, as far as they were read; a line each. */
export function logRemarks(logs: ReadonlyMap<string, LogFile>): string[] {
  const lines = [...logs.values()].flatMap((log) =>
    remarks(log.complaints, log.path).map((remark) => describe(remark)),
  )
  return [...new Set(lines)]
}

/** Where the scenario names the log; 0 when a flag did. */
function positionOf(file: string, text: string): { line: number; column: number } {
  const named = new RegExp(`\\bfile:\\s*["']?(?=${file.replace(/[^\w\s]/g, '\\$&')})`).exec(text)
  if (named === null) return { line: 0, column: 0 }
  const before = text.slice(0, named.index + named[0].length).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

function placeOf(file: string, scenarioFile: string): string {
  const place = resolve(dirname(scenarioFile), file)
  const here = `${process.cwd()}/`
  return place.startsWith(here) ? place.slice(here.length) : place
}

/** Why a file cannot be an access log; undefined when it can. */
export function reasonNotToRead(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return 'is not a regular file.'
    const start = beginning(path)
    if (start[0] === 0x1f && start[1] === 0x8b) return 'is compressed; unpack it with gunzip first.'
    let records = 0
    const reader = logReader(AS_RECORDED, () => records++)
    reader.push(start)
    reader.end()
    const [first] = remarks(reader.complaints, path)
    if (records > 0 || first === undefined) return undefined
    return `is not an access log in common or combined format; ${first.line > 0 ? `line ${first.line} ` : ''}${first.message}.`
  } catch (error) {
    return reasonOf(error)
  }
}

function beginning(path: string): Uint8Array {
  const bytes = new Uint8Array(LOOK)
  const fd = openSync(path, 'r')
  try {
    return bytes.subarray(0, readSync(fd, bytes, 0, LOOK, 0))
  } finally {
    closeSync(fd)
  }
}
