/** What limits that tell classes of requests apart do with each class. */

import type { Layout } from './layout.ts'
import type { ClassReport } from './report.ts'
import type { SeriesColumn } from './series.ts'
import { ratio } from './totals.ts'

/** Plain data, four figures a class, tier by tier: of measured requests those let in and turned away, and of this step. */
export type Classes = Float64Array

const PASSED = 0
const LIMITED = 1
const IN_STEP = 2
const FIGURES = 4

/** Undefined where no limit tells classes apart. */
export function classCounts({ classes }: Layout): Classes | undefined {
  const all = classes.flat().length
  return all > 0 ? new Float64Array(all * FIGURES) : undefined
}

/** @param one the class's number among those of its tier */
export function countJudged(
  all: Classes,
  { classes }: Layout,
  tier: number,
  one: number,
  isLimited: boolean,
  isMeasured: boolean,
): void {
  const at = (firstOf(classes, tier) + one) * FIGURES + (isLimited ? LIMITED : PASSED)
  all[at + IN_STEP]!++
  if (isMeasured) all[at]!++
}

export function classReports(
  all: Classes | undefined,
  { classes }: Layout,
  tier: number,
): Readonly<Record<string, ClassReport>> | undefined {
  const names = classes[tier]!
  if (all === undefined || names.length === 0) return undefined
  const first = firstOf(classes, tier)
  return Object.fromEntries(
    names.map((name, i) => {
      const passed = all[(first + i) * FIGURES + PASSED]!
      const limited = all[(first + i) * FIGURES + LIMITED]!
      const judged = passed + limited
      return [name, { passed, limited, limitedShare: ratio(limited, judged) }]
    }),
  )
}

/** Columns `tiers.edge.classes.paying.passedPerSecond` and `….limitedPerSecond`. */
export function classColumns({ tiers, classes, steps }: Layout): SeriesColumn[] {
  return tiers.flatMap((tier, t) =>
    classes[t]!.flatMap((name) =>
      (['passed', 'limited'] as const).map(
        (what): SeriesColumn => ({
          id: `tiers.${tier}.classes.${name}.${what}PerSecond`,
          title: `${tier}, ${name}: ${what}`,
          unit: '1/s',
          kind: 'rate',
          values: new Float64Array(steps).fill(NaN),
        }),
      ),
    ),
  )
}

/** Writes step `i`, of `length` ns, into columns, of which `columns[first]` is the first of these, and clears it. */
export function writeClasses(
  columns: readonly SeriesColumn[],
  first: number,
  i: number,
  all: Classes | undefined,
  length: number,
): void {
  if (all === undefined) return
  for (let at = 0, next = first; at < all.length; at += FIGURES) {
    for (const what of [PASSED, LIMITED]) {
      columns[next++]!.values[i] = all[at + what + IN_STEP]! * (1e9 / length)
      all[at + what + IN_STEP] = 0
    }
  }
}

function firstOf(classes: Layout['classes'], tier: number): number {
  let first = 0
  for (let t = 0; t < tier; t++) first += classes[t]!.length
  return first
}
