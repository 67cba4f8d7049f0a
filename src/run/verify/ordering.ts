/** Rows that only say which of several ways to share out requests is better. */

import { poolFrom } from './balancing.ts'
import { clusterExperiment, type Setting } from './cluster-experiment.ts'
import type { CannotRun, Experiment, Reader } from './experiment.ts'
import { cannotRun, isCannotRun } from './experiment.ts'
import { given } from './given.ts'
import type { Parameters, Row } from './row.ts'
import { stationFrom } from './station.ts'
import { Unfit, unlessUnfit } from './unfit.ts'
import type { Measured } from './verdict.ts'

export const readOrdering: Reader = (row) => {
  if (row.quantity !== 'policies_from_best_to_worst_mean_sojourn') {
    return row.model === 'policy ordering' ? cannotRun(`unknown quantity "${row.quantity}"`) : undefined
  }
  return unlessUnfit(() => experiment(row))
}

function experiment({ value, parameters }: Row): Experiment {
  if (!Array.isArray(value)) throw new Unfit('its value must be a list of policies')
  const lanes = value.map((name) => ({
    name: String(name),
    run: clusterExperiment(settingOf(String(name), parameters)),
  }))
  return {
    key: `ordering ${lanes.map(({ run }) => run.key).join()}`,
    cost: lanes.reduce((sum, { run }) => sum + run.cost, 0),
    least: 100_000,
    run(rows, n, seed) {
      const asked = rows.map((row) => ({ ...row, quantity: 'mean_sojourn' })).slice(0, 1)
      const results = lanes.map(({ name, run }) => ({ name, mean: run.run(asked, n, seed)[0]! }))
      return rows.map(() => ordered(results, n))
    },
  }
}

function ordered(results: readonly { name: string; mean: Measured | CannotRun }[], n: number): Measured {
  const mean = ({ mean: of }: { mean: Measured | CannotRun }) =>
    isCannotRun(of) ? NaN : (of.value as number)
  const names = results.toSorted((a, b) => mean(a) - mean(b)).map(({ name }) => name)
  return { value: names, n, error: 0, low: NaN, high: NaN }
}

function settingOf(name: string, { compare: _, ...rest }: Parameters): Setting {
  const parameters = given(rest)
  const isCentral = /central/.test(name)
  const setting = isCentral ? stationFrom('M/G/k', parameters) : poolFrom(name, parameters)
  parameters.done()
  return setting
}
