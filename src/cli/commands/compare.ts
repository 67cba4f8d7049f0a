/** `evenkeel compare`: variants of a scenario side by side, and which of their differences are real. */

import type { Command } from 'commander'
import type { Comparison } from '../../run/compare/result.ts'
import { addComparison } from '../compare-csv.ts'
import {
  type CompareOptions,
  confidenceLevel,
  figureNames,
  readComparing,
  varyText,
} from '../compare-options.ts'
import { compared } from '../compared.ts'
import { type CsvFolder, openFolder } from '../csv.ts'
import { BAD_INPUT, BROKE, DONE, INTERRUPTED } from '../exit-status.ts'
import { listenForInterruption } from '../interruption.ts'
import { prettyJson } from '../json.ts'
import { addChanges, addTalk, addThreads, replicationCount } from '../options.ts'
import { progressBar } from '../progress.ts'
import { comparisonPage } from '../render/compare.ts'
import { type Terminal, type TerminalOptions, terminal } from '../terminal.ts'

interface Options extends CompareOptions, TerminalOptions {
  readonly json?: boolean
  readonly csv?: string
  readonly replications?: number
  readonly confidence: number
  readonly threads?: number
}

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .summary('run variants of a scenario on the same requests, side by side')
    .description(
      'Runs the scenario as written and each of its variants (or each value given by --vary) with the same seed, so that they face the same requests and faults. With --replications it says which differences are real and which may be luck.',
    )
    .argument('<scenario>', 'scenario file')
    .option('--vary <path=a,b,c>', 'a variant for each value; of several, for each combination', varyText)
    .option('--replications <n>', 'run each n times; paired differences with intervals', replicationCount)
    .option('--baseline <name>', 'the variant that the others are held against; the first when left out')
    .option('--figures <names>', 'what to compare, e.g. latency.p99,availability', figureNames)
    .option('--confidence <share>', 'how sure is sure, e.g. 99%', confidenceLevel, 0.95)
    .option('--json', 'the comparison as JSON')
    .option('--csv <dir>', 'write runs.csv and differences.csv to this folder')
  addTalk(addThreads(addChanges(command))).action(async (file: string, options: Options) => {
    process.exitCode = await compare(file, options)
  })
}

async function compare(file: string, options: Options): Promise<number> {
  const asked = listenForInterruption()
  const screen = terminal(options)
  const { comparing, problems } = readComparing(file, options)
  const tables = problems.length === 0 && options.csv ? openFolder(options.csv) : {}
  if (tables.problem) problems.push(tables.problem)
  if (!comparing || problems.length > 0) {
    screen.complain(problems)
    return BAD_INPUT
  }
  const { replications, confidence, threads, quiet } = options
  const progress = progressBar(comparing.candidates[0]!.scenario.name, !quiet)
  const how = { file, replications, confidence, threads, onRemarks: onlyOnce(screen) }
  const result = await compared(comparing, how, asked, progress)
  if (result) {
    if (tables.folder) writeTables(tables.folder, result)
    screen.print(options.json ? prettyJson(result) : comparisonPage(result, screen.style, screen.width))
  }
  if (asked.isAsked) return INTERRUPTED
  return result && holds(result) ? DONE : BROKE
}

function writeTables(folder: CsvFolder, result: Comparison): void {
  try {
    addComparison(folder, result)
    folder.commit()
  } catch (error) {
    folder.abort()
    throw error
  }
}

function onlyOnce(screen: Terminal): (remarks: readonly string[]) => void {
  const told = new Set<string>()
  return (remarks) => {
    screen.remark(remarks.filter((remark) => !told.has(remark)))
    for (const remark of remarks) told.add(remark)
  }
}

function holds({ variants }: Comparison): boolean {
  return variants.every(({ expectations }) => expectations.every((each) => each.holds))
}
