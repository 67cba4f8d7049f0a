/** The files that `verify` is given: folders of rows and of recordings, with everything that is wrong with them. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readRecording } from '../run/verify/proxies/read-recording.ts'
import type { Recording } from '../run/verify/proxies/recording.ts'
import { readRows } from '../run/verify/read-rows.ts'
import type { RowFile } from '../run/verify/row.ts'
import type { Problem } from '../scenario/problem.ts'
import { fileProblem, reasonOf } from './file-problem.ts'

/** @param problems what is wrong is added here */
export function rowsIn(path: string, problems: Problem[]): readonly RowFile[] {
  return textsIn(path, problems).map(({ file, text }) => {
    const reading = readRows(file, text)
    problems.push(...reading.problems)
    return { ...reading.file, name: basename(file) }
  })
}

/** @param problems what is wrong is added here */
export function recordingsIn(path: string, problems: Problem[]): readonly Recording[] {
  return textsIn(path, problems).flatMap(({ file, text }) => {
    const reading = readRecording(file, text)
    problems.push(...reading.problems)
    return reading.recording ? [{ ...reading.recording, name: basename(file) }] : []
  })
}

/** The .json files in a folder, or the file itself. */
function textsIn(
  path: string,
  problems: Problem[],
): readonly { readonly file: string; readonly text: string }[] {
  return filesIn(path, problems).flatMap((file) => {
    try {
      return [{ file, text: readFileSync(file, 'utf8') }]
    } catch (error) {
      problems.push(fileProblem(file, reasonOf(error)))
      return []
    }
  })
}

function filesIn(path: string, problems: Problem[]): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const names = readdirSync(path).filter((name) => name.endsWith('.json'))
    if (names.length === 0) problems.push(fileProblem(path, 'there is no .json file in this folder.'))
    return names.sort().map((name) => join(path, name))
  } catch (error) {
    problems.push(fileProblem(path, reasonOf(error)))
    return []
  }
}
