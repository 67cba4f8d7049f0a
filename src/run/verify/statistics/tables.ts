/** Rows that ask for a critical value, a quantile of some numbers or an interval: computed, not simulated. */

import { intervalOf } from '../../../measure/interval.ts'
import { interpolatedQuantile, quantileOfSorted } from '../../../measure/quantile.ts'
import { studentQuantile } from '../../../measure/student-t.ts'
import { chiSquareCritical } from '../../../measure/theory/chi-square.ts'
import { kolmogorovCritical } from '../../../measure/theory/kolmogorov.ts'
import { cannotRun, computed, type Reader } from '../experiment.ts'
import type { Row } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'

const models: Readonly<Record<string, (row: Row) => unknown>> = {
  'Kolmogorov-Smirnov test': (row) =>
    row.quantity.startsWith('critical_value') ? kolmogorovCritical(numberIn(row, 'alpha')) : undefined,
  'chi-square test': (row) =>
    row.quantity === 'critical_value'
      ? chiSquareCritical(numberIn(row, 'alpha'), numberIn(row, 'df'))
      : undefined,
  'Student t': studentValue,
  'sample quantile': sampleQuantile,
  'confidence interval over replications': replicationInterval,
}

export const readTables: Reader = (row) => {
  if (!Object.hasOwn(models, row.model)) return undefined
  const answer = unlessUnfit(() => ({ value: models[row.model]!(row) }))
  if (!('value' in answer)) return answer
  if (answer.value === undefined) return cannotRun(`unknown quantity "${row.quantity}"`)
  return computed(`${row.model} ${row.id}`, () => answer.value)
}

function studentValue(row: Row): number | undefined {
  const share = /^t_(0\.\d+)$/.exec(row.quantity)
  return share ? studentQuantile(Number(share[1]), numberIn(row, 'df')) : undefined
}

function sampleQuantile(row: Row): number | undefined {
  if (row.quantity !== 'quantile') return undefined
  const { data, estimator } = row.parameters
  const ascending = numbersFrom(data).toSorted((a, b) => a - b)
  const share = numberIn(row, 'p')
  if (/nearest/.test(String(estimator))) return quantileOfSorted(ascending, share)
  if (/linear/.test(String(estimator))) return interpolatedQuantile(ascending, share)
  throw new Unfit(`estimator "${String(estimator)}"`)
}

function replicationInterval(row: Row): number | undefined {
  const { replication_means, confidence } = row.parameters
  const interval = intervalOf(
    numbersFrom(replication_means),
    typeof confidence === 'number' ? confidence : 0.95,
  )
  if (row.quantity === 'mean') return interval.mean
  return row.quantity === 'half_width' ? interval.halfWidth : undefined
}

/** A list, or "integers 1..1000". */
function numbersFrom(data: unknown): readonly number[] {
  if (Array.isArray(data) && data.length > 0 && data.every((x) => typeof x === 'number')) return data
  const range = /^integers (-?\d+)\.\.(-?\d+)$/.exec(String(data))
  if (!range) throw new Unfit('the numbers are in a form that is not known')
  const [first, last] = [Number(range[1]), Number(range[2])]
  if (!(last >= first && last - first < 1e7)) throw new Unfit('too many numbers')
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function numberIn({ parameters }: Row, key: string): number {
  const value = parameters[key]
  if (typeof value !== 'number' || !(value > 0)) throw new Unfit(`"${key}" must be a number above 0`)
  return value
}
