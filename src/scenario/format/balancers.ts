/** `balancers`: how many stand in front, where, and which of them a request goes to. */

import type { Front } from '../front.ts'
import { eitherOf, listOf, mapped } from '../shapes/collections.ts'
import { choiceOf } from '../shapes/plain.ts'
import { durationOf, integerOf } from '../shapes/quantity.ts'
import { optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import { keptFor } from './discovery.ts'
import { MOST_BALANCERS } from './limits.ts'
import { zone } from './zone.ts'

const balancerCount = integerOf({ min: 1, max: MOST_BALANCERS })

export interface Balancers {
  readonly count: number
  readonly zones?: readonly string[]
  readonly front?: Front
}

export const balancers: Shape<Balancers> = eitherOf('a number of balancers is needed, or a map', {
  scalar: mapped(balancerCount, (count): Balancers => ({ count })),
  map: mapped(
    record(
      {
        count: optional(balancerCount, 'How many; a pair is two.'),
        zones: optional(
          listOf(zone, { of: 'zones', least: 1, most: MOST_BALANCERS }),
          'The zones they stand in, one after the other.',
        ),
        pair: optional(
          choiceOf(['active-passive'], 'a kind of pair'),
          'active-passive: one serves, the other takes over when it hears nothing of it (VRRP).',
        ),
        advert: standard(
          durationOf({ min: 1e7, bare: 's' }),
          'Of a pair: from one advertisement of the master to the next; after three and a little more without, the other takes over.',
          '1s',
        ),
        priorities: optional(
          listOf(integerOf({ min: 1, max: 255 }), { of: 'priorities', least: 2, most: 2 }),
          'Of a pair: the higher one is master; with 255 it is so again at once when it is back, else it listens first. 255 and 100 when left out.',
        ),
        behind: standard(
          choiceOf(['ecmp', 'dns'], 'what can spread clients'),
          'ecmp: each request, or connection that is kept, goes to any balancer, dead or not; dns: each visitor keeps the address it was given.',
          'ecmp',
        ),
        ttl: standard(durationOf({ min: 1e6, bare: 's' }), 'Of dns: how long an address may be kept.', '60s'),
        keptFor,
        detect: optional(
          durationOf({ bare: 's' }),
          'Of dns and ecmp: until no more addresses of a dead balancer are given, or nothing is sent to it, and until one that is back counts again; left out, nobody looks.',
        ),
      },
      { of: 'balancers' },
    ),
    (read, tree, spot): Balancers | undefined => {
      const { count, zones, pair, behind } = read
      if (refusesStrangers(tree, spot, pair !== undefined, behind === 'dns')) return undefined
      if (pair !== undefined && (count ?? 2) !== 2) {
        return complain(
          within(spot, 'count'),
          lookUp(tree, 'count')?.place ?? tree.place,
          'a pair is two balancers',
        )
      }
      const [first = 255, second = 100] = read.priorities ?? []
      if (first === second) {
        return complain(
          within(spot, 'priorities'),
          lookUp(tree, 'priorities')?.place ?? tree.place,
          'one priority must be higher than the other',
        )
      }
      const most = { count: pair ? 2 : (count ?? zones?.length ?? 1), ...(zones ? { zones } : {}) }
      if (pair) return { ...most, front: { by: 'vrrp', advert: read.advert, priorities: [first, second] } }
      const { ttl, keptFor, detect } = read
      if (behind !== 'dns') return detect === undefined ? most : { ...most, front: { by: 'ecmp', detect } }
      return {
        ...most,
        front: { by: 'dns', keptFor: Math.max(ttl, keptFor), ...(detect === undefined ? {} : { detect }) },
      }
    },
  ),
})

/** @returns true when a key is there that means nothing without another one */
function refusesStrangers(tree: Tree, spot: Spot, isPair: boolean, isDns: boolean): boolean {
  let refuses = false
  const check = (keys: readonly string[], fits: boolean, message: (key: string) => string) => {
    for (const key of keys) {
      const given = lookUp(tree, key)
      if (given === undefined || fits) continue
      complain(within(spot, key), given.place, message(key))
      refuses = true
    }
  }
  check(['advert', 'priorities'], isPair, (key) => `"${key}" belongs to a pair, such as pair: active-passive`)
  check(['ttl', 'keptFor'], isDns, (key) => `"${key}" belongs to behind: dns`)
  check(['detect'], !isPair, () => 'the two of a pair detect each other by their advertisements')
  check(['behind'], !isPair, () => 'a pair has one address: it is not spread by anything')
  return refuses
}
