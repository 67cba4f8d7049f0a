/** `evenkeel explain`: the way of one request, with the reason for each choice of a replica. */

import { type Command, InvalidArgumentError } from 'commander'
import { explainRequest, failedRequest } from '../../run/explain/explain.ts'
import type { Story } from '../../run/explain/story.ts'
import { openSession, replayOf, type Session, work } from '../../run/session.ts'
import { lastsAsItsLogs } from '../../scenario/access-log/log-options.ts'
import { breath, SLICE } from '../drive.ts'
import { BAD_INPUT, DONE, INTERRUPTED } from '../exit-status.ts'
import { fileProblem } from '../file-problem.ts'
import { type Interruption, listenForInterruption } from '../interruption.ts'
import { prettyJson } from '../json.ts'
import { load } from '../load.ts'
import type { LogFile } from '../log-file.ts'
import { logRemarks, openLogs } from '../logs.ts'
import { addChanges, addTalk, type Changes } from '../options.ts'
import { type Progress, progressBar } from '../progress.ts'
import { storyPage } from '../render/story.ts'
import { type TerminalOptions, terminal } from '../terminal.ts'

interface Options extends Changes, TerminalOptions {
  readonly request?: number
  readonly failed?: number
  readonly json?: boolean
}

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary('say what became of one request, and why')
    .argument('<scenario>', 'scenario file')
    .option('--request <n>', 'the request’s number, from 0 in order of birth', number(0))
    .option('--failed <n>', 'the n-th request that failed, from 1; without --request the first', number(1))
    .option('--json', 'the story as JSON')
  addTalk(addChanges(command)).action(async (file: string, options: Options) => {
    process.exitCode = await explain(file, options)
  })
}

async function explain(file: string, options: Options): Promise<number> {
  const screen = terminal(options)
  const { loaded, problems } = load([file], options)
  const [first] = loaded
  if (!first || problems.length > 0) {
    screen.complain(problems)
    return BAD_INPUT
  }
  const asked = listenForInterruption()
  const { scenario } = first
  const logs = openLogs(scenario, file)
  try {
    const progress = progressBar(scenario.name, !options.quiet)
    // A scenario that lasts as long as its log needs to know the log's end before it begins.
    if (lastsAsItsLogs(scenario) && !(await scanAll(logs, asked))) return INTERRUPTED
    const session = openSession(scenario, { logs })
    if (!(await compute(session, progress, asked))) return INTERRUPTED
    screen.remark(logRemarks(logs))
    const story = storyWanted(session, options)
    if (typeof story === 'string') {
      screen.complain([fileProblem(file, story)])
      return BAD_INPUT
    }
    const names = scenario.tiers.flatMap((tier) => tier.replicas.map(({ id }) => id))
    const tiers = scenario.tiers.map(({ id }) => id)
    screen.print(
      options.json ? prettyJson(story) : storyPage(story, names, tiers, screen.style, screen.width),
    )
    return DONE
  } finally {
    for (const log of logs.values()) log.close()
  }
}

/** @returns false when it was interrupted */
async function scanAll(logs: ReadonlyMap<string, LogFile>, asked: Interruption): Promise<boolean> {
  for (const log of logs.values()) while (!asked.isAsked && !log.scan(SLICE)) await breath()
  return !asked.isAsked
}

/** @returns false when it was interrupted */
async function compute(session: Session, progress: Progress, asked: Interruption): Promise<boolean> {
  const { run } = session
  while (!asked.isAsked && !work(session, SLICE)) {
    progress.show(run.cluster.now / run.end)
    await breath()
  }
  progress.clear()
  return !asked.isAsked
}

/** The story that was asked for, or why there is none. */
function storyWanted(session: Session, { request, failed }: Options): Story | string {
  const replay = replayOf(session, { consume: () => undefined })
  const wanted = request ?? failedRequest(session, replay, failed ?? 1)
  const { born } = session.run.cluster.requests
  if (wanted === undefined)
    return failed === undefined
      ? 'no request failed; say which one: --request 12'
      : `fewer than ${failed} requests failed`
  return (
    explainRequest(session, replay, wanted) ??
    `there is no request ${wanted}; the run has ${born}, numbered from 0`
  )
}

function number(least: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,15}$/.test(text) && Number(text) >= least) return Number(text)
    throw new InvalidArgumentError(`It must be a whole number from ${least}.`)
  }
}
