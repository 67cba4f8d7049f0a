/** `rollouts`: deploys of a new version. `{ at: 30s, deploy: web, strategy: rolling, maxSurge: 1 }`. */

import { type Amount, leeway, type Rollout } from '../membership.ts'
import type { Fault, Tier } from '../scenario.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf, numberOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { MOST_FAULTS, MOST_REPLICAS } from './limits.ts'
import { wholeTier } from './targets.ts'

const version = record(
  {
    speed: standard(
      numberOf({ min: 0, above: true, max: 1e6 }),
      'How fast it works, compared with the present version.',
      1,
    ),
    errors: standard(shareOf({ max: 1 }), 'The share of requests that it fails.', '0%'),
  },
  { of: 'a version' },
)

const step = record(
  {
    replicas: needed(integerOf({ min: 1, max: MOST_REPLICAS }), 'How many replicas have the new version.'),
    for: needed(durationOf({ min: 1e6, bare: 's' }), 'How long, before the next step.'),
  },
  { of: 'a step' },
)

const canary = record(
  {
    steps: needed(
      listOf(step, { of: 'steps', least: 1, most: 100 }),
      'One after the other; then all replicas follow.',
    ),
    rollbackAbove: standard(
      shareOf({ max: 1 }),
      'The deploy is undone when more than this share of the new replicas’ answers are errors.',
      '100%',
    ),
  },
  { of: 'a canary' },
)

const number = integerOf({ max: MOST_REPLICAS })
const part = shareOf({ max: 1 })
/** A share is told by its sign: 1 is one replica, 100% are all. */
const amount: Shape<Amount> = {
  what: 'a whole number or a share of the replicas is needed, such as 1 or 25%',
  read(tree, spot) {
    if (tree.kind !== 'scalar' || typeof tree.value !== 'string' || !tree.value.endsWith('%')) {
      return number.read(tree, spot)
    }
    const share = part.read(tree, spot)
    return share === undefined ? undefined : { share }
  },
  schema: (definitions) => ({ anyOf: [number.schema(definitions), { type: 'string', pattern: '%$' }] }),
  write: (value) => (typeof value === 'number' ? value : part.write!((value as { share: number }).share)),
}

const entry = mapped(
  record(
    {
      at: needed(durationOf({ bare: 's' }), 'When it begins, from the start of the run.'),
      deploy: needed(wholeTier, 'The tier that gets a new version.'),
      strategy: standard(
        choiceOf(['recreate', 'rolling', 'blue-green', 'canary'], 'a way to deploy'),
        'recreate: all stop, then all start; rolling: a few at a time; blue-green: all new ones beside the old, then a switch; canary: some first.',
        'rolling',
      ),
      maxSurge: standard(
        amount,
        'Of rolling and canary: how many more replicas there may be meanwhile; a share is rounded up.',
        1,
      ),
      maxUnavailable: standard(
        amount,
        'Of rolling and canary: how many fewer may be available meanwhile; a share is rounded down.',
        0,
      ),
      version: standard(version, 'What the new version is like.', {}),
      canary: optional(canary, 'Of canary: its steps, and when to go back.'),
    },
    { of: 'a rollout', named: 'rollout' },
  ),
  (read, tree, spot): Fault | undefined => {
    const { at, deploy: tier, strategy, maxSurge: surge, maxUnavailable: unavailable, canary: first } = read
    if (!isPossible(read, tree, spot)) return undefined
    const steps = first?.steps ?? []
    const rollbackAbove = first?.rollbackAbove ?? 1
    const rollout: Rollout = { strategy, surge, unavailable, version: read.version, steps, rollbackAbove }
    return { at, kind: 'deploy', tier, replica: -1, amount: 0, rollout }
  },
)

/** Sorted by instant. */
export const rollouts: Shape<readonly Fault[]> = mapped(
  listOf(entry, { of: 'rollouts', most: MOST_FAULTS }),
  (entries) => [...entries].sort((a, b) => a.at - b.at),
)

interface Read {
  readonly strategy: Rollout['strategy']
  readonly maxSurge: Amount
  readonly maxUnavailable: Amount
  readonly canary: unknown
}

function isPossible(read: Read, tree: Tree, spot: Spot): boolean {
  const wrong = (key: string, message: string) => {
    complain(within(spot, key), (lookUp(tree, key) ?? tree).place, message)
    return false
  }
  const { strategy, maxSurge, maxUnavailable, canary: first } = read
  if (strategy === 'canary' && first === undefined) {
    return wrong('canary', '"canary" needs its steps, such as canary: { steps: [{ replicas: 1, for: 1m }] }')
  }
  if (strategy !== 'canary' && first !== undefined)
    return wrong('canary', `"canary" belongs to the strategy "canary", not to "${strategy}"`)
  if ((strategy === 'rolling' || strategy === 'canary') && isNone(maxSurge) && isNone(maxUnavailable))
    return wrong('maxSurge', 'with no surge and none unavailable, nothing can ever be replaced')
  return true
}

function isNone(amount: Amount): boolean {
  return amount === 0 || (typeof amount !== 'number' && amount.share === 0)
}

/** What is made before the old is gone needs room: a problem that says how much. */
export function refuseWithoutRoom(
  deploys: readonly Fault[],
  tiers: readonly Tier[],
  tree: Tree,
  spot: Spot,
): void {
  for (const { tier, rollout } of deploys) {
    const { id, replicas } = tiers[tier]!
    const { strategy } = rollout!
    const now = replicas.filter(({ spare }) => !spare).length
    const isInTurns = strategy === 'rolling' || strategy === 'canary'
    const more =
      strategy === 'blue-green' ? now : isInTurns && leeway(rollout!, now).unavailable === 0 ? 1 : 0
    if (replicas.length >= now + more) continue
    const message = `"${id}" has room for ${replicas.length} replicas; this ${strategy} deploy needs ${now + more}`
    const place = (lookUp(tree, 'rollouts') ?? tree).place
    complain(within(spot, 'rollouts'), place, message, `say most: ${now + more} in the tier`)
  }
}
