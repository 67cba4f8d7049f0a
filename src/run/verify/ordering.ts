/** Rows that only say which of several ways to share out requests, or to order them, is better. */

import { poolFrom } from './balancing.ts'
import { clusterExperiment, type Setting } from './cluster-experiment.ts'
import type { CannotRun, Experiment, Reader } from './experiment.ts'
import { cannotRun, isCannotRun } from './experiment.ts'
import { given } from './given.ts'
import type { Row } from './row.ts'
import { stationFrom } from './station.ts'
import { Unfit, unlessUnfit } from './unfit.ts'
import type { Measured } from './verdict.ts'

/** What is compared, and whether more of it is better. */
interface Contest {
  readonly figure: string
  readonly isMoreBetter: boolean
  settingOf(name: string, row: Row): Setting
}

const contests: Readonly<Record<string, Contest>> = {
  policies_from_best_to_worst_mean_sojourn: {
    figure: 'mean_sojourn',
    isMoreBetter: false,
    settingOf: ofPolicy,
  },
  disciplines_from_best_to_worst_on_time_fraction: {
    figure: 'fraction_of_offered_requests_answered_in_time',
    isMoreBetter: true,
    settingOf: ofDiscipline,
  },
}

export const readOrdering: Reader = (row) => {
  const contest = Object.hasOwn(contests, row.quantity) ? contests[row.quantity]! : undefined
  if (contest !== undefined) return unlessUnfit(() => experiment(row, contest))
  return row.model === 'policy ordering' ? cannotRun(`unknown quantity "${row.quantity}"`) : undefined
}

function experiment(row: Row, { figure, isMoreBetter, settingOf }: Contest): Experiment {
  if (!Array.isArray(row.value)) throw new Unfit('its value must be a list of names')
  const lanes = row.value.map((name) => ({
    name: String(name),
    run: clusterExperiment(settingOf(String(name), row)),
  }))
  return {
    key: `ordering ${lanes.map(({ run }) => run.key).join()}`,
    cost: lanes.reduce((sum, { run }) => sum + run.cost, 0),
    least: 100_000,
    run(rows, n, seed) {
      const asked = rows.map((one) => ({ ...one, quantity: figure })).slice(0, 1)
      const results = lanes.map(({ name, run }) => ({ name, mean: run.run(asked, n, seed)[0]! }))
      return rows.map(() => ordered(results, isMoreBetter, n))
    },
  }
}

function ordered(
  results: readonly { name: string; mean: Measured | CannotRun }[],
  isMoreBetter: boolean,
  n: number,
): Measured {
  const mean = ({ mean: of }: { mean: Measured | CannotRun }) =>
    isCannotRun(of) ? NaN : (of.value as number)
  const sign = isMoreBetter ? -1 : 1
  const names = results.toSorted((a, b) => sign * (mean(a) - mean(b))).map(({ name }) => name)
  return { value: names, n, error: 0, low: NaN, high: NaN }
}

function ofDiscipline(name: string, { model, parameters: said }: Row): Setting {
  const parameters = given(said)
  const setting = stationFrom(`${model}, ${name}`, parameters)
  parameters.done()
  return setting
}

function ofPolicy(name: string, { parameters: { compare: _, ...rest } }: Row): Setting {
  const parameters = given(rest)
  const isCentral = /central/.test(name)
  const setting = isCentral ? stationFrom('M/G/k', parameters) : poolFrom(name, parameters)
  parameters.done()
  return setting
}
