/**
 * The access logs that a scenario replays: looked at before the run, so that what is no log is refused.
 *
 * A log lies where the scenario says, seen from its file. One that is named without a folder may also lie
 * where the command is run or, as logs that are not ours to ship do, in `shared/data` beside the checkout.
 */

import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
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
    const place = placeOf(file, scenarioFile)
    if (place === undefined) return [about(missing(file, scenarioFile))]
    const why = reasonNotToRead(place)
    return why === undefined ? [] : [about(why)]
  })
}

/** Opens the logs of a scenario that has no log problems, by population. */
export function openLogs(scenario: Scenario, scenarioFile: string): Map<string, LogFile> {
  const logs = new Map<string, LogFile>()
  for (const { id, arrivals } of scenario.clients) {
    if (arrivals.policy !== 'log') continue
    const place = placeOf(String(arrivals.params.file), scenarioFile)!
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

/** The first place where something is; undefined when there is nothing anywhere. */
function placeOf(file: string, scenarioFile: string): string | undefined {
  return placesFor(file, scenarioFile).find((place) => existsSync(place))
}

function missing(file: string, scenarioFile: string): string {
  const [first, ...others] = placesFor(file, scenarioFile)
  if (others.length === 0) return 'there is no such file.'
  return `there is no such file; looked for ${[first, ...others].join(', ')}. Put it there, or name another log: arrivals.log.file`
}

function placesFor(file: string, scenarioFile: string): string[] {
  const beside = dirname(resolve(scenarioFile))
  const folders = /[\\/]/.test(file)
    ? [beside]
    : [beside, process.cwd(), resolve(beside, '../../shared/data')]
  return [...new Set(folders)].map((folder) => shortened(resolve(folder, file)))
}

/** As one would write it here, where that is shorter. */
function shortened(place: string): string {
  const here = relative(process.cwd(), place)
  return here !== '' && here.length < place.length ? here : place
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
