/** `evenkeel mrc`: the miss-ratio curve of a tier's caches, for the very requests that a scenario brings them. */

import type { Command } from 'commander'
import { usualCapacities } from '../../run/mrc/capacities.ts'
import { independentKeys } from '../../run/mrc/independent.ts'
import { missRatios } from '../../run/mrc/mrc.ts'
import {
  addRequest,
  countFrom,
  MOST_REQUESTS,
  type NodeTraffic,
  nodeTraffic,
  objectsOf,
} from '../../run/mrc/traffic.ts'
import { type Capacities, capacitiesOf, type Policies, policiesOf, tierOf } from '../../run/mrc/wanted.ts'
import { AS_RECORDED } from '../../scenario/access-log/log-options.ts'
import type { LogRecord } from '../../scenario/access-log/log-source.ts'
import type { Problem } from '../../scenario/problem.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { openFolder } from '../csv.ts'
import { breath, drive, SLICE } from '../drive.ts'
import { BAD_INPUT, DONE, INTERRUPTED } from '../exit-status.ts'
import { fileProblem } from '../file-problem.ts'
import { type Interruption, listenForInterruption } from '../interruption.ts'
import { prettyJson } from '../json.ts'
import { load } from '../load.ts'
import { logFile } from '../log-file.ts'
import { logRemarks, openLogs, reasonNotToRead } from '../logs.ts'
import { addCurves, type CurvesReport } from '../mrc-csv.ts'
import { type MrcOptions, sourceProblems } from '../mrc-options.ts'
import { addChanges, addTalk } from '../options.ts'
import { type Progress, progressBar } from '../progress.ts'
import { curvesPage } from '../render/mrc.ts'
import { type Terminal, type TerminalOptions, terminal } from '../terminal.ts'

interface Options extends MrcOptions, TerminalOptions {
  readonly json?: boolean
  readonly csv?: string
}

export function addMrc(program: Command): void {
  const command = program
    .command('mrc')
    .summary('miss ratio over capacity for the requests that reach a tier’s caches')
    .description(
      'Runs the scenario, notes what each cache of the tier is asked for, and works out which share of that a cache of each capacity would have missed by each eviction policy, and at best (Belady’s optimum). Capacities are those of each replica. Objects come in when they are missed and leave only for others: ttls, fetch times and purges are left out.',
    )
    .argument('[scenario]', 'scenario file')
    .option('--tier <name>', 'the tier whose caches are looked at; the first that has some when left out')
    .option('--eviction <names>', 'policies between commas; the usual ones when left out')
    .option('--capacities <list>', 'such as 100..100000, 500,1000,2000 or 16MiB..1GiB')
    .option('--log <file>', 'the requests of an access log at one cache, in place of a scenario')
    .option('--json', 'the curves as JSON')
    .option('--csv <dir>', 'write mrc.csv to this folder')
  addTalk(addChanges(command)).action(async (file: string | undefined, options: Options) => {
    process.exitCode = await mrc(file, options)
  })
}

/** What the curves are of. */
interface Source {
  readonly file: string
  readonly name: string
  readonly seed: number | string
  /** undefined: a log. */
  readonly scenario?: Scenario
  readonly tier: number
}

async function mrc(file: string | undefined, options: Options): Promise<number> {
  const asked = listenForInterruption()
  const screen = terminal(options)
  const { source, problems } = sourceOf(file, options)
  const cache = source?.scenario?.tiers[source.tier]?.cache
  const policies = policiesOf(options.eviction, cache?.eviction)
  const given = capacitiesOf(options.capacities)
  problems.push(...policies.problems, ...given.problems)
  const tables = problems.length === 0 && options.csv ? openFolder(options.csv) : {}
  if (tables.problem) problems.push(tables.problem)
  if (!source || problems.length > 0) {
    screen.complain(problems)
    return BAD_INPUT
  }
  const progress = progressBar(source.name, !options.quiet)
  try {
    const watched = await watch(source, asked, screen, progress)
    const report =
      watched && (await work(source, watched, policies.policies, given.capacities, asked, progress))
    if (report === undefined) {
      tables.folder?.abort()
      return asked.isAsked ? INTERRUPTED : BAD_INPUT
    }
    if (tables.folder) addCurves(tables.folder, report)
    tables.folder?.commit()
    screen.print(options.json ? prettyJson(report) : curvesPage(report, screen.style, screen.width))
    return DONE
  } catch (error) {
    tables.folder?.abort()
    throw error
  }
}

function sourceOf(file: string | undefined, options: Options): { source?: Source; problems: Problem[] } {
  const problems = sourceProblems(file, options)
  const { log } = options
  if (log !== undefined) {
    const why = reasonNotToRead(log)
    if (why !== undefined) problems.push(fileProblem(log, why))
    return { source: { file: log, name: log, seed: options.seed ?? 1, tier: 0 }, problems }
  }
  if (file === undefined) return { problems }
  const { loaded, problems: found } = load([file], options)
  problems.push(...found)
  const [first] = loaded
  if (first === undefined) return { problems }
  const { scenario } = first
  const { tier, problems: none } = tierOf(scenario, options.tier, file)
  if (none.length > 0) return { problems: [...problems, ...none] }
  return { source: { file, name: scenario.name, seed: scenario.seed, scenario, tier }, problems }
}

