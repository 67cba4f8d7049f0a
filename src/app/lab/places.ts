/** Numbers of the engine as names of a scenario: nodes, balancers, tiers. */

import type { Scenario, Tier } from '../../scenario/scenario.ts'

export interface Places {
  readonly scenario: Scenario
  /** By node. */
  readonly names: readonly string[]
  /** By node: its tier's number. */
  readonly tiers: readonly number[]
}

export function placesOf(scenario: Scenario): Places {
  return {
    scenario,
    names: scenario.tiers.flatMap((tier) => tier.replicas.map(({ id }) => id)),
    tiers: scenario.tiers.flatMap((tier, t) => tier.replicas.map(() => t)),
  }
}

export function tierOf({ scenario, tiers }: Places, node: number): Tier {
  return scenario.tiers[tiers[node]!]!
}

/** The first node of a tier. */
export function firstNode({ tiers }: Scenario, tier: number): number {
  return tiers.slice(0, tier).reduce((sum, { replicas }) => sum + replicas.length, 0)
}

/** Who sends, as within a sentence: -1 and below are balancers in front, others are replicas of the tier before. */
export function senderName({ scenario, names }: Places, from: number): string {
  if (from >= 0) return names[from] ?? ''
  const fronts = scenario.tiers[0]?.structure?.balancers ?? 1
  return fronts > 1 ? `balancer ${-from}` : 'the balancer'
}

/** A balancer by its number among all of them: those in front come first, then one in each sending replica. */
export function balancerName(places: Places, balancer: number): string {
  const fronts = places.scenario.tiers[0]?.structure?.balancers ?? 1
  if (balancer < fronts) return senderName(places, -1 - balancer)
  return `the balancer in ${places.names[balancer - fronts] ?? '?'}`
}

/** `least-connections` as `least connections`. */
export function policyName(policy: string): string {
  return policy.replaceAll('-', ' ')
}

/** As a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
