/** Miss-ratio curves as a report and as rows of a table. */

import type { Curve, MissRatios } from '../run/mrc/mrc.ts'
import type { Cell, CsvFolder } from './csv.ts'

export interface CurvesReport extends MissRatios {
  readonly format: 'evenkeel-mrc/1'
  readonly scenario: string
  readonly seed: number | string
  /** Absent for a log. */
  readonly tier?: string
  readonly version: string
  /** What the run itself had, and missed with everything that the curves leave out. */
  readonly run?: {
    readonly eviction: string
    readonly capacity: number
    readonly hasSizes: boolean
    readonly missRatio: number
  }
}

/** Adds a row for each policy and capacity to `mrc`. */
export function addCurves(folder: CsvFolder, report: CurvesReport): void {
  const { scenario, seed, tier, unit, capacities, curves, optimum, theory = [] } = report
  const rowsOf = (curve: Curve, kind: string): Record<string, Cell>[] =>
    capacities.map((capacity, i) => ({
      scenario,
      seed,
      tier,
      kind,
      policy: curve.policy,
      unit,
      capacity,
      missRatio: curve.missRatio[i],
      byteMissRatio: curve.byteMissRatio[i],
    }))
  folder.add('mrc', [
    ...curves.flatMap((curve) => rowsOf(curve, 'simulated')),
    ...rowsOf(optimum, 'simulated'),
    ...theory.flatMap((curve) => rowsOf(curve, 'theory')),
  ])
}
