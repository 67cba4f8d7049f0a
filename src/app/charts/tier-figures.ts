/** Which figures of tiers a run has something to tell about, beyond those that every run has. */

import type { RunSeries, SeriesColumn } from '../../measure/series.ts'

/** One chart: the same figure of one or several tiers. */
export interface TierFigure {
  readonly figure: string
  readonly title: string
  readonly definition: string
  readonly lines: readonly { readonly tier: string; readonly title: string; readonly column: SeriesColumn }[]
}

interface Words {
  readonly title: string
  readonly definition: string
  /** Drawn in the chart of another figure, under this title. */
  readonly with?: { readonly figure: string; readonly title: string }
}

const SHOWN: Readonly<Record<string, Words>> = {
  hitRate: {
    title: 'Hit rate',
    definition: 'Requests that a cache answered by itself, of all that asked it, in each step.',
  },
  fetchesPerSecond: {
    title: 'Load on the origin',
    definition: 'Requests per second that caches sent on to where the content comes from.',
  },
  sessionsMovedPerSecond: {
    title: 'Sessions moved and broken',
    definition:
      'Sessions per second that another replica served than the one before, and those of them whose state was lost with that.',
    with: { figure: 'sessionsMovedPerSecond', title: 'moved' },
  },
  sessionsBrokenPerSecond: {
    title: 'Sessions broken',
    definition: 'Sessions per second whose state was lost.',
    with: { figure: 'sessionsMovedPerSecond', title: 'broken' },
  },
  imbalance: {
    title: 'Imbalance',
    definition:
      'Requests that went to the busiest replica of a tier, as a multiple of the average: 1 is perfectly even.',
  },
}
/** Other ways to say how even it is, and what says nothing by itself. */
const HIDDEN = ['jain', 'cv', 'sessionsBegunPerSecond']

/** In the order of the table, then those that it does not know; tiers of one replica cannot be uneven. */
export function tierFigures(
  series: RunSeries,
  replicas: Readonly<Record<string, number>>,
): readonly TierFigure[] {
  const found = new Map<string, TierFigure & { lines: TierFigure['lines'][number][] }>()
  for (const column of series.columns) {
    const [, tier, figure] = /^tiers\.(.+)\.([^.]+)$/.exec(column.id) ?? []
    if (tier === undefined || figure === undefined || HIDDEN.includes(figure)) continue
    if (figure === 'imbalance' ? replicas[tier] === 1 : !tellsAnything(column, series.steps)) continue
    const words = SHOWN[figure] ?? { title: wordsOf(column.title), definition: column.title }
    const name = words.with?.figure ?? figure
    const known = found.get(name)
    const line = { tier, title: [tier, words.with?.title].filter(Boolean).join(' '), column }
    if (known) known.lines.push(line)
    else found.set(name, { figure: name, title: words.title, definition: words.definition, lines: [line] })
  }
  const order = Object.keys(SHOWN)
  const rank = (figure: string) => (order.includes(figure) ? order.indexOf(figure) : order.length)
  return [...found.values()].sort((a, b) => rank(a.figure) - rank(b.figure))
}

/** A rate that is always 0, and a share of nothing, need no chart. */
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
