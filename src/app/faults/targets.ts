/** What can be struck in a scenario, by the names that timed entries use. */

import type { ClientPopulation, Scenario, Tier } from '../../scenario/scenario.ts'
import { KINDS, type Kind, type TargetKind } from './kinds.ts'

export interface Target {
  readonly kind: TargetKind
  readonly name: string
  /** Of a replica or a tier: its tier. */
  readonly tier?: Tier
  /** Of clients. */
  readonly population?: ClientPopulation
}

/** The target of that name; undefined when the scenario has none. */
export function targetOf(scenario: Scenario, name: string): Target | undefined {
  const tier = scenario.tiers.find(({ id }) => id === name)
  if (tier) return { kind: 'tier', name, tier }
  const home = scenario.tiers.find(({ replicas }) => replicas.some(({ id }) => id === name))
  if (home) return { kind: 'replica', name, tier: home }
  const population = scenario.clients.find(({ id }) => id === name)
  if (population) return { kind: 'clients', name, population }
  if (/^balancer(\/\d+)?$/.test(name)) return { kind: 'balancer', name }
  return zonesOf(scenario).includes(name) ? { kind: 'zone', name } : undefined
}

/** Everything that a kind can be about, tiers before their replicas. */
export function targetsFor(kind: Kind, scenario: Scenario): readonly string[] {
  const { tiers, clients } = scenario
  const fits = (what: TargetKind) => kind.on.includes(what)
  const held = tiers.filter((tier) => hasWhatItNeeds(kind, tier))
  return [
    ...(fits('balancer') ? balancersOf(scenario, true) : []),
    ...held.flatMap(({ id, replicas }) => [
      ...(fits('tier') ? [id] : []),
      ...(fits('replica') ? replicas.filter(({ spare }) => !spare).map((one) => one.id) : []),
    ]),
    ...(fits('clients') ? clients.filter(comesByItself).map(({ id }) => id) : []),
    ...(fits('zone') ? zonesOf(scenario) : []),
  ]
}

/** Whether there is anybody in a scenario whom it can strike, where it strikes anybody in particular. */
export function canHappen(kind: Kind, scenario: Scenario): boolean {
  return kind.on.length === 0 || targetsFor(kind, scenario).length > 0
}

/** What can happen to a target. */
export function kindsFor(target: Target): readonly Kind[] {
  return KINDS.filter((kind) => {
    const { id, on } = kind
    if (!on.includes(target.kind)) return false
    if (target.tier && !hasWhatItNeeds(kind, target.tier)) return false
    return !(id === 'spike' && target.population && !comesByItself(target.population))
  })
}

function hasWhatItNeeds({ needsCache, needsChecks }: Kind, { cache, health }: Tier): boolean {
  return (!needsCache || cache !== undefined) && (!needsChecks || health?.active !== undefined)
}

/** Whoever sends to a tier, as `from` names them; none to choose from when there is one only. */
export function sendersTo(scenario: Scenario, name: string): readonly string[] {
  const number = scenario.tiers.findIndex(
    ({ id, replicas }) => id === name || replicas.some((one) => one.id === name),
  )
  if (number < 0) return []
  const senders =
    number === 0 ? balancersOf(scenario, false) : scenario.tiers[number - 1]!.replicas.map(({ id }) => id)
  return senders.length > 1 ? senders : []
}

/** Whether a balancer in front (all, for `balancer`) is alive at an instant: only timed entries kill balancers. */
export function isBalancerUp({ faults, tiers }: Scenario, name: string, at: number): boolean {
  const count = tiers[0]?.structure?.balancers ?? 1
  const number = /^balancer\/(\d+)$/.exec(name)?.[1]
  const asked = number === undefined ? Array.from({ length: count }, (_, n) => n) : [Number(number) - 1]
  return asked.every((one) => {
    const last = faults.findLast(
      (fault) => fault.kind === 'down' && fault.at <= at && (fault.balancer === one || fault.balancer === -1),
    )
    return last === undefined || last.ends === true
  })
}

/** Those who send by their own clock, and so can send more. */
export function comesByItself({ arrivals }: ClientPopulation): boolean {
  return arrivals.policy !== 'closed' && arrivals.policy !== 'log'
}

/** How many replicas a tier begins with, and how many it has room for. */
export function roomOf({ replicas }: Tier): { readonly now: number; readonly most: number } {
  return { now: replicas.filter(({ spare }) => !spare).length, most: replicas.length }
}

export function zonesOf({ tiers }: Scenario): readonly string[] {
  return [...new Set(tiers.flatMap(({ replicas }) => replicas.flatMap(({ zone }) => (zone ? [zone] : []))))]
}

function balancersOf({ tiers }: Scenario, withAll: boolean): readonly string[] {
  const count = tiers[0]?.structure?.balancers ?? 1
  const each = Array.from({ length: count }, (_, n) => `balancer/${n + 1}`)
  return withAll ? ['balancer', ...each] : each
}
