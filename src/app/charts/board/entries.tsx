/** Every chart that there is for a run, and which of them tell its story. */

import { Suspense } from 'react'
import type { Scenario } from '../../../scenario/scenario.ts'
import { UNLIMITED } from '../../../scenario/scenario.ts'
import { strategiesOf } from '../../../scenario/tier-at.ts'
import { later } from '../../parts/later.tsx'
import type { Abilities } from '../../stores/abilities.ts'
import type { Run } from '../../stores/runs.ts'
import { highest } from '../columns.ts'
import { Availability } from '../kinds/availability.tsx'
import { Heat } from '../kinds/heat.tsx'
import { heatRange } from '../kinds/heat-bins.ts'
import { Latency } from '../kinds/latency.tsx'
import { Lines, type LinesOf } from '../kinds/lines.tsx'
import { Replicas, shortName } from '../kinds/replicas.tsx'
import { Throughput } from '../kinds/throughput.tsx'
import { bySeries } from './by-series.ts'
import { DERIVED } from './derived.ts'
import type { ChartEntry, RunChart } from './entry.ts'
import { type Family, familiesOf } from './families.ts'

// Rarely on a board, and heavier than the others.
const Keys = later(() => import('../keys/keys.tsx'))
const LatencySpread = later(() => import('../spread/latency-spread.tsx'))

const CLIENTS = 'What clients see'
const REPLICAS = 'Replicas'
const TIERS = 'Tiers'
const MORE = 'More figures'

/** Of tiers' figures, those that are the story where they say anything. */
const TELLING = [
  'hitRate',
  'fetchesPerSecond',
  'sessionsMovedPerSecond',
  'handshakesPerSecond',
  'limitedPerSecond',
]

/** @param previous the run before, whose curves stay as ghosts */
export function entriesOf(
  run: Run,
  previous: Run | undefined,
  strategies: Abilities['strategies'],
): readonly ChartEntry[] {
  return chartsOf(run, strategies).map(({ renderOf, ...entry }) => ({
    ...entry,
    render: () => renderOf({ run, previous }),
  }))
}

/** The same, to be drawn alone or beside those of other runs. */
export function chartsOf(run: Run, strategies: Abilities['strategies']): readonly RunChart[] {
  const { scenario } = run
  const isKeyed = hasKeys(scenario, strategies)
  const nothing = heatRange(run.series) ? undefined : 'No request has succeeded.'
  return [
    {
      id: 'throughput',
      title: 'Throughput',
      about: 'Requests that ended in each step, by how they ended.',
      group: CLIENTS,
      isDefault: true,
      renderOf: (chart) => <Throughput {...chart} />,
    },
    {
      id: 'latency',
      title: 'Latency',
      about: 'Percentiles p50, p90 and p99 over time.',
      group: CLIENTS,
      isDefault: true,
      renderOf: (chart) => <Latency {...chart} />,
    },
    {
      id: 'heat',
      title: 'Latency heat map',
      about: 'How latency is spread, step by step: bands that split or drift are what percentiles hide.',
      group: CLIENTS,
      reason: nothing,
      isDefault: true,
      renderOf: (chart) => <Heat {...chart} />,
    },
    {
      id: 'spread',
      title: 'Latency distribution',
      about:
        'Histogram and tail on a logarithmic axis, with theory’s curve where the system is one it knows.',
      group: CLIENTS,
      reason: nothing,
      isDefault: false,
      renderOf: (chart) => (
        <Suspense>
          <LatencySpread {...chart} />
        </Suspense>
      ),
    },
    {
      id: 'availability',
      title: 'Availability',
      about: 'Share of requests that succeeded, with the goal that the scenario expects.',
      group: CLIENTS,
      isDefault: canFail(scenario),
      renderOf: (chart) => <Availability {...chart} />,
    },
    ...nodeCharts(run),
    ...familiesOf(run.series).map((family) => familyChart(family, run)),
    ...DERIVED.map((derived): RunChart => {
      const of = derivedLines.get(derived.id)!
      return {
        id: derived.id,
        title: derived.title,
        about: derived.definition,
        group: TIERS,
        reason: reasonOf(derived.id, scenario),
        isDefault: isTellingOf(derived.id, run),
        renderOf: (chart) => <Lines of={of} {...chart} />,
      }
    }),
    {
      id: 'keys',
      title: 'Who owns which keys',
      about: 'Ring or table of a strategy that goes by key, and what moved with the last change of the pool.',
      group: REPLICAS,
      reason: isKeyed ? undefined : 'No strategy here goes by key.',
      isDefault: isKeyed,
      renderOf: (chart) =>
        isKeyed ? (
          <Suspense>
            <Keys {...chart} />
          </Suspense>
        ) : null,
    },
  ]
}

