/**
 * What the stage knows of a scenario's replicas before anything runs: names, slots, full speed and how
 * many balancers send to each. Counted over all tiers, as everywhere.
 */

import type { Discipline, Scenario } from '../../scenario/scenario.ts'

export interface Facility {
  readonly node: number
  readonly name: string
  readonly tier: number
  readonly speed: number
  /** Slots that the scenario gives it, and the most that it ever has: so many have a place. */
  readonly concurrency: number
  readonly mostSlots: number
  /** When its slots change, and to how many; in order of time. */
  readonly resizes: readonly { readonly at: number; readonly slots: number }[]
  readonly discipline: Discipline
  /** Balancers that send to it: the one in front, or one in each replica of the tier before. */
  readonly balancers: number
  /** It keeps answers. */
  readonly hasCache: boolean
}

export function facilitiesOf(scenario: Scenario): readonly Facility[] {
  const facilities: Facility[] = []
  scenario.tiers.forEach((tier, index) => {
    const balancers = scenario.tiers[index - 1]?.replicas.length ?? frontsOf(scenario)
    const own = tier.service.concurrency
    const resizes = scenario.faults.filter(({ kind, tier: of }) => kind === 'slots' && of === index)
    tier.replicas.forEach(({ id, speed }, replica) => {
      facilities.push({
        node: facilities.length,
        name: id,
        tier: index,
        speed,
        concurrency: own,
        mostSlots: mostSlots(scenario, index),
        resizes: resizes
          .filter((one) => one.replica < 0 || one.replica === replica)
          .map(({ at, amount, ends }) => ({ at, slots: ends ? own : amount })),
        discipline: tier.service.discipline,
        balancers,
        hasCache: tier.cache !== undefined,
      })
    })
  })
  return facilities
}

/** The most slots that a replica of a tier ever has. */
export function mostSlots({ tiers, faults }: Scenario, tier: number): number {
  const { concurrency = 1 } = tiers[tier]?.service ?? {}
  return faults.reduce(
    (most, { kind, tier: of, amount }) => (kind === 'slots' && of === tier ? Math.max(most, amount) : most),
    concurrency,
  )
}

/** Slots at an instant. */
export function slotsAt({ concurrency, resizes }: Facility, at: number): number {
  return resizes.length === 0 ? concurrency : (resizes.findLast((one) => one.at <= at)?.slots ?? concurrency)
}

/** Balancers side by side in front. */
export function frontsOf({ tiers }: Pick<Scenario, 'tiers'>): number {
  return tiers[0]?.structure?.balancers ?? 1
}
