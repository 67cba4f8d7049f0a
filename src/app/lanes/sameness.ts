/** Whether lanes can be compared fairly: what they all face alike, and what not, as sentences. */

import type { Scenario } from '../../scenario/scenario.ts'
import { seedText } from '../format.ts'

export interface Sameness {
  /** False when the difference of two lanes is more than what was changed on purpose. */
  readonly isSame: boolean
  readonly words: string
}

interface Named {
  readonly name: string
  readonly scenario: Scenario
}

/** Parts of a scenario that decide what a lane faces, as the words that say so. */
const PARTS: readonly (readonly [what: string, of: (scenario: Scenario) => unknown])[] = [
  ['another seed', ({ seed }) => [seed, typeof seed]],
  [
    'other requests',
    ({ clients }) =>
      clients.map(({ id, arrivals, keys, size, addresses, skew, nat, sessions }) => [
        ...[id, arrivals, keys, size],
        ...[addresses, skew, nat, sessions],
      ]),
  ],
  ['other work for each request', ({ tiers }) => tiers.map(({ id, service }) => [id, service.demand])],
  ['other faults', ({ faults, tiers }) => [faults, tiers.map(({ failures }) => failures)]],
  ['another length', ({ duration, warmUp }) => [duration, warmUp]],
]

/** The first lane is what the others are held against. */
export function sameness(lanes: readonly Named[]): Sameness {
  const [first, ...others] = lanes
  if (!first) return { isSame: true, words: '' }
  const apart = others.flatMap(({ name, scenario }) => {
    const differing = PARTS.filter(
      ([, of]) => JSON.stringify(of(scenario)) !== JSON.stringify(of(first.scenario)),
    )
    return differing.length > 0 ? [`“${name}” has ${list(differing.map(([what]) => what))}`] : []
  })
  if (apart.length > 0) {
    return {
      isSame: false,
      words: `Not the same for all: ${apart.join('; ')}. What differs is not only the cluster’s doing.`,
    }
  }
  const seed = seedText(first.scenario.seed)
  if (lanes.some(({ scenario }) => scenario.clients.some(({ arrivals }) => arrivals.policy === 'closed'))) {
    return {
      isSame: false,
      words: `The same clients, faults and seed ${seed}, but not exactly the same requests: who waits for an answer before asking again asks later where answers are slow.`,
    }
  }
  const faults = first.scenario.faults.length > 0 ? ' and the same faults' : ''
  return {
    isSame: true,
    words: `All lanes face exactly the same requests${faults} (seed ${seed}): the same instants, keys and work. What differs is the cluster’s doing.`,
  }
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
