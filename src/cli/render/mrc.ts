/** Miss-ratio curves as a page for people: a strip for each policy, then the figures. */

import { size } from '../../scenario/units/index.ts'
import type { CurvesReport } from '../mrc-csv.ts'
import { percent, whole } from './numbers.ts'
import { seedText } from './seed.ts'
import { strip } from './strip.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'

const LABEL = 18

/** @param width characters in a line */
export function curvesPage(report: CurvesReport, style: Style, width: number): string {
  const parts = [heading(report, style), charts(report, style, width), figures(report, style, 'missRatio')]
  if (hasUnequalSizes(report)) parts.push(figures(report, style, 'byteMissRatio'))
  parts.push(notes(report, style))
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** Otherwise bytes say what requests say. */
function hasUnequalSizes({ curves, optimum }: CurvesReport): boolean {
  return [...curves, optimum].some(({ missRatio, byteMissRatio }) =>
    byteMissRatio.some((ratio, i) => ratio !== null && Math.abs(ratio - missRatio[i]!) > 1e-9),
  )
}

function heading(report: CurvesReport, style: Style): string[] {
  const { scenario, seed, tier, caches, requests, objects, bytes, firstRequestRatio, run } = report
  const where = tier === undefined ? '' : `${tier} · ${caches === 1 ? 'one cache' : `${caches} caches`} · `
  const lines = [
    style.bold(scenario),
    style.dim(
      `seed ${seedText(seed)} · ${where}${whole(requests)} requests for ${whole(objects)} objects${bytes > 0 ? ` of ${amount(bytes)}` : ''}`,
    ),
    `${percent(firstRequestRatio)} are first requests, which every cache misses.`,
  ]
  if (run) {
    const room = run.hasSizes ? amount(run.capacity) : `${whole(run.capacity)} objects`
    lines.push(
      `The run itself (${run.eviction}, ${room}, with its ttls, fetch times and all) missed ${percent(run.missRatio)}.`,
    )
  }
  return lines
}

/** Miss ratios as heights, from the smallest capacity to the largest. */
function charts({ curves, optimum, capacities, unit }: CurvesReport, style: Style, width: number): string[] {
  const each = Math.max(1, Math.min(6, Math.floor((width - LABEL - 4) / capacities.length)))
  const most = Math.max(...curves.flatMap(({ missRatio }) => missRatio), ...optimum.missRatio)
  const shown = (capacity: number) => (unit === 'bytes' ? amount(capacity) : whole(capacity))
  const [first, last] = [shown(capacities[0]!), shown(capacities.at(-1)!)]
  const axis = first + last.padStart(Math.max(last.length + 1, each * capacities.length - first.length))
  const rows = [...curves, optimum].flatMap(({ policy, missRatio }) =>
    strip(
      missRatio.flatMap((ratio) => Array.from({ length: each }, () => ratio)),
      2,
      most,
    ).map((row, i) => {
      const colour = policy === 'optimum' ? style.dim : style.cyan
      const label =
        i === 0 ? policy.padEnd(LABEL - 6) + percent(missRatio[0]!).padStart(6) : ' '.repeat(LABEL)
      return `${label} ${style.dim(i === 0 ? '┤' : '│')}${colour(row.trimEnd())}`
    }),
  )
  return [...rows, `${' '.repeat(LABEL + 2)}${style.dim(capacities.length > 1 ? axis : first)}`]
}

function figures(report: CurvesReport, style: Style, which: 'missRatio' | 'byteMissRatio'): string[] {
  const { capacities, unit, curves, optimum, theory = [] } = report
  const columns = [
    ...curves.map((curve) => ({ title: curve.policy, values: curve[which] })),
    { title: 'optimum', values: optimum[which] },
    ...(which === 'missRatio'
      ? theory.map((curve) => ({ title: `${curve.policy}, Che`, values: curve.missRatio }))
      : []),
  ]
  const rows = capacities.map((capacity, i) => [
    unit === 'bytes' ? amount(capacity) : whole(capacity),
    ...columns.map(({ values }) => {
      const value = values[i]
      return value === null || value === undefined ? '' : percent(value)
    }),
  ])
  const title = which === 'missRatio' ? 'Miss ratio' : 'Of bytes'
  return table({ head: [title, ...columns.map((column) => column.title)], rows }, style)
}

function notes({ unit, theory, tier }: CurvesReport, style: Style): string[] {
  return [
    style.dim('Objects come in when they are missed and leave only for others; no ttl, no time to fetch.'),
    style.dim(
      unit === 'bytes'
        ? 'optimum: who knows the future and gives up what is needed last; with sizes that is good, but no bound.'
        : 'optimum: who knows the future (Belady); nothing misses less.',
    ),
    ...(theory ? [style.dim('Che: the approximation for independent requests.')] : []),
    ...(tier !== undefined && theory === undefined && unit === 'objects'
      ? [
          style.dim(
            'No theory stands beside: requests are not independent, or keys decide which cache is asked.',
          ),
        ]
      : []),
  ]
}

/** Bytes to three digits, in binary units. */
function amount(bytes: number): string {
  const exact = size.write(bytes)
  if (exact.length <= 7) return exact
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let power = 0
  let value = bytes
  while (value >= 1000 && power < units.length - 1) {
    value /= 1024
    power++
  }
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${units[power]}`
}
