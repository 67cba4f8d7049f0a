/** `evenkeel verify`: runs rows of reference values and says which hold. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { builtInRows } from '../../run/verify/built-in-rows.ts'
import { readRows } from '../../run/verify/read-rows.ts'
import type { Row, RowFile } from '../../run/verify/row.ts'
import { FULL_BUDGET, QUICK_BUDGET, type Step, type Verification, verify } from '../../run/verify/verify.ts'
import type { Problem } from '../../scenario/problem.ts'
import { BAD_INPUT, BROKE, DONE } from '../exit-status.ts'
import { fileProblem, reasonOf } from '../file-problem.ts'
import { prettyJson } from '../json.ts'
import { addTalk } from '../options.ts'
import { progressBar } from '../progress.ts'
import { type Terminal, type TerminalOptions, terminal } from '../terminal.ts'
import { jsonOf, linesOf, passes, summaryOf } from '../verify-table.ts'

interface Options extends TerminalOptions {
  readonly theory?: string
  readonly proxies?: string
  readonly only?: string
  readonly quick?: boolean
  readonly json?: boolean
  readonly seed: string
  readonly requests?: number
}

const MOST_REQUESTS = 1e9

export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .summary('check the simulator against theory')
    .description(
      'Runs rows of reference values (queueing theory, balancing, statistics) and says which hold; without a folder, the rows that come with it.',
    )
    .option('--theory <dir>', 'run the rows of this file, or of all .json files in this folder')
    .option('--proxies <dir>', 'play the recordings of real proxies in this folder')
    .option('--only <pattern>', 'only rows whose file, id, model or quantity contains or matches this')
    .option('--quick', 'only rows that a short run can decide')
    .option('--requests <n>', 'the most requests to spend on one run', requestCount)
    .option('--seed <seed>', 'other random numbers: a whole number or a name', '1')
    .option('--json', 'one JSON object')
  addTalk(command).action((options: Options) => {
    process.exitCode = run(options)
  })
}

function run(options: Options): number {
  const { theory, proxies, quick = false, seed } = options
  const screen = terminal(options)
  const problems: Problem[] = []
  const files = theory === undefined ? [] : readFolder(theory, problems)
  const recordings = proxies === undefined ? [] : listFolder(proxies, problems)
  if (problems.length > 0) {
    screen.complain(problems)
    return BAD_INPUT
  }
  const isBuiltIn = theory === undefined && proxies === undefined
  const budget = options.requests ?? (quick ? QUICK_BUDGET : FULL_BUDGET)
  const steps = verify(isBuiltIn ? builtInRows() : files, {
    seed,
    quick,
    budget,
    wants: wanted(options.only),
  })
  const found = follow(steps, screen, options)
  const because = 'recordings are not played yet'
  const notRun = [
    ...found.notRun,
    ...recordings.map((name) => ({ model: basename(name), count: 1, because })),
  ]
  const result = { ...found, notRun }
  screen.print(options.json ? prettyJson(jsonOf(result)) : summaryOf(result, screen.style))
  return passes(result) ? DONE : BROKE
}

/** Prints what is known as soon as it is known. */
function follow(
  steps: Generator<Step, Verification>,
  { print, style }: Terminal,
  { json, quiet }: Options,
): Verification {
  const bar = progressBar('verify', !quiet && (json === true || !process.stdout.isTTY))
  for (;;) {
    const step = steps.next()
    if (step.done) {
      bar.clear()
      return step.value
    }
    if (!json) print(linesOf(step.value.results, style))
    bar.show(step.value.share)
  }
}

/** For commander. */
function requestCount(text: string): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_REQUESTS) return count
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_REQUESTS}.`)
}

/** A pattern is both: a part of the text, and a regular expression where it is one. */
function wanted(pattern: string | undefined): (row: Row, file: string) => boolean {
  if (pattern === undefined) return () => true
  let expression: RegExp | undefined
  try {
    expression = new RegExp(pattern, 'i')
  } catch {
    expression = undefined
  }
  const part = pattern.toLowerCase()
  return ({ id, model, quantity }, file) =>
    [file, id, model, quantity].some((text) => text.toLowerCase().includes(part) || expression?.test(text))
}

function readFolder(path: string, problems: Problem[]): RowFile[] {
  return listFolder(path, problems).flatMap((file) => {
    try {
      const reading = readRows(file, readFileSync(file, 'utf8'))
      problems.push(...reading.problems)
      return [{ ...reading.file, name: basename(file) }]
    } catch (error) {
      problems.push(fileProblem(file, reasonOf(error)))
      return []
    }
  })
}

/** The .json files in a folder, or the file itself. */
function listFolder(path: string, problems: Problem[]): string[] {
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
