/**
 * Whether variants had the same to do. Arrivals are compared as they were seen in the runs; what a request
 * brings besides (size, work in each tier, patience) is drawn at its birth from streams of its own, so that
 * the same arrivals with the same distributions are the same requests.
 */

import type { Scenario } from '../../scenario/scenario.ts'
import type { Births } from './births.ts'
import type { Fairness } from './result.ts'

export interface Seen {
  readonly births: Births
  readonly partial: boolean
  readonly warmUpSeconds: number
}

/**
 * @param scenarios one of each variant
 * @param runs of each variant, one for each replication; undefined where there was no time for it
 */
export function fairnessOf(
  scenarios: readonly Scenario[],
  runs: readonly (readonly (Seen | undefined)[])[],
): Fairness {
  const [first = [], ...others] = runs
  const everyPair = (holds: (a: Seen | undefined, b: Seen | undefined) => boolean) =>
    others.every((run) => run.every((seen, i) => holds(seen, first[i])))
  const sameArrivals = everyPair(
    (a, b) => a?.births.count === b?.births.count && a?.births.digest === b?.births.digest,
  )
  const isCut = runs.some((run) => run.length === 0 || run.some((seen) => seen === undefined || seen.partial))
  return {
    ...(isCut ? { requests: 'unknown', why: 'runs were cut short' } : requests(scenarios, sameArrivals)),
    sameFaults: areSame(scenarios.map(({ faults, tiers }) => [faults, tiers.map((tier) => tier.failures)])),
    sameWarmUp: isCut || everyPair((a, b) => a?.warmUpSeconds === b?.warmUpSeconds),
  }
}

function requests(scenarios: readonly Scenario[], sameArrivals: boolean): Pick<Fairness, 'requests' | 'why'> {
  if (!sameArrivals) return { requests: 'different', why: whyDifferent(scenarios) }
  const work = scenarios.map(({ tiers }) => tiers.map(({ service }) => service.demand))
  if (!areSame(work)) return { requests: 'same arrivals', why: 'variants change the work of a request' }
  const rest = scenarios.map(({ clients }) => clients.map(({ size, timeout }) => [size, timeout]))
  if (!areSame(rest)) return { requests: 'same arrivals', why: 'variants change the size or the patience' }
  return { requests: 'same', why: '' }
}

function whyDifferent(scenarios: readonly Scenario[]): string {
  if (!areSame(scenarios.map(({ seed }) => seed))) return 'variants have seeds of their own'
  if (!areSame(scenarios.map(({ duration }) => duration))) return 'variants do not last equally long'
  const arrivals = scenarios.map(({ clients }) =>
    clients.map(({ id, arrivals, keys, addresses }) => [id, arrivals, keys, addresses]),
  )
  if (!areSame(arrivals)) return 'variants change what clients send'
  const isClosed = scenarios.some(({ clients }) =>
    clients.some(({ arrivals }) => arrivals.policy === 'closed'),
  )
  const hasSessions = scenarios.some(({ clients }) => clients.some(({ sessions }) => sessions !== undefined))
  if (hasSessions)
    return 'in a session the next request waits for the answer to the last; sessions begin at the same instants and ask for the same'
  if (isClosed) return 'in a closed loop the next request waits for the answer to the last'
  return 'what clients send depends on the answers they get'
}

function areSame(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size <= 1
}
