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
  readonly concurrency: number
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
    for (const { id, speed } of tier.replicas) {
      facilities.push({
        node: facilities.length,
        name: id,
        tier: index,
        speed,
        concurrency: tier.service.concurrency,
        discipline: tier.service.discipline,
        balancers,
        hasCache: tier.cache !== undefined,
      })
    }
  })
  return facilities
}

/** Balancers side by side in front. */
export function frontsOf({ tiers }: Pick<Scenario, 'tiers'>): number {
  return tiers[0]?.structure?.balancers ?? 1
}
