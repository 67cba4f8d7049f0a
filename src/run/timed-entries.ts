/** What the timeline tells beside the facts: timed entries of the scenario, and why replicas were added or taken away. */

import { round } from '../base/round.ts'
import type { Scaled } from '../measure/happenings.ts'
import type { TimelineEntry } from '../measure/report.ts'
import type { Change } from '../measure/series.ts'
import type { Cluster } from '../model/cluster.ts'
import { BY_HAND, BY_SCHEDULE } from '../model/outside.ts'
import type { Scaling } from '../scenario/membership.ts'
import type { Fault, FaultKind, Scenario } from '../scenario/scenario.ts'

/** Entries that leave no fact of their own; what befalls replicas, tiers and balancers is told by those. */
const NAMES: Partial<Readonly<Record<FaultKind, string>>> = {
  purge: 'purge',
  softPurge: 'soft purge',
  update: 'update at the origin',
  partition: 'partition',
  latency: 'latency',
  loss: 'loss',
  drain: 'drain',
  weight: 'weight',
  pause: 'pauses',
  flap: 'flaps',
  balance: 'other strategy',
  checks: 'other checks',
  slots: 'other slots',
}

/** Timed entries up to an instant, with their ends; of partitions and drains also when balancers noticed. */
export function timedEntries(scenario: Scenario, changes: readonly Change[], now: number): TimelineEntry[] {
  const begun = scenario.faults.filter(
    ({ at, ends, kind }) => at <= now && !ends && NAMES[kind] !== undefined,
  )
  return begun.map((fault) => {
    const end = scenario.faults.find((other) => other.at >= fault.at && other.ends && isSame(other, fault))
    const until = end !== undefined && end.at <= now ? end.at : undefined
    return {
      at: fault.at / 1e9,
      what: fault.strategy ? `strategy ${fault.strategy.policy}` : NAMES[fault.kind]!,
      where: placeOf(scenario, fault),
      ...(fault.kind === 'slots' ? { to: fault.amount } : {}),
      ...(fault.kind === 'partition' || fault.kind === 'loss' || fault.kind === 'latency'
        ? noticed(scenario, fault, changes, until ?? Infinity)
        : {}),
      ...(until === undefined ? {} : { until: until / 1e9 }),
    }
  })
}

function isSame(a: Fault, b: Fault): boolean {
  return a.kind === b.kind && a.tier === b.tier && a.replica === b.replica && a.from === b.from
}

function placeOf({ tiers }: Scenario, { tier, replica }: Fault): string {
  const { id, replicas } = tiers[tier]!
  return replica < 0 ? id : replicas[replica]!.id
}

/** When the first and the last balancer stopped using one of the replicas while it lasted, and used all again after it. */
function noticed(
  { tiers }: Scenario,
  { at, tier, replica }: Fault,
  changes: readonly Change[],
  until: number,
): Pick<TimelineEntry, 'detected' | 'everywhere' | 'returned'> {
  const first = tiers.slice(0, tier).reduce((sum, { replicas }) => sum + replicas.length, 0)
  const isHere = (node: number) =>
    replica < 0 ? node >= first && node < first + tiers[tier]!.replicas.length : node === first + replica
  const out = new Set<string>()
  let detected: number | undefined
  let last = 0
  let returned: number | undefined
  for (const { at: when, kind, node, balancer, value } of changes) {
    if (kind !== 'belief' || when < at || !isHere(node) || returned !== undefined) continue
    const pair = `${balancer} ${node}`
    if (value === 0 && when <= until) {
      out.add(pair)
      detected ??= when
      last = when
    } else if (value === 1 && out.delete(pair) && out.size === 0 && when >= until) returned = when
  }
  return {
    ...(detected === undefined ? {} : { detected: detected / 1e9 }),
    ...(detected === undefined || last === detected ? {} : { everywhere: last / 1e9 }),
    ...(returned === undefined ? {} : { returned: returned / 1e9 }),
  }
}

/** Changes of the number of replicas so far, each with its reason. */
export function scaledIn({ fixed, outside }: Cluster): Scaled[] {
  return (outside.scaled ?? []).map(({ at, tier, from, to, why, load }) => {
    const { scaling } = fixed.scenario.tiers[tier]!
    const words =
      why === BY_HAND ? 'by hand' : why === BY_SCHEDULE ? 'by the schedule' : loadWords(scaling!, load)
    return { at, tier, from, to, why: words }
  })
}

function loadWords({ simple, target, min, max }: Scaling, load: number): string {
  if (Number.isNaN(load)) return `${min} to ${max} are wanted`
  const busy = `${percent(load)} of the slots busy`
  if (simple === undefined) return `${busy}, ${percent(target)} wanted`
  return load > simple.above
    ? `${busy}, above ${percent(simple.above)}`
    : `${busy}, below ${percent(simple.below)}`
}

function percent(share: number): string {
  return `${round(1000 * share) / 10} %`
}