/** The same object for every run, so that lines are made anew only when the series are. */
const derivedLines = new Map<string, LinesOf>(
  DERIVED.map(({ id, title, definition, linesOf }) => [
    id,
    { title, definition, linesOf: bySeries(({ series, scenario }: Run) => linesOf(series, scenario)) },
  ]),
)

function nodeCharts(run: Run): readonly RunChart[] {
  return [
    {
      id: 'replicas',
      title: 'Replicas',
      about:
        'One figure of each replica, which you choose, as rows, lines or a heat map, with truth and belief.',
      group: REPLICAS,
      isDefault: true,
      renderOf: (chart) => <Replicas {...chart} />,
    },
    ...run.series.nodes.map(
      ({ id, title }): RunChart => ({
        id: `replicas.${id}`,
        title: `${shortName(id, title)}, by replica`,
        about: 'As rows, lines or a heat map.',
        group: REPLICAS,
        isDefault: false,
        renderOf: (chart) => <Replicas {...chart} figure={id} />,
      }),
    ),
  ]
}

function familyChart(family: Family, run: Run): RunChart {
  const { id, title, definition, isSilent } = family
  const [, scope, figure = '', tier] = /^(tiers|clients)\.([^.]+)(?:\.(.+))?$/.exec(id) ?? []
  const isLone = figure === 'imbalance' && run.scenario.tiers.every(({ replicas }) => replicas.length === 1)
  const of: LinesOf = {
    title,
    definition,
    linesOf: (other) => familiesOf(other.series).find((one) => one.id === id)?.lines ?? [],
  }
  return {
    id,
    title,
    about: definition,
    group: scope === 'tiers' ? TIERS : scope === 'clients' ? CLIENTS : MORE,
    reason: isLone
      ? 'Every tier has one replica only.'
      : isSilent
        ? 'Nothing of it happens in this run.'
        : undefined,
    isDefault: isTelling(figure, tier, family, run.scenario) && !isLone,
    renderOf: (chart) => <Lines of={of} {...chart} />,
  }
}

function isTelling(
  figure: string,
  tier: string | undefined,
  { isSilent }: Family,
  scenario: Scenario,
): boolean {
  const own = scenario.tiers.filter(({ id }) => tier === undefined || id === tier)
  if (figure === 'imbalance') return scenario.tiers.length === 1
  const comesAndGoes = own.some(({ scaling }) => scaling !== undefined)
  if (figure === 'capacity') return comesAndGoes
  if (figure === 'replicas') return comesAndGoes || (tier === undefined && scenario.faults.length > 0)
  return TELLING.includes(figure) && !isSilent
}

/** Where there are several tiers, what happens where is the story. */
function isTellingOf(id: string, { series, scenario }: Run): boolean {
  if (id !== 'furtherTries') return scenario.tiers.length > 1 && (id === 'queued' || id === 'utilisation')
  const lines = DERIVED.find((derived) => derived.id === id)!.linesOf(series, scenario)
  return triesAgain(scenario) && lines.some(({ column }) => highest(column.values, series.steps) > 0)
}

/** Whether anything in it can go wrong. */
function canFail({ clients, tiers, faults, expect }: Scenario): boolean {
  return (
    faults.length > 0 ||
    clients.some(({ timeout }) => timeout !== undefined) ||
    expect.some(({ figure }) => figure === 'availability') ||
    tiers.some(
      ({ failures, rateLimits, service }) =>
        failures !== undefined ||
        rateLimits !== undefined ||
        service.queue < UNLIMITED ||
        service.patience !== undefined,
    )
  )
}

function triesAgain({ clients, tiers }: Scenario): boolean {
  return (
    clients.some(({ retries, hedge }) => (retries ?? hedge) !== undefined) ||
    tiers.some(({ retries }) => retries !== undefined)
  )
}

function reasonOf(id: string, scenario: Scenario): string | undefined {
  if (id === 'furtherTries' && !triesAgain(scenario)) return 'Nobody tries again here.'
  return undefined
}

/** Only where a replica can be chosen by key: the view brings the strategies along. */
function hasKeys(scenario: Scenario, strategies: Abilities['strategies']): boolean {
  const isKeyed = (policy: string) => strategies.some((one) => one.isKeyed && one.id === policy)
  return scenario.tiers.some(
    ({ replicas }, index) =>
      replicas.length > 1 && strategiesOf(scenario, index).some(({ policy }) => isKeyed(policy)),
  )
}
