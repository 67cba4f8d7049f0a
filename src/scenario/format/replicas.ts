/** `replicas`: how many, or a list of replicas (or of groups of equal ones) with weight and speed. */

import type { Replica } from '../scenario.ts'
import { eitherOf, listOf, mapped } from '../shapes/collections.ts'
import { yesOrNo } from '../shapes/plain.ts'
import { integerOf, numberOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain } from '../source/problem-list.ts'
import { MOST_REPLICAS, MOST_SLOTS } from './limits.ts'
import { zone } from './zone.ts'

/** A replica that has no id yet, as it does not know its tier. */
export type NamelessReplica = Omit<Replica, 'id'>

const number = integerOf({ min: 1, max: MOST_REPLICAS })

const group = record(
  {
    weight: standard(
      numberOf({ min: 0, above: true, max: 1e6 }),
      'Its share of requests, compared with the others.',
      1,
    ),
    speed: standard(
      numberOf({ min: 0, above: true, max: 1e6 }),
      'Work done per second; 2 is twice as fast.',
      1,
    ),
    count: standard(number, 'How many replicas like this there are.', 1),
    zone: optional(zone, 'The zone it stands in.'),
    backup: standard(yesOrNo, 'True: it is used only when no other replica can be.', false),
    priority: optional(
      integerOf({ max: 127 }),
      'Its level: 0 is used first; a backup is at 1. See `priorities` of the tier.',
    ),
    maxConnections: optional(
      integerOf({ min: 1, max: MOST_SLOTS }),
      'Requests that each balancer may have here at once; instead of what the tier says.',
    ),
  },
  { of: 'a replica', later: ['cores', 'name', 'slowStart'], either: [['backup', 'priority']] },
)

export const replicas: Shape<readonly NamelessReplica[]> = eitherOf(
  'a number of replicas is needed, or a list of them',
  {
    scalar: mapped(number, (count) => Array.from({ length: count }, () => ({ weight: 1, speed: 1 }))),
    list: mapped(listOf(group, { of: 'replicas', least: 1, most: MOST_REPLICAS }), (groups, tree, spot) => {
      const total = groups.reduce((sum, { count }) => sum + count, 0)
      if (total > MOST_REPLICAS) {
        return complain(spot, tree.place, `${total} replicas are given; the most allowed is ${MOST_REPLICAS}`)
      }
      return groups.flatMap(({ weight, speed, count, zone: at, backup, priority, maxConnections }) => {
        const level = priority ?? (backup ? 1 : 0)
        const one: NamelessReplica = {
          weight,
          speed,
          ...(level > 0 ? { priority: level } : {}),
          ...(at ? { zone: at } : {}),
          ...(maxConnections ? { maxConnections } : {}),
        }
        return Array.from({ length: count }, () => one)
      })
    }),
  },
)
