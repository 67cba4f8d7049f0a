/** Reads a scenario's text: whatever the path names, the answer is text or a problem, and soon. */

import { readFileSync, statSync } from 'node:fs'
import type { Problem } from '../scenario/problem.ts'
import { fileProblem, reasonOf } from './file-problem.ts'

/** Bytes; a scenario of a thousand replicas has about 50,000. */
const LARGEST = 4 * 1024 * 1024

export function readText(path: string): { readonly text: string } | { readonly problem: Problem } {
  const refuse = (message: string, hint = '') => ({ problem: fileProblem(path, message, hint) })
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) return refuse('is a directory.', 'Name the scenario file in it.')
    if (!stat.isFile()) return refuse('is not a regular file.')
    if (stat.size > LARGEST) return refuse(`has ${stat.size} bytes; a scenario has at most ${LARGEST}.`)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return text.includes('\0') ? refuse('is a binary file, not a scenario.') : { text }
  } catch (error) {
    return error instanceof TypeError ? refuse('is not text in UTF-8.') : refuse(reasonOf(error))
  }
}
