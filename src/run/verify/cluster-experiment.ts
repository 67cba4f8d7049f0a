/** An experiment that runs a scenario with the product's own engine and reads the figures off its facts. */

import { stream } from '../../base/stream.ts'
import { samplerOf } from '../../policies/distributions/index.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { simulate } from '../simulate.ts'
import { batchInterval } from './batch-interval.ts'
import { type CannotRun, cannotRun, type Experiment } from './experiment.ts'
import { crowdIn, type Figure, figureNamed, limitIn, needsDemand } from './figures.ts'
import { measureQuantile, quantileNamed, sorted } from './quantile-figure.ts'
import type { Row } from './row.ts'
import { BATCHES, type Sample, sampler } from './sample.ts'
import type { Measured } from './verdict.ts'

/** A scenario, and how many requests it takes to forget that it started empty. */
export interface Setting {
  readonly scenario: Scenario
  readonly warmUp: number
}

/** At least this share of a run is warm-up. */
const LEAST_WARM_UP = 0.05

export function clusterExperiment(setting: Setting): Experiment {
  return {
    key: JSON.stringify(setting.scenario),
    cost: 1,
    least: 100_000,
    run(rows, n, seed) {
      const sample = runSample(setting, rows, n, seed)
      const ascending = new Map<string, Float64Array>()
      return rows.map((row) => {
        const quantile = quantileNamed(row.quantity)
        if (quantile) {
          const values = ascending.get(quantile.of) ?? sorted(sample, quantile.of)
          ascending.set(quantile.of, values)
          return measureQuantile(sample, quantile, values)
        }
        const figure = figureNamed(row.quantity)
        return figure ? measureFigure(sample, figure) : unknownQuantity(row)
      })
    },
  }
}

function measureFigure(sample: Sample, figure: Figure): Measured {
  const value = figure(sample, 0, BATCHES)
  const { error, halfWidth } = batchInterval((batch) => figure(sample, batch, batch + 1))
  return { value, n: sample.n, error, low: value - halfWidth, high: value + halfWidth }
}

/**
 * Runs a setting for `n` measured requests (or a few more).
 * @param rows which figures must be readable from it
 */
export function runSample(
  { scenario, warmUp: least }: Setting,
  rows: readonly Row[],
  n: number,
  seed: string,
  { times = false } = {},
): Sample {
  const whole = Math.ceil(n / BATCHES) * BATCHES
  const warmUp = Math.ceil(Math.max(least, whole * LEAST_WARM_UP))
  const sample = sampler({
    warmUp,
    n: whole,
    slots: scenario.tiers.flatMap(({ replicas, service }) => replicas.map(() => service.concurrency)),
    limits: rows.map((row) => limitIn(row.quantity)).filter((limit) => limit !== undefined),
    sizes: rows.map((row) => crowdIn(row.quantity)).filter((size) => size !== undefined),
    times,
    nextDemand: rows.some((row) => needsDemand(row.quantity)) ? demands(scenario, seed) : undefined,
  })
  // As many again as warmed up, so that those measured last do not see the load end.
  simulate({ ...scenario, seed }, { requests: warmUp + whole + least + 1, drain: true, probes: [sample] })
  return sample
}

/**
 * The work of one request after the other. Work is drawn at birth from a stream that nothing else touches, so
 * the same stream tells it again.
 */
export function demands({ clients, tiers }: Scenario, seed: string): () => number {
  const random = stream(seed, `demand/${clients[0]!.id}/${tiers[0]!.id}`)
  const sample = samplerOf(tiers[0]!.service.demand)
  return () => Math.max(0, Math.round(sample(random)))
}

/** Whether rows about this quantity can be answered from a run. */
export function isFigure(quantity: string): boolean {
  return quantileNamed(quantity) !== undefined || figureNamed(quantity) !== undefined
}

function unknownQuantity(row: Row): CannotRun {
  return cannotRun(`unknown quantity "${row.quantity}"`)
}