/** What the caches were asked for, and what those of the run itself missed of it. */
interface Watched {
  readonly traffic: readonly NodeTraffic[]
  readonly missRatio: number | undefined
}

/** @returns undefined when it was interrupted, or nothing can be made of it */
async function watch(
  source: Source,
  asked: Interruption,
  screen: Terminal,
  progress: Progress,
): Promise<Watched | undefined> {
  const { scenario } = source
  const watched = scenario
    ? await watchRun(source, scenario, asked, screen, progress)
    : await watchLog(source.file, asked, screen)
  if (asked.isAsked || watched === undefined) return undefined
  const requests = watched.traffic.reduce((sum, one) => sum + one.requests - one.measured, 0)
  if (requests > 0) return watched
  screen.complain([fileProblem(source.file, 'nothing was asked for, so there is no curve.')])
  return undefined
}

async function watchRun(
  { file, tier }: Source,
  scenario: Scenario,
  asked: Interruption,
  screen: Terminal,
  progress: Progress,
): Promise<Watched | undefined> {
  const first = scenario.tiers.slice(0, tier).reduce((sum, { replicas }) => sum + replicas.length, 0)
  const traffic = scenario.tiers[tier]!.replicas.map(nodeTraffic)
  let left = MOST_REQUESTS
  const onLookUp = (node: number, object: number, bytes: number, at: number) => {
    const one = traffic[node - first]
    if (one !== undefined && left-- > 0) addRequest(one, object, bytes, at)
  }
  const logs = openLogs(scenario, file)
  try {
    const report = await drive(scenario, logs, asked, progress, { onLookUp })
    if (report === undefined || asked.isAsked) return undefined
    screen.remark(logRemarks(logs))
    tellIfTooMany(left < 0, screen)
    for (const one of traffic) countFrom(one, report.simulated.warmUpSeconds * 1e9)
    const { hitRate } = report.tiers[scenario.tiers[tier]!.id]!
    return { traffic, missRatio: hitRate === null ? undefined : 1 - hitRate }
  } finally {
    for (const log of logs.values()) log.close()
  }
}

async function watchLog(file: string, asked: Interruption, screen: Terminal): Promise<Watched | undefined> {
  const log = logFile(file, AS_RECORDED)
  try {
    const one = nodeTraffic()
    const record: LogRecord = { at: 0, address: 0, key: 0, size: 0 }
    let isThere = true
    for (let i = 0; isThere && i < MOST_REQUESTS && !asked.isAsked; i++) {
      if (i % 65536 === 0) await breath()
      isThere = log.read(i, record)
      if (isThere) addRequest(one, record.key, record.size, record.at)
    }
    screen.remark(logRemarks(new Map([[file, log]])))
    tellIfTooMany(isThere, screen)
    return { traffic: [one], missRatio: undefined }
  } finally {
    log.close()
  }
}

function tellIfTooMany(isSo: boolean, screen: Terminal): void {
  if (isSo) screen.remark([`only the first ${MOST_REQUESTS} requests are looked at`])
}

/** @returns undefined when it was interrupted */
async function work(
  { name, seed, scenario, tier }: Source,
  { traffic, missRatio }: Watched,
  policies: Policies,
  given: Capacities | undefined,
  asked: Interruption,
  progress: Progress,
): Promise<CurvesReport | undefined> {
  const cache = scenario?.tiers[tier]?.cache
  const unit = given?.unit ?? (cache?.hasSizes ? 'bytes' : 'objects')
  const own = cache && (cache.hasSizes ? 'bytes' : 'objects') === unit ? cache.capacity : undefined
  const most = Math.max(...traffic.map((one) => (unit === 'bytes' ? sum(one.sizes) : objectsOf(one))))
  const steps = missRatios(traffic, {
    policies,
    capacities: given?.values ?? usualCapacities(most, unit, own),
    unit,
    seed,
    popularity: scenario && independentKeys(scenario, tier),
  })
  let until = performance.now() + SLICE
  for (;;) {
    const { done, value } = steps.next()
    if (done) {
      progress.clear()
      return {
        format: 'evenkeel-mrc/1',
        scenario: name,
        seed,
        ...(scenario ? { tier: scenario.tiers[tier]!.id } : {}),
        version: __EVENKEEL_VERSION__,
        ...(cache && missRatio !== undefined
          ? {
              run: {
                eviction: cache.eviction.policy,
                capacity: cache.capacity,
                hasSizes: cache.hasSizes,
                missRatio,
              },
            }
          : {}),
        ...value,
      }
    }
    if (performance.now() < until) continue
    progress.show(value)
    await breath()
    if (asked.isAsked) {
      progress.clear()
      return undefined
    }
    until = performance.now() + SLICE
  }
}

function sum(values: Float64Array): number {
  return values.reduce((whole, value) => whole + value, 0)
}
