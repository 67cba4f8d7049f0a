/** A whole scenario file. */

import { DAY, LONGEST } from '../../base/time.ts'
import type { ClientPopulation, Fault, Scenario } from '../scenario.ts'
import { choiceOf, hasControls, textOf } from '../shapes/plain.ts'
import { durationOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { clients, refuseUnsharedGateways } from './clients.ts'
import { expect } from './expect.ts'
import { faults } from './faults.ts'
import { checkLoad } from './load.ts'
import { refuseUnknownClients } from './rate-limit.ts'
import { refuseWithoutRoom, rollouts } from './rollouts.ts'
import { refuseUnsent } from './sent.ts'
import { refuseSpikesOfOthers } from './spikes.ts'
import { outlineOf, tiers } from './tiers.ts'
import { refuseUnfitSettings } from './timed-settings.ts'
import { variants } from './variants.ts'
import { refuseUnfitConnections } from './visitor-connections.ts'

const LONGEST_DURATION = 100 * DAY
const STANDARD_DURATION = 60e9

const seed: Shape<number | string> = {
  what: 'a whole number or a text is needed',
  read(tree, spot) {
    const value = tree.kind === 'scalar' ? tree.value : null
    if (typeof value === 'string' && value.length <= 200 && !hasControls(value)) return value
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    return complain(spot, tree.place, `${quoted(tree)} cannot be a seed; a whole number or a text is needed`)
  },
  schema: () => ({ type: ['integer', 'string'], maxLength: 200 }),
}

const warmUpTime = durationOf({ bare: 's' })
const warmUp: Shape<number | 'auto'> = {
  what: `${warmUpTime.what}, or auto`,
  read: (tree, spot) =>
    tree.kind === 'scalar' && tree.value === 'auto' ? 'auto' : warmUpTime.read(tree, spot),
  schema: (definitions) => ({ anyOf: [warmUpTime.schema(definitions), { const: 'auto' }] }),
}

const LATER = `scaling zones profile network topology budget cost control events metrics steps
  lesson`.split(/\s+/)

export const scenarioFile = record(
  {
    $schema: optional(textOf(), 'Where editors find the schema of this file; not used otherwise.'),
    format: standard(choiceOf(['evenkeel/1'], 'a known format'), 'The version of this format.', 'evenkeel/1'),
    name: optional(textOf({ most: 200 }), 'A title; the name of the file when left out.'),
    summary: standard(textOf({ most: 2000 }), 'What it shows and what to look for.', ''),
    seed: standard(seed, 'Where chance begins: the same seed gives the same run.', 1),
    duration: optional(
      durationOf({ min: 0, above: true, max: LONGEST_DURATION, bare: 's' }),
      'How long the run is; 1m when left out, or as long as the log when all arrivals come from one.',
    ),
    warmUp: standard(
      warmUp,
      'Requests that arrive before this are left out of the figures; auto: found by the MSER-5 rule.',
      '0s',
    ),
    clients: needed(clients, 'Who sends requests: populations by name.'),
    tiers: needed(
      tiers,
      'Who answers them: layers of replicas by name, in the order in which a request meets them.',
    ),
    faults: standard(faults, 'What befalls replicas, and when.', []),
    rollouts: standard(rollouts, 'Deploys of new versions, and when they begin.', []),
    variants: standard(variants, 'The same workload with some settings changed, side by side.', {}),
    expect: standard(expect, 'What a run must show; the exit status tells.', []),
  },
  { of: 'a scenario', later: LATER },
)

/** The scenario, or as much of it as is right, and the rest among the problems. */
export function readScenario(tree: Tree, title: string, spot: Spot): Partial<Scenario> {
  const outline = { tiers: outlineOf(tree), clients: namesIn(tree, 'clients').map(({ key }) => key) }
  const file = scenarioFile.readParts(tree, { ...spot, ...outline })
  const { $schema: _, format, name = title, summary, seed, duration, rollouts: deploys, ...others } = file
  const rest = { ...others, ...withDeploys(others.faults, deploys) }
  if (others.faults && others.clients) refuseSpikesOfOthers(others.faults, others.clients, tree, spot)
  if (others.faults && others.tiers) refuseUnfitSettings(others.faults, others.tiers, tree, spot)
  if (deploys && others.tiers) refuseWithoutRoom(deploys, others.tiers, tree, spot)
  const isGiven = lookUp(tree, 'duration') !== undefined
  const length = withDuration(isGiven, duration, file.clients)
  // In the order of the file, for those who print it.
  const made = { format, name, summary, seed, ...length, ...rest } as Partial<Scenario>
  checkTogether(made, tree, spot)
  return made
}

/** Deploys are timed entries like faults; of one instant, faults come first. */
function withDeploys(
  befalls: readonly Fault[] | undefined,
  deploys: readonly Fault[] | undefined,
): Partial<Pick<Scenario, 'faults'>> {
  if (befalls === undefined || deploys === undefined) return {}
  return { faults: [...befalls, ...deploys].sort((a, b) => a.at - b.at) }
}

function withDuration(isGiven: boolean, duration: number | undefined, clients?: readonly ClientPopulation[]) {
  if (duration !== undefined) return { duration }
  if (isGiven) return {}
  const isReplay = clients?.every(({ arrivals }) => arrivals.policy === 'log')
  return { duration: isReplay ? LONGEST : STANDARD_DURATION }
}

/** What is wrong between parts that are each right. */
function checkTogether(made: Partial<Scenario>, tree: Tree, spot: Spot): void {
  const { warmUp, duration } = made
  if (typeof warmUp === 'number' && duration !== undefined && warmUp >= duration) {
    const given = lookUp(tree, 'warmUp') ?? tree
    complain(within(spot, 'warmUp'), given.place, `${quoted(given)} is no shorter than the whole run`)
  }
  const names = namesIn(tree, 'clients')
  for (const { key, place } of namesIn(tree, 'tiers')) {
    if (!names.some((client) => client.key === key)) continue
    const message = `"${key}" is already the name of a client population; a tier needs another`
    complain(within(within(spot, 'tiers'), key), place, message)
  }
  refuseUnsharedGateways(made.clients ?? [], tree, spot)
  refuseUnknownClients(made.tiers ?? [], made.clients ?? [], tree, spot)
  refuseUnsent(made.tiers ?? [], made.clients ?? [], tree, spot)
  if (made.tiers && made.clients) refuseUnfitConnections(made.tiers, made.clients, tree, spot)
  checkLoad(made, tree, spot)
}

function namesIn(tree: Tree, key: string) {
  const found = lookUp(tree, key)
  return found?.kind === 'map' ? found.entries : []
}
