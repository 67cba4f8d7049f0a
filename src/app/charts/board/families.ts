/**
 * Charts made of the series' own columns, which say what they are: the same figure of several tiers in one
 * chart, figures that belong together in one chart, everything else each in its own. A column that nobody has
 * heard of gets a chart too.
 */

import type { RunSeries, SeriesColumn } from '../../../measure/series.ts'
import { OVERALL, SCOPES, type Words } from './family-words.ts'

/** One chart: a line for each of its columns. */
export interface Family {
  /** Stable: what a board remembers. */
  readonly id: string
  readonly title: string
  readonly definition: string
  readonly lines: readonly FamilyLine[]
  /** All of it is 0, or there is nothing it could be measured by. */
  readonly isSilent: boolean
}

interface FamilyLine {
  readonly title: string
  readonly column: SeriesColumn
}

/** Those that other charts draw. */
const ELSEWHERE = /^(?:(?:succeeded|failed|rejected|timedOut)PerSecond|latencyP\d+Ms|availability)$/

const known = new WeakMap<RunSeries, readonly Family[]>()

/** All families of a run, those with words of their own first; made once, as every chart of every lane asks. */
export function familiesOf(series: RunSeries): readonly Family[] {
  const families = known.get(series) ?? makeFamilies(series)
  known.set(series, families)
  return families
}

function makeFamilies(series: RunSeries): readonly Family[] {
  const parted = series.columns.flatMap((column) => partsOf(column) ?? [])
  const overall = series.columns.filter((column) => !partsOf(column) && !ELSEWHERE.test(column.id))
  const scopes = [...new Set(parted.map(({ scope }) => scope))]
  return [
    ...overall.map((column) =>
      family(series, column.id, OVERALL[column.id], [{ title: column.title, column }]),
    ),
    ...scopes.flatMap((scope) =>
      grouped(
        scope,
        parted.filter((part) => part.scope === scope),
      ).map(({ id, words, lines }) => family(series, id, words, lines)),
    ),
  ]
}

/** `tiers.web.imbalance`: of a part, and which figure of it. */
interface PartColumn {
  /** `tiers`, `clients` */
  readonly scope: string
  readonly part: string
  readonly figure: string
  readonly column: SeriesColumn
}

function partsOf(column: SeriesColumn): PartColumn | undefined {
  const [, scope, part, figure] = /^([^.]+)\.(.+)\.([^.]+)$/.exec(column.id) ?? []
  if (scope === undefined || part === undefined || figure === undefined) return undefined
  return { scope, part, figure, column }
}

interface Grouped {
  readonly id: string
  readonly words: Words | undefined
  readonly lines: readonly FamilyLine[]
}

/** Several figures of several parts would be too many lines: then each part has its chart. */
function grouped(scope: string, columns: readonly PartColumn[]): readonly Grouped[] {
  const table = SCOPES[scope] ?? {}
  const parts = [...new Set(columns.map(({ part }) => part))]
  const known = Object.entries(table).flatMap(([name, words]): Grouped[] => {
    const { members } = words
    const own = columns.filter(({ figure }) => (members ? figure in members : figure === name))
    if (own.length === 0) return []
    const id = `${scope}.${name}`
    if (!members) return [{ id, words, lines: own.map(({ part, column }) => ({ title: part, column })) }]
    const lines = (of: readonly PartColumn[]) =>
      of.map(({ figure, column }) => ({ title: members[figure]!, column }))
    if (parts.length === 1) return [{ id, words, lines: lines(own) }]
    return parts.flatMap((part) => {
      const ofPart = own.filter((one) => one.part === part)
      const named = { ...words, title: `${words.title}: ${part}` }
      return ofPart.length > 0 ? [{ id: `${id}.${part}`, words: named, lines: lines(ofPart) }] : []
    })
  })
  const taken = Object.entries(table).flatMap(([name, { members }]) =>
    members ? Object.keys(members) : [name],
  )
  const rest = [...new Set(columns.map(({ figure }) => figure))].filter((figure) => !taken.includes(figure))
  return [
    ...known,
    ...rest.map((figure): Grouped => {
      const own = columns.filter((column) => column.figure === figure)
      return {
        id: `${scope}.${figure}`,
        words: undefined,
        lines: own.map(({ part, column }) => ({ title: part, column })),
      }
    }),
  ]
}

function family(
  series: RunSeries,
  id: string,
  words: Words | undefined,
  lines: readonly FamilyLine[],
): Family {
  const title = words?.title ?? wordsOf(lines[0]!.column.title)
  return {
    id,
    title,
    definition: words?.definition ?? `${title}, step by step.`,
    lines,
    isSilent: !lines.some(({ column }) => tellsAnything(column, series.steps)),
  }
}

/** A rate that is always 0, and a share of nothing, say nothing. */
function tellsAnything({ values, kind }: SeriesColumn, steps: number): boolean {
  for (let step = 0; step < steps; step++) {
    if (kind === 'rate' || kind === 'count' ? values[step]! > 0 : !Number.isNaN(values[step]!)) return true
  }
  return false
}

/** `web: handshakes` → `Handshakes`. */
function wordsOf(title: string): string {
  const words = title.replace(/^[^:]*: /, '')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
