/** What the legend has to explain: only what moves in this run. */

import type { RunSeries } from '../../measure/series.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { LEGEND, type LegendLook, MOVES } from './outcomes.ts'

/** Moves that a scenario can have, in the order in which the legend names them. */
export function movesOf({ clients, tiers, faults }: Scenario): readonly LegendLook[] {
  const caches = tiers.flatMap(({ cache }) => cache ?? [])
  const has = [
    true,
    triesAgain({ clients, tiers }),
    clients.some(({ hedge }) => hedge !== undefined),
    caches.some(({ grace }) => grace > 0),
    tiers.some(({ health }) => health?.active !== undefined || health?.probes !== undefined),
    faults.some(({ kind }) => kind === 'purge' || kind === 'softPurge'),
    tiers.some(({ tls }) => tls !== undefined),
    tiers.some(({ tls }) => tls !== undefined && ((tls.resumption ?? 0) > 0 || tls.tickets !== undefined)),
  ]
  return MOVES.filter((_, move) => has[move])
}

/** Answers that a run has had so far; all of them while nothing is known of it. */
export function answersOf(scenario: Scenario, series: RunSeries | undefined): readonly LegendLook[] {
  const { clients, tiers } = scenario
  const isCalledOff = clients.some(({ hedge, onTimeout, timeout }) => {
    return hedge !== undefined || (onTimeout === 'cancel' && timeout !== undefined)
  })
  // A try that fails may have another one behind it, and then no request has failed.
  const isHidden =
    triesAgain(scenario) && (scenario.faults.length > 0 || tiers.some(({ failures }) => failures))
  return LEGEND.filter(({ column }) => {
    if (column === 'ok') return true
    if (column === 'cancelled') return isCalledOff
    return series === undefined || (isHidden && column === 'failedPerSecond') || hasSome(series, column)
  })
}

function triesAgain({ clients, tiers }: Pick<Scenario, 'clients' | 'tiers'>): boolean {
  return [...clients, ...tiers].some(({ retries }) => retries !== undefined)
}

function hasSome({ columns, steps }: RunSeries, id: string): boolean {
  const values = columns.find((column) => column.id === id)?.values ?? []
  return values.slice(0, steps).some((value) => value > 0)
}
