/** `evenkeel bench`: the engine's speed on fixed workloads, beside a yardstick in the same process. */

import { execFileSync } from 'node:child_process'
import type { Command } from 'commander'
import {
  compareWithYardstick,
  costByReplicas,
  snapshotCost,
  type WorkloadResult,
} from '../../run/bench/measure.ts'
import { type PickCosts, pickCosts } from '../../run/bench/picks.ts'
import { type SiteSpeed, siteSpeeds } from '../../run/bench/sites.ts'
import { scenarioOf, WORKLOADS } from '../../run/bench/workloads.ts'
import { simulate } from '../../run/simulate.ts'
import { prettyJson } from '../json.ts'
import { addTalk } from '../options.ts'
import { table } from '../render/table.ts'
import { type TerminalOptions, terminal } from '../terminal.ts'

interface Options extends TerminalOptions {
  readonly json?: boolean
  readonly quick?: boolean
  readonly picks?: boolean
  readonly sites?: boolean
}

const SIZES = [10, 100, 1000, 10_000]

export function addBench(program: Command): void {
  const command = program
    .command('bench')
    .summary("measure the engine's speed")
    .description(
      'Runs fixed workloads with all standard measures on, in turn with a tight loop of the same work (the yardstick), and quotes the ratio of their processor times.',
    )
    .option('--quick', 'fewer requests and rounds')
    .option('--picks', 'only what a pick costs, by strategy and number of replicas')
    .option('--sites', 'only whole sites')
    .option('--json', 'one JSON object')
  addTalk(command).action((options: Options) => {
    if (options.picks) benchPicks(options)
    else if (options.sites) benchSites(options)
    else bench(options)
  })
}

function benchPicks(options: Options): void {
  const { print, remark, style } = terminal(options)
  remark(['picks'])
  const picks = pickCosts(SIZES, options.quick ? 20_000 : 200_000, options.quick ? 1 : 3, processorTime)
  print(options.json ? prettyJson({ picks }) : `${pickTable(picks, style).join('\n')}\n`)
}

function pickTable(picks: readonly PickCosts[], style: Parameters<typeof table>[1]): string[] {
  return table(
    {
      head: ['ns a pick', ...SIZES.map((size) => `${size} replicas`)],
      rows: picks.map(({ strategy, params, costs }) => [
        [strategy, ...Object.values(params)].join(' '),
        ...costs.map(({ nsPerPick }) => nsPerPick.toFixed(0)),
      ]),
    },
    style,
  )
}

function benchSites(options: Options): void {
  const { print, remark, style } = terminal(options)
  remark(['whole sites'])
  const sites = siteSpeeds(options.quick ? 60 : 240, options.quick ? 6 : 8, processorTime)
  print(options.json ? prettyJson({ sites }) : `${siteTable(sites, style).join('\n')}\n`)
}

/** In a process of its own: after other workloads the just-in-time compiler inlines less of them. */
function sitesApart({ quick }: Options): readonly SiteSpeed[] {
  const words = [process.argv[1]!, 'bench', '--sites', '--json', '--quiet', ...(quick ? ['--quick'] : [])]
  const told = execFileSync(process.execPath, words, { encoding: 'utf8' })
  return (JSON.parse(told) as { readonly sites: readonly SiteSpeed[] }).sites
}

function siteTable(sites: readonly SiteSpeed[], style: Parameters<typeof table>[1]): string[] {
  return table(
    {
      head: ['whole site', 'requests/s', 'requests'],
      rows: sites.map((site) => [
        site.name,
        `${(site.requestsPerSecond / 1e3).toFixed(0)}k`,
        site.requests.toFixed(0),
      ]),
    },
    style,
  )
}

function bench(options: Options): void {
  const { print, remark, style } = terminal(options)
  const requests = options.quick ? 200_000 : 1_000_000
  const rounds = options.quick ? 3 : 7
  const say = (text: string) => remark([text])
  const workloads = WORKLOADS.map((workload) => {
    say(`${workload.name}: ${workload.strategy.policy}, ${workload.replicas} replicas, load ${workload.load}`)
    const result = compareWithYardstick(workload, requests, rounds, processorTime)
    return { ...result, peakMemoryMiB: peakMemory() }
  })
  say('cost by number of replicas')
  const scaling = WORKLOADS.map((workload) => ({
    strategy: workload.strategy.policy,
    costs: costByReplicas(
      workload,
      SIZES,
      options.quick ? 100_000 : 500_000,
      options.quick ? 1 : 3,
      processorTime,
    ),
  }))
  say('whole sites')
  const sites = sitesApart(options)
  say('snapshot')
  const snapshot = snapshotCost(WORKLOADS[2]!, requests, options.quick ? 20 : 100, processorTime)
  const long = options.quick ? undefined : longRun(say)
  if (options.json) {
    print(
      prettyJson({
        workloads: Object.fromEntries(workloads.map(({ name, ...rest }) => [name, rest])),
        scaling,
        sites,
        snapshot,
        ...(long ? { tenMillion: long } : {}),
      }),
    )
    return
  }
  const lines = [
    ...speedTable(workloads, style),
    '',
    ...table(
      {
        head: ['ns a request', ...SIZES.map((size) => `${size} replicas`)],
        rows: scaling.map(({ strategy, costs }) => [
          strategy,
          ...costs.map((c) => c.nsPerRequest.toFixed(0)),
        ]),
      },
      style,
    ),
    '',
    ...siteTable(sites, style),
    '',
    `Snapshot of W3 (${(snapshot.bytes / 2 ** 20).toFixed(1)} MiB, ${snapshot.inSystem} requests in the system): save ${snapshot.saveMs.toFixed(2)} ms, restore ${snapshot.restoreMs.toFixed(2)} ms`,
    ...(long
      ? [
          `Ten million requests of W1: ${long.seconds.toFixed(1)} s, peak ${long.peakMemoryMiB.toFixed(0)} MiB`,
        ]
      : []),
  ]
  print(`${lines.join('\n')}\n`)
}

function speedTable(results: readonly WorkloadResult[], style: Parameters<typeof table>[1]): string[] {
  return table(
    {
      head: ['workload', 'requests/s', 'yardstick', 'ratio', 'mean ms', 'yardstick', 'p99 ms'],
      rows: results.map((r) => [
        r.name,
        `${(r.requestsPerSecond / 1e6).toFixed(2)}M`,
        `${(r.reference / 1e6).toFixed(2)}M`,
        r.ratio.toFixed(3),
        r.meanMs.toFixed(2),
        r.referenceMeanMs.toFixed(2),
        r.p99Ms.toFixed(1),
      ]),
    },
    style,
  )
}

function longRun(say: (text: string) => void): { readonly seconds: number; readonly peakMemoryMiB: number } {
  say('ten million requests')
  const requests = 10_000_000
  const report = simulate(scenarioOf(WORKLOADS[0]!, requests), { requests })
  return { seconds: report.wall.seconds, peakMemoryMiB: peakMemory() }
}

/** Milliseconds that this process has had a processor, in all its threads. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e3
}

/** Of this process so far. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024
}
