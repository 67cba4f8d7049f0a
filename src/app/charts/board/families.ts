/**
 * Charts made of the series' own columns, which say what they are: the same figure of several tiers in one
 * chart, figures that belong together in one chart, everything else each in its own. A column that nobody has
 * heard of gets a chart too.
 */

import type { RunSeries, SeriesColumn } from '../../../measure/series.ts'

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

interface Words {
  readonly title: string
  readonly definition: string
  /** Its columns, and what each is called there; itself alone when absent. */
  readonly members?: Readonly<Record<string, string>>
}

/** Families of a tier's columns with words of their own; they come in this order. */
const TIERS: Readonly<Record<string, Words>> = {
  capacity: {
    title: 'Offered load and capacity',
    definition:
      'Requests per second that are asked of the tier, further tries among them; beside them what its replicas can serve as they truly are, and what balancers believe they can serve. Slots × speed ÷ mean work: queues, caches and slots kept for the next tier are not in it.',
    members: {
      offeredPerSecond: 'offered',
      capacityAlivePerSecond: 'capacity alive',
      capacityBelievedPerSecond: 'capacity believed',
    },
  },
  replicas: {
    title: 'Replicas alive and believed',
    definition:
      'Replicas that serve, those that balancers believe ready (on average over balancers), and those that exist and are paid for.',
    members: { replicasAlive: 'alive', replicasBelieved: 'believed', replicasPaid: 'paid for' },
  },
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
    members: { sessionsMovedPerSecond: 'moved', sessionsBrokenPerSecond: 'broken' },
  },
  sessionsBegunPerSecond: {
    title: 'Sessions begun',
    definition: 'Sessions per second that were served for the first time.',
  },
  imbalance: {
    title: 'Imbalance',
    definition:
      'Requests that went to the busiest replica of a tier, as a multiple of the average: 1 is perfectly even.',
  },
  jain: {
    title: 'Jain index',
    definition:
      'How evenly requests are spread over the replicas of a tier: 1 is even, 1 ÷ replicas is all at one.',
  },
  cv: {
    title: 'Coefficient of variation',
    definition:
      'How unevenly requests are spread over the replicas of a tier: deviation over mean, 0 is even.',
  },
  replicaSeconds: {
    title: 'Cost so far',
    definition: 'Time for which replicas have existed, all together: what one pays for.',
  },
}

/** Columns of the whole cluster with words of their own. */
const OVERALL: Readonly<Record<string, Words>> = {
  errorBudgetBurnt: {
    title: 'Error budget burnt',
    definition:
      'Share of the error budget that is used up: requests without success so far, over those that the objective allows (what the scenario expects of availability, else 99.9 %). Above 100 % the objective is missed.',
  },
  inSystem: {
    title: 'In the system',
    definition: 'Requests that clients wait for at once, averaged over each step.',
  },
  arrivalsPerSecond: {
    title: 'Arrivals',
    definition: 'Requests that clients send, per second, without further tries.',
  },
}

/** Those that other charts draw. */
const ELSEWHERE = /^(?:(?:succeeded|failed|rejected|timedOut)PerSecond|latencyP\d+Ms|availability)$/

/** All families of a run, those with words of their own first. */
export function familiesOf(series: RunSeries): readonly Family[] {
  const overall = series.columns.filter(({ id }) => !id.startsWith('tiers.') && !ELSEWHERE.test(id))
  const ofTiers = tierColumns(series)
  const tiers = [...new Set(ofTiers.map(({ tier }) => tier))]
  return [
    ...overall.map((column) =>
      family(series, column.id, OVERALL[column.id], [{ title: column.title, column }]),
    ),
    ...grouped(ofTiers, tiers).map(({ id, words, lines }) => family(series, id, words, lines)),
  ]
}

interface TierColumn {
  readonly tier: string
  readonly figure: string
  readonly column: SeriesColumn
}

function tierColumns({ columns }: RunSeries): readonly TierColumn[] {
  return columns.flatMap((column) => {
    const [, tier, figure] = /^tiers\.(.+)\.([^.]+)$/.exec(column.id) ?? []
    return tier === undefined || figure === undefined ? [] : [{ tier, figure, column }]
  })
}

interface Grouped {
  readonly id: string
  readonly words: Words | undefined
  readonly lines: readonly FamilyLine[]
}

/** Several figures of several tiers would be too many lines: then each tier has its chart. */
function grouped(columns: readonly TierColumn[], tiers: readonly string[]): readonly Grouped[] {
  const known = Object.entries(TIERS).flatMap(([name, words]): Grouped[] => {
    const members = words.members ?? { [name]: '' }
    const lines = columns.flatMap(({ tier, figure, column }) =>
      figure in members
        ? [
            {
              tier,
              title: [tier, members[figure]].filter(Boolean).join(' '),
              short: members[figure] ?? '',
              column,
            },
          ]
        : [],
    )
    if (lines.length === 0) return []
    if (!words.members || tiers.length === 1)
      return [
        {
          id: `tiers.${name}`,
          words,
          lines: lines.map((line) => ({ ...line, title: words.members ? line.short : line.title })),
        },
      ]
    return tiers.flatMap((tier) => {
      const own = lines
        .filter((line) => line.tier === tier)
        .map(({ short, column }) => ({ title: short, column }))
      const named = { ...words, title: `${words.title}: ${tier}` }
      return own.length > 0 ? [{ id: `tiers.${name}.${tier}`, words: named, lines: own }] : []
    })
  })
  const all = Object.entries(TIERS).flatMap(([name, { members }]) =>
    members ? Object.keys(members) : [name],
  )
  const rest = [...new Set(columns.map(({ figure }) => figure))].filter((figure) => !all.includes(figure))
  return [
    ...known,
    ...rest.map((figure): Grouped => {
      const own = columns.filter((column) => column.figure === figure)
      return {
        id: `tiers.${figure}`,
        words: undefined,
        lines: own.map(({ tier, column }) => ({ title: tier, column })),
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
