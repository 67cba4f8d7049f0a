/** `evenkeel run`: runs scenarios and says what was measured. */

import type { Command } from 'commander'
import type { Report } from '../../measure/report.ts'
import type { ReplicationsReport } from '../../run/replicate.ts'
import { type CsvFolder, openFolder } from '../csv.ts'
import { BAD_INPUT, BROKE, DONE, INTERRUPTED } from '../exit-status.ts'
import { type Interruption, listenForInterruption } from '../interruption.ts'
import { runJob } from '../job.ts'
import { prettyJson } from '../json.ts'
import { type Loaded, load } from '../load.ts'
import { addChanges, addTalk, addThreads, type Changes, replicationCount } from '../options.ts'
import { progressBar } from '../progress.ts'
import { replicationsSummary } from '../render/replications.ts'
import { summary } from '../render/summary.ts'
import { replicated } from '../replicated.ts'
import { addReport } from '../report-csv.ts'
import { type Terminal, type TerminalOptions, terminal } from '../terminal.ts'

interface Options extends Changes, TerminalOptions {
  readonly json?: boolean
  readonly csv?: string
  readonly replications?: number
  readonly threads?: number
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .summary('run scenarios and say what was measured')
    .argument('<scenario...>', 'scenario files')
    .option('--json', 'the report as JSON; of several scenarios an array')
    .option('--csv <dir>', 'write requests.csv, replicas.csv and series.csv to this folder')
    .option(
      '--replications <n>',
      'run n times with seeds of their own; means with intervals',
      replicationCount,
    )
  addTalk(addThreads(addChanges(command))).action(async (files: string[], options: Options) => {
    process.exitCode = await run(files, options)
  })
}

async function run(files: readonly string[], options: Options): Promise<number> {
  const asked = listenForInterruption()
  const screen = terminal(options)
  const { loaded, problems } = load(files, options)
  const tables = problems.length === 0 && options.csv ? openFolder(options.csv) : {}
  if (tables.problem) problems.push(tables.problem)
  if (problems.length > 0) {
    screen.complain(problems)
    return BAD_INPUT
  }
  const results = await runAll(loaded, options, asked, screen, tables.folder)
  if (options.json && results.length > 0) screen.print(prettyJson(files.length === 1 ? results[0] : results))
  return statusOf(results, asked)
}

type Result = Report | ReplicationsReport

/** Prints each page as soon as it is known. */
async function runAll(
  scenarios: readonly Loaded[],
  options: Options,
  asked: Interruption,
  screen: Terminal,
  folder: CsvFolder | undefined,
): Promise<Result[]> {
  const results: Result[] = []
  try {
    for (const each of scenarios) {
      const result = asked.isAsked ? undefined : await runOne(each, options, asked, screen, folder)
      if (result === undefined) break
      results.push(result)
      if (!options.json) screen.print((results.length > 1 ? '\n' : '') + page(result, screen))
    }
    folder?.commit()
  } catch (error) {
    folder?.abort()
    throw error
  }
  return results
}

async function runOne(
  { file, scenario }: Loaded,
  { replications, threads, quiet }: Options,
  asked: Interruption,
  screen: Terminal,
  folder: CsvFolder | undefined,
): Promise<Result | undefined> {
  const told = new Set<string>()
  const onRemarks = (remarks: readonly string[]) => {
    screen.remark(remarks.filter((remark) => !told.has(remark)))
    for (const remark of remarks) told.add(remark)
  }
  const onReport = (report: Report) => {
    if (folder) addReport(folder, report)
  }
  const progress = progressBar(scenario.name, !quiet)
  const job = { scenario, file }
  if (replications !== undefined) {
    return replicated(job, { wanted: replications, threads, onReport, onRemarks }, asked, progress)
  }
  const result = await runJob(job, asked, progress)
  if (result === undefined) return undefined
  onRemarks(result.remarks)
  onReport(result.report)
  return result.report
}

function page(result: Result, { style, width }: Terminal): string {
  return result.format === 'evenkeel-report/1'
    ? summary(result, style, width)
    : replicationsSummary(result, style)
}

function statusOf(results: readonly Result[], asked: Interruption): number {
  if (asked.isAsked) return INTERRUPTED
  return results.every(({ expectations }) => expectations.every(({ holds }) => holds)) ? DONE : BROKE
}
