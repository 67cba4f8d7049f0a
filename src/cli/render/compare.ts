/** A comparison as a page for people: figures side by side, differences, and what they mean. */

import type { Comparison, FigureOutline, VariantResult } from '../../run/compare/result.ts'
import { differenceText, titleOf, valueText } from './compare-numbers.ts'
import { confidenceText, differenceSentences, fairnessSentences, ONE_RUN } from './compare-words.ts'
import { expectations } from './expectations.ts'
import { duration, NOTHING, whole } from './numbers.ts'
import { seedText } from './seed.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { wrapped } from './wrap.ts'

/** Characters of a variant's name in the head of a table. */
const LONGEST_HEAD = 22
const GAP = 3

/** @param width characters in a line */
export function comparisonPage(result: Comparison, style: Style, width: number): string {
  const fold = (lines: readonly string[]) => lines.flatMap((line) => wrapped(line, width))
  const sentences = (result.differences.length > 0 ? differenceSentences(result) : []).map((line) =>
    wrapped(line, width),
  )
  const parts = [
    heading(result, style),
    ...valueTables(result, style, width),
    ...differenceTables(result, style, width),
    ...sentences,
    fold(correction(result)).map((line) => style.dim(line)),
    fold(fairnessSentences(result)),
    result.replications < 2 && result.variants.length > 1 && !result.partial ? fold([ONE_RUN]) : [],
    fold(loneRemark(result)),
    ...result.variants.map((variant) => expected(variant, style)),
  ]
  const page = parts.filter((lines) => lines.length > 0)
  return `${page.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function heading({ scenario, seeds, replications, wall, partial }: Comparison, style: Style): string[] {
  const runs = replications === 1 ? 'one run of each' : `${whole(replications)} runs of each`
  const which =
    seeds.length > 1 ? `seeds ${seedText(seeds[0])} to ${seeds.at(-1)}` : `seed ${seedText(seeds[0])}`
  const lines = [
    style.bold(scenario),
    style.dim(`${runs} · ${which} · ${duration(wall.seconds * 1000)} of work`),
  ]
  if (partial) lines.push(style.yellow('PARTIAL: interrupted; only what was measured so far'))
  return lines
}

function valueTables({ variants, figures, replications, partial }: Comparison, style: Style, width: number) {
  const rows = figures.map((figure) => {
    const values = variants.map(({ figures: all }) => all[figure.name]!.mean)
    const best = partial ? undefined : bestOf(values, figure)
    return values.map((value) => {
      if (value === null) return NOTHING
      return valueText(value, figure.unit) + (best === undefined ? '' : value === best ? ' *' : '  ')
    })
  })
  const hasBest = rows.some((row) => row.some((cell) => cell.endsWith('*')))
  const title = replications > 1 ? `Mean of ${whole(replications)}` : 'Figure'
  const blocks = tablesOf(title, figures, headsOf(variants), rows, style, width)
  const legend = replications > 1 ? '* best mean of the row' : '* best of the row'
  return hasBest ? [...blocks.slice(0, -1), [...(blocks.at(-1) ?? []), style.dim(legend)]] : blocks
}

/** The best value; undefined when all are alike or neither is better. */
function bestOf(values: readonly (number | null)[], { better }: FigureOutline): number | undefined {
  const known = values.filter((value) => value !== null)
  if (better === null || new Set(known).size < 2) return undefined
  return better === 'lower' ? Math.min(...known) : Math.max(...known)
}

const SIGNS = { lower: '✓', higher: '✓', same: '=', undecided: '?', unknown: ' ' } as const

function differenceTables(result: Comparison, style: Style, width: number): string[][] {
  const { variants, figures, differences, baseline, confidence } = result
  if (differences.length === 0) return []
  const others = variants.filter(({ name }) => name !== baseline)
  const rows = figures.map((figure) =>
    others.map(({ name }) => {
      const found = differences.find((each) => each.variant === name && each.figure === figure.name)!
      if (found.mean === null) return `${NOTHING}  `
      const text = found.verdict === 'same' ? '0' : differenceText(found.mean, found.halfWidth, figure.unit)
      return `${text} ${SIGNS[found.verdict]}`
    }),
  )
  const blocks = tablesOf(`Against ${clip(baseline)}`, figures, headsOf(others), rows, style, width)
  const legend = `mean difference ± half of its ${confidenceText(confidence)} interval · ✓ sure · ? may be luck · = the same in every run`
  return [...blocks.slice(0, -1), [...(blocks.at(-1) ?? []), style.dim(legend)]]
}

/** As many tables as it takes for all columns to fit. */
function tablesOf(
  title: string,
  figures: readonly FigureOutline[],
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  width: number,
): string[][] {
  const names = figures.map(({ name }) => titleOf(name))
  const first = Math.max(title.length, ...names.map((name) => name.length))
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)) + GAP)
  const blocks: string[][] = []
  for (let from = 0; from < heads.length; ) {
    let to = from
    let used = first
    do used += widths[to++]!
    while (to < heads.length && used + widths[to]! <= width)
    const part = rows.map((row, i) => [names[i]!, ...row.slice(from, to)])
    blocks.push(table({ head: [title, ...heads.slice(from, to)], rows: part }, style))
    from = to
  }
  return blocks
}

function correction({ differences }: Comparison): string[] {
  const count = differences.filter(({ adjustedP }) => adjustedP !== null).length
  if (count < 2) return []
  return [
    `${whole(count)} differences were tested at once: "sure" is corrected for that (Holm's method), each interval stands for itself.`,
  ]
}

function loneRemark({ variants }: Comparison): string[] {
  if (variants.length > 1) return []
  return ['The scenario has no variants: give it some, or compare values with --vary path=a,b,c.']
}

function expected({ name, expectations: results }: VariantResult, style: Style): string[] {
  const [, ...lines] = expectations(results, style)
  return lines.length === 0 ? [] : [style.bold(`Expected of ${name}`), ...lines]
}

/** Short names, unless two would then look alike. */
function headsOf(variants: readonly VariantResult[]): readonly string[] {
  const short = variants.map(({ name }) => clip(name))
  return new Set(short).size === short.length ? short : variants.map(({ name }) => name)
}

function clip(name: string): string {
  return name.length > LONGEST_HEAD ? `${name.slice(0, LONGEST_HEAD - 1)}…` : name
}
