/**
 * Times the engine against the yardstick on the fixed workloads, in turn and in one process, so that what is
 * quoted is a ratio: machines differ and drift, ratios in one run hold.
 */

import { advance, type Run, startRun } from '../run.ts'
import { restore, save, sizeOf } from '../saved.ts'
import { simulate } from '../simulate.ts'
import { scenarioOf, type Workload } from './workloads.ts'
import { yardstick } from './yardstick.ts'

export interface WorkloadResult {
  readonly name: string
  readonly requests: number
  readonly rounds: number
  /** Of the engine with all standard measures, through `simulate`: the median of the rounds. */
  readonly requestsPerSecond: number
  /** Of the yardstick. */
  readonly reference: number
  /** Median of the rounds' ratios. */
  readonly ratio: number
  readonly meanMs: number
  readonly p99Ms: number
  readonly referenceMeanMs: number
}

/** Milliseconds so far; of processor time where the host can tell, as that does not see what else is running. */
export type Clock = () => number

/** One warm-up round and `rounds` that count; engine and yardstick take turns. */
export function compareWithYardstick(
  workload: Workload,
  requests: number,
  rounds: number,
  clock: Clock,
): WorkloadResult {
  const engine: number[] = []
  const reference: number[] = []
  let mean = 0
  let p99 = 0
  let referenceMean = 0
  for (let round = 0; round <= rounds; round++) {
    const scenario = scenarioOf(workload, requests, round)
    const began = clock()
    const report = simulate(scenario, { requests })
    const between = clock()
    const { meanMs } = yardstick(workload.name, workload.replicas, workload.load, requests, round)
    const ended = clock()
    if (round === 0) continue
    engine.push(requests / ((between - began) / 1e3))
    reference.push(requests / ((ended - between) / 1e3))
    mean = report.latencyMs?.mean ?? 0
    p99 = report.latencyMs?.p99 ?? 0
    referenceMean = meanMs
  }
  return {
    name: workload.name,
    requests,
    rounds,
    requestsPerSecond: median(engine),
    reference: median(reference),
    ratio: median(engine.map((speed, i) => speed / reference[i]!)),
    meanMs: mean,
    p99Ms: p99,
    referenceMeanMs: referenceMean,
  }
}

/** Nanoseconds a request costs, by number of replicas: the median of `rounds`. */
export function costByReplicas(
  workload: Workload,
  sizes: readonly number[],
  requests: number,
  rounds: number,
  clock: Clock,
): { readonly replicas: number; readonly nsPerRequest: number }[] {
  return sizes.map((replicas) => {
    const times: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const scenario = scenarioOf({ ...workload, replicas }, requests, round)
      const run = startRun(scenario, { requests })
      const began = clock()
      advance(run, Infinity)
      if (round > 0) times.push(clock() - began)
    }
    return { replicas, nsPerRequest: (median(times) * 1e6) / requests }
  })
}

/** What it takes to save and to restore a run in the middle of a workload, milliseconds. */
export function snapshotCost(workload: Workload, requests: number, rounds: number, clock: Clock) {
  const run: Run = startRun(scenarioOf(workload, requests), { requests })
  advance(run, Infinity, requests)
  const saves: number[] = []
  const restores: number[] = []
  let bytes = 0
  for (let round = 0; round < rounds; round++) {
    const began = clock()
    const saved = save(run)
    const between = clock()
    restore(run, saved)
    restores.push(clock() - between)
    saves.push(between - began)
    bytes = sizeOf(saved)
  }
  return { saveMs: median(saves), restoreMs: median(restores), bytes, inSystem: run.cluster.requests.open }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
