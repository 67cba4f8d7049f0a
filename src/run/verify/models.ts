/** Which rows are about a station or a network of stations, by the name of their model. */

import { clusterExperiment, isFigure } from './cluster-experiment.ts'
import { cannotRun, isCannotRun, type Reader } from './experiment.ts'
import { given } from './given.ts'
import { stationFrom } from './station.ts'
import { unlessUnfit } from './unfit.ts'

/** Kendall's notation ("M/G/1-PS", "closed M/G/1-PS//N"), and networks in words. */
const stations = [
  /^(?:closed )?[A-Z][A-Za-z0-9]*\/[A-Z][A-Za-z0-9]*\/(?:[cknN]|\d+|infinity|∞)/,
  /^(?:open |closed )?(?:tandem|(?:\w+-tier )?network)\b/,
  /^overload with deadlines, (?:fifo|lifo)/i,
]

export const readStation: Reader = (row) => {
  if (!stations.some((pattern) => pattern.test(row.model))) return undefined
  if (!isFigure(row.quantity)) return cannotRun(`unknown quantity "${row.quantity}"`)
  const setting = unlessUnfit(() => {
    const parameters = given(row.parameters)
    const made = stationFrom(row.model, parameters)
    parameters.done()
    return made
  })
  return isCannotRun(setting) ? setting : clusterExperiment(setting)
}
