/** `evenkeel verify`: runs rows of reference values and says which hold. */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { builtInRows } from '../../run/verify/built-in-rows.ts'
import { readRows } from '../../run/verify/read-rows.ts'
import type { Row, RowFile } from '../../run/verify/row.ts'
import { FULL_BUDGET, QUICK_BUDGET, type Step, type Verification, verify } from '../../run/verify/verify.ts'
import { jsonOf, linesOf, passes, summaryOf } from '../verify-table.ts'

interface Flags {
  readonly theory?: string
  readonly proxies?: string
  readonly only?: string
  readonly quick?: boolean
  readonly json?: boolean
  readonly seed: string
  readonly requests?: string
}

const EXIT_FAILED = 1
const EXIT_USAGE = 2
const MOST_REQUESTS = 1e9

export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary('check the simulator against theory')
    .description(
      'Runs rows of reference values (queueing theory, statistics) through the simulator and says which hold.\n' +
        'Without a folder: the rows that come with it.',
    )
    .option('--theory <dir>', 'run the rows of this file, or of all .json files of this folder')
    .option('--proxies <dir>', 'play the recordings of real proxies in this folder')
    .option('--only <pattern>', 'only rows whose file, id, model or quantity contains or matches this')
    .option('--quick', 'only rows that a short run can decide')
    .option('--requests <n>', 'the most requests to spend on one run')
    .option('--seed <seed>', 'another seed, for other random numbers', '1')
    .option('--json', 'the result as JSON')
    .action((flags: Flags) => {
      process.exitCode = run(flags)
    })
}

function run(flags: Flags): number {
  const problems: string[] = []
  const budget = budgetFrom(flags, problems)
  const files = flags.theory === undefined ? [] : readFolder(flags.theory, problems)
  const recordings = flags.proxies === undefined ? [] : listFolder(flags.proxies, problems)
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\n`)
    return EXIT_USAGE
  }
  const isBuiltIn = flags.theory === undefined && flags.proxies === undefined
  const options = { seed: flags.seed, quick: flags.quick === true, budget, wants: wanted(flags.only) }
  const steps = verify(isBuiltIn ? builtInRows() : files, options)
  const found = follow(steps, flags.json === true)
  const result = {
    ...found,
    notRun: [
      ...found.notRun,
      ...recordings.map((name) => ({ model: name, count: 1, because: 'recordings are not played yet' })),
    ],
  }
  process.stdout.write(flags.json ? `${JSON.stringify(jsonOf(result), null, 2)}\n` : summaryOf(result))
  return passes(result) ? 0 : EXIT_FAILED
}

/** Prints what is known as soon as it is known. */
function follow(steps: Generator<Step, Verification>, isJson: boolean): Verification {
  const isWatched = process.stderr.isTTY && !process.stdout.isTTY
  for (;;) {
    const step = steps.next()
    if (step.done) {
      if (isWatched) process.stderr.write('\r\x1b[K')
      return step.value
    }
    if (!isJson) process.stdout.write(linesOf(step.value.results))
    if (isWatched) process.stderr.write(`\r${Math.round(step.value.share * 100)} %`)
  }
}

function budgetFrom({ requests, quick }: Flags, problems: string[]): number {
  if (requests === undefined) return quick ? QUICK_BUDGET : FULL_BUDGET
  const budget = Number(requests)
  if (Number.isInteger(budget) && budget >= 1 && budget <= MOST_REQUESTS) return budget
  problems.push(`--requests: "${requests}" must be a whole number from 1 to ${MOST_REQUESTS}`)
  return FULL_BUDGET
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

function readFolder(path: string, problems: string[]): RowFile[] {
  return listFolder(path, problems).flatMap((name) => {
    const file = isFolder(path) ? join(path, name) : path
    const reading = readRows(name, readFileSync(file, 'utf8'))
    problems.push(...reading.problems.map((problem) => `${file}: ${problem}`))
    return [reading.file]
  })
}

/** The names of the .json files in a folder, or of the file itself. */
function listFolder(path: string, problems: string[]): string[] {
  try {
    if (!isFolder(path)) return [basename(path)]
    const names = readdirSync(path).filter((name) => name.endsWith('.json'))
    if (names.length === 0) problems.push(`${path}: there is no .json file in this folder`)
    return names.sort()
  } catch (error) {
    problems.push(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`)
    return []
  }
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory()
}
