/**
 * What surrounds the strategy of a tier: limits and lines, levels of priority, zones, panic, slow start,
 * subsets, and several balancers side by side.
 */

import type { Levels, SlowStart } from '../../policies/upstream/settings.ts'
import type { Structure } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf, numberOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { affinity } from './affinity.ts'
import { type Balancers, balancers } from './balancers.ts'
import { MOST_REPLICAS, MOST_SLOTS } from './limits.ts'
import { refuseWithoutEffect } from './without-effect.ts'

const perReplica = integerOf({ min: 1, max: MOST_SLOTS })

interface Limits {
  readonly perReplica: number
  readonly line?: NonNullable<Structure['line']>
}

const maxConnections: Shape<Limits> = eitherOf('a number of requests is needed, or a map', {
  scalar: mapped(perReplica, (limit): Limits => ({ perReplica: limit })),
  map: mapped(
    record(
      {
        perReplica: needed(perReplica, 'Requests that a balancer may have at one replica at once.'),
        queue: standard(
          integerOf({ max: MOST_SLOTS }),
          'Requests that may wait at a balancer while all its replicas are full; more are turned away.',
          0,
        ),
        timeout: optional(
          durationOf({ min: 0, above: true, bare: 's' }),
          'How long a request waits there; for ever when left out.',
        ),
      },
      { of: 'maxConnections' },
    ),
    ({ perReplica: limit, queue, timeout }): Limits => ({
      perReplica: limit,
      ...(queue > 0 ? { line: { length: queue, ...(timeout ? { timeout } : {}) } } : {}),
    }),
  ),
})

const levels: Shape<Levels> = record(
  {
    rule: standard(
      choiceOf(['strict', 'first-backup', 'spill'], 'a rule for levels'),
      'strict: the first level with a usable replica takes everything; first-backup: of the backups only the first; spill: a level takes its healthy share.',
      'strict',
    ),
    overprovisioning: standard(
      numberOf({ min: 1, max: 100 }),
      'With spill: a level takes everything while its healthy share times this is at least 1.',
      1.4,
    ),
  },
  { of: 'priorities' },
)

const window = durationOf({ min: 1e9, bare: 's' })

const slowStart: Shape<SlowStart> = eitherOf('a duration is needed, such as 30s, or a map', {
  scalar: mapped(window, (length): SlowStart => slow({ rule: 'haproxy', window: length })),
  map: mapped(
    record(
      {
        rule: standard(
          choiceOf(['haproxy', 'envoy'], 'a rule for slow start'),
          'haproxy: linear, in whole seconds; envoy: (time / window)^(1 / aggression).',
          'haproxy',
        ),
        window: needed(window, 'How long a replica that has come up gets less than its weight.'),
        aggression: standard(
          numberOf({ min: 0, above: true, max: 100 }),
          'Of envoy: above 1 grows faster.',
          1,
        ),
        least: standard(shareOf({ max: 1 }), 'Of envoy: the least share of its weight.', '10%'),
      },
      { of: 'slowStart' },
    ),
    (read, tree, spot) => {
      for (const key of read.rule === 'haproxy' ? ['aggression', 'least'] : []) {
        const why = 'is of rule envoy; HAProxy’s slow start is always linear'
        refuseWithoutEffect(tree, key, why, 'leave it out, or say rule: envoy', spot)
      }
      return slow(read)
    },
  ),
})

function slow({ rule, window: length, aggression = 1, least = 0.1 }: Partial<SlowStart>): SlowStart {
  return { rule: rule!, window: length!, aggression, least }
}

const subset = record(
  {
    size: needed(integerOf({ min: 1, max: MOST_REPLICAS }), 'How many replicas each balancer uses.'),
    rule: standard(
      choiceOf(['aperture', 'random'], 'a rule for subsets'),
      'aperture: equal arcs of a ring of replicas; random: each balancer draws its own.',
      'aperture',
    ),
  },
  { of: 'subset' },
)

/** Fields of a tier. */
export const structureFields = {
  balancers: optional(
    balancers,
    'Balancers side by side in front of this tier, each with its own knowledge; of the first tier only, behind it every replica balances by itself.',
  ),
  maxConnections: optional(
    maxConnections,
    'How many requests each balancer may have at a replica, and who waits while all are full.',
  ),
  priorities: optional(levels, 'How requests are divided among levels of priority (backups are level 1).'),
  locality: standard(
    choiceOf(['ignored', 'own-first'], 'what zones can mean'),
    'own-first: a balancer puts replicas of its own zone a level before the others.',
    'ignored',
  ),
  panic: standard(
    shareOf({ max: 1 }),
    'When fewer than this share of the replicas are believed healthy, health is ignored.',
    '0%',
  ),
  slowStart: optional(slowStart, 'Gives a replica that has come up less than its weight for a while.'),
  subset: optional(subset, 'Lets each balancer use only some of the replicas.'),
  affinity: optional(affinity, 'How later requests of a client find the replica of its first one.'),
}

interface Read {
  readonly balancers: Balancers | undefined
  readonly maxConnections: Limits | undefined
  readonly priorities: Levels | undefined
  readonly locality: string
  readonly panic: number
  readonly slowStart: SlowStart | undefined
  readonly subset: Structure['subset'] | undefined
  readonly affinity: Structure['affinity'] | 'none' | undefined
}

/** The structure as the engine takes it, without what says nothing. */
export function structureOf(read: Read, more: Partial<Structure>): Structure | undefined {
  const { balancers: several, maxConnections: limits, priorities, locality, panic } = read
  const made: Structure = {
    ...(several && several.count > 1 ? { balancers: several.count } : {}),
    ...(several?.zones ? { zones: several.zones } : {}),
    ...(several?.front && several.count > 1 ? { front: several.front } : {}),
    ...(limits?.line ? { line: limits.line } : {}),
    ...(priorities ? { levels: priorities } : {}),
    ...(locality === 'own-first' ? { ownZoneFirst: true } : {}),
    ...(panic > 0 ? { panic } : {}),
    ...(read.slowStart ? { slowStart: read.slowStart } : {}),
    ...(read.subset ? { subset: read.subset } : {}),
    ...(read.affinity && read.affinity !== 'none' ? { affinity: read.affinity } : {}),
    ...more,
  }
  return Object.keys(made).length > 0 ? made : undefined
}
