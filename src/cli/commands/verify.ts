/** `evenkeel verify`: runs rows of reference values and recordings of real proxies, and says which hold. */

import { type Command, InvalidArgumentError } from 'commander'
import { builtInRows } from '../../run/verify/built-in-rows.ts'
import { builtInRecordings } from '../../run/verify/proxies/built-in-recordings.ts'
import { type PlayedFile, play } from '../../run/verify/proxies/play.ts'
import { FULL_BUDGET, QUICK_BUDGET, type Step, type Verification, verify } from '../../run/verify/verify.ts'
import type { Problem } from '../../scenario/problem.ts'
import { BAD_INPUT, BROKE, DONE } from '../exit-status.ts'
import { fileProblem } from '../file-problem.ts'
import { prettyJson } from '../json.ts'
import { addTalk } from '../options.ts'
import { progressBar } from '../progress.ts'
import { fileLines } from '../recordings-table.ts'
import { type Terminal, type TerminalOptions, terminal } from '../terminal.ts'
import { recordingsIn, rowsIn } from '../verify-input.ts'
import { isEmpty, jsonOf, linesOf, passes, summaryOf } from '../verify-table.ts'

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
    .summary('check the simulator against theory and real proxies')
    .description(
      'Runs rows of reference values (queueing theory, balancing, statistics) and plays recordings of nginx, HAProxy and Varnish, and says which hold; without a folder, those that come with it.',
    )
    .option('--theory <dir>', 'run the rows of this file, or of all .json files in this folder')
    .option('--proxies <dir>', 'play this recording of a real proxy, or all .json files in this folder')
    .option(
      '--only <pattern>',
      'only what has this in its file, name, model, quantity or system, or matches it',
    )
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
  const isBuiltIn = theory === undefined && proxies === undefined
  const files = isBuiltIn ? builtInRows() : theory === undefined ? [] : rowsIn(theory, problems)
  const recordings = isBuiltIn
    ? builtInRecordings()
    : proxies === undefined
      ? []
      : recordingsIn(proxies, problems)
  if (problems.length > 0) {
    screen.complain(problems)
    return BAD_INPUT
  }
  const wants = wanted(options.only)
  const played: PlayedFile[] = []
  for (const file of play(recordings, { seed, wants })) {
    played.push(file)
    if (!options.json) screen.print(fileLines(file, screen.style))
  }
  const budget = options.requests ?? (quick ? QUICK_BUDGET : FULL_BUDGET)
  const steps = verify(files, {
    seed,
    quick,
    budget,
    wants: ({ id, model, quantity }, file) => wants([file, id, model, quantity]),
  })
  const result = { theory: files.length > 0 ? follow(steps, screen, options) : undefined, played }
  screen.print(options.json ? prettyJson(jsonOf(result)) : summaryOf(result, screen.style))
  if (options.only !== undefined && isEmpty(result)) {
    screen.complain([fileProblem(`--only ${options.only}`, 'no row or recording has this in its name.')])
    return BAD_INPUT
  }
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
function wanted(pattern: string | undefined): (texts: readonly string[]) => boolean {
  if (pattern === undefined) return () => true
  let expression: RegExp | undefined
  try {
    expression = new RegExp(pattern, 'i')
  } catch {
    expression = undefined
  }
  const part = pattern.toLowerCase()
  return (texts) => texts.some((text) => text.toLowerCase().includes(part) || expression?.test(text))
}
