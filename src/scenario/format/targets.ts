/** What a timed entry is about: `web/2`, `web` for all of a tier, `balancer/1`, a population, a zone. */

import { nearest } from '../../base/nearest.ts'
import type { Fault } from '../scenario.ts'
import { mapped } from '../shapes/collections.ts'
import { naming } from '../shapes/naming.ts'
import { textOf } from '../shapes/plain.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot } from '../source/problem-list.ts'
import type { Tree } from '../source/tree.ts'

/** Replicas of a tier, or a balancer in front (then `balancer` is there). */
export type Target = Pick<Fault, 'tier' | 'replica' | 'balancer'>

const text = textOf({ most: 100 })

export const target: Shape<Target> = naming('replica', mapped(text, resolve))

/** Replicas of a tier with a cache. */
export const cachedTarget: Shape<Target> = naming(
  'cache',
  mapped(target, (found, tree, spot) => {
    if (spot.tiers?.[found.tier]?.hasCache !== false) return found
    return complain(spot, tree.place, `${quoted(tree)} has no cache`)
  }),
)

/** A whole tier. */
export const wholeTier: Shape<number> = naming(
  'tier',
  mapped(text, (name, tree, spot) => {
    const found = resolve(name, tree, spot)
    if (found === undefined || found.replica < 0) return found?.tier
    return complain(spot, tree.place, `${quoted(tree)} is one replica; the name of a tier is needed`)
  }),
)

/** A whole tier whose replicas are checked. */
export const checkedTier: Shape<number> = naming('checked', wholeTier)

/** A balancer in front, or one replica: whoever may be the sender. */
export const targetOrBalancer: Shape<Target> = naming(
  'sender',
  mapped(text, (name, tree, spot) =>
    isBalancer(name, spot) ? balancerOf(name, tree, spot) : resolve(name, tree, spot),
  ),
)

/** Balancers in front: one, or all. */
export const balancerTarget: Shape<Target> = naming(
  'balancer',
  mapped(text, (name, tree, spot) =>
    isBalancer(name, spot)
      ? balancerOf(name, tree, spot)
      : complain(
          spot,
          tree.place,
          `${quoted(tree)} is no balancer; balancer means all in front, balancer/1 the first`,
        ),
  ),
)

/** A population's number. */
export const population: Shape<number> = naming(
  'client',
  mapped(text, (name, tree, spot) => {
    const { clients = [] } = spot
    const client = clients.indexOf(name)
    if (client >= 0) return client
    const message = `there is no client population "${name}"; there are ${clients.join(', ') || 'none'}`
    return complain(spot, tree.place, message, () => didYouMean(nearest(name, clients)))
  }),
)

/** All replicas of a zone, in all tiers. */
export const zoneTarget: Shape<readonly Target[]> = naming(
  'zone',
  mapped(text, (name, tree, spot) => {
    const { tiers = [] } = spot
    const inIt = tiers.flatMap(({ zones = [] }, tier) =>
      zones.flatMap((zone, replica) => (zone === name ? [{ tier, replica }] : [])),
    )
    if (inIt.length > 0) return inIt
    const zones = [
      ...new Set(tiers.flatMap(({ zones: all = [] }) => all.filter((zone) => zone !== undefined))),
    ]
    const message = `no replica is in a zone "${name}"; the zones are ${zones.join(', ') || 'missing'}`
    return complain(spot, tree.place, message, () => didYouMean(nearest(name, zones)))
  }),
)

/** `balancer` is a balancer unless a tier has that name. */
function isBalancer(name: string, { tiers = [] }: Spot): boolean {
  return /^balancer(\/|$)/.test(name) && !tiers.some(({ id }) => id === 'balancer')
}

function balancerOf(name: string, tree: Tree, spot: Spot): Target | undefined {
  const count = spot.tiers?.[0]?.balancers ?? 1
  if (name === 'balancer') return { tier: 0, replica: -1, balancer: -1 }
  const number = /^balancer\/([1-9]\d{0,3})$/.exec(name)?.[1]
  if (number !== undefined && Number(number) <= count)
    return { tier: 0, replica: -1, balancer: Number(number) - 1 }
  const range = count === 1 ? 'balancer/1' : `balancer/1 to balancer/${count}`
  return complain(spot, tree.place, `${quoted(tree)} is no balancer; there is ${range}`)
}

/** Finds the tier and the replica that `web/2` or `web` means. */
function resolve(text: string, tree: Tree, spot: Spot): Target | undefined {
  const { tiers = [] } = spot
  const slash = text.indexOf('/')
  const id = slash < 0 ? text : text.slice(0, slash)
  const number = slash < 0 ? undefined : text.slice(slash + 1)
  const tier = tiers.findIndex((declared) => declared.id === id)
  if (tier < 0) {
    const names = tiers.map((declared) => declared.id)
    const message = `${quoted(tree)}: there is no tier "${id}"; the tiers are ${names.join(', ') || 'missing'}`
    return complain(spot, tree.place, message, () => {
      const near = nearest(id, names)
      return didYouMean(near === undefined ? undefined : number === undefined ? near : `${near}/${number}`)
    })
  }
  if (number === undefined) return { tier, replica: -1 }
  const { replicas = Infinity } = tiers[tier]!
  if (/^[1-9]\d{0,5}$/.test(number) && Number(number) <= replicas)
    return { tier, replica: Number(number) - 1 }
  const range =
    replicas === Infinity ? `${id}/1 and so on` : replicas === 1 ? `${id}/1` : `${id}/1 to ${id}/${replicas}`
  return complain(spot, tree.place, `${quoted(tree)} is no replica; "${id}" has ${range}`)
}
