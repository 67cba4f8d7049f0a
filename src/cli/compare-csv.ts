/** A comparison as rows of tables. */

import type { Comparison } from '../run/compare/result.ts'
import type { CsvFolder } from './csv.ts'

/** `runs`: a row for each run of each variant; `differences`: a row for each figure of each variant but the baseline. */
export function addComparison(folder: CsvFolder, result: Comparison): void {
  const { scenario, seeds, figures, variants, baseline } = result
  folder.add(
    'runs',
    variants.flatMap(({ name, figures: measured, fingerprints, born }) =>
      seeds.map((seed, i) => ({
        scenario,
        variant: name,
        seed,
        born: born[i],
        fingerprint: fingerprints[i],
        ...Object.fromEntries(figures.map((figure) => [figure.name, measured[figure.name]?.values[i]])),
      })),
    ),
  )
  folder.add(
    'differences',
    result.differences.map((difference) => ({ scenario, baseline, ...difference })),
  )
}
