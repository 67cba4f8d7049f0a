/** Names that a file declares, for those who refer to them. */

import { figuresOf } from '../format/figures.ts'
import { outlineOf } from '../format/tiers.ts'
import type { Naming } from '../shapes/naming.ts'
import { NOWHERE } from '../shapes/shape.ts'
import { treeOf } from '../source/tree.ts'
import { plainMap } from './resolve.ts'

/** Replicas of a tier that are offered one by one. */
const MOST_REPLICAS = 12

/** What a text of this kind may say, the most general first. */
export function namesFor(what: Naming, file: unknown): readonly string[] {
  const tiers = outlineOf(treeOf(tolerant(file), NOWHERE))
  const clients = Object.keys(plainMap(plainMap(file).clients))
  const targets = (of: typeof tiers) =>
    of.flatMap(({ id, replicas = 1 }) => [
      id,
      ...Array.from({ length: Math.min(replicas, MOST_REPLICAS) }, (_, i) => `${id}/${i + 1}`),
    ])
  const balancers = ['balancer', ...numbered('balancer', tiers[0]?.balancers ?? 1)]
  switch (what) {
    case 'replica':
      return targets(tiers)
    case 'sender':
      return [...targets(tiers), ...balancers]
    case 'cache':
      return targets(tiers.filter(({ hasCache }) => hasCache))
    case 'checked':
      return tiers.filter(({ hasChecks }) => hasChecks).map(({ id }) => id)
    case 'tier':
      return tiers.map(({ id }) => id)
    case 'balancer':
      return balancers
    case 'client':
      return clients
    case 'zone':
      return [...new Set(tiers.flatMap(({ zones = [] }) => zones.flatMap((zone) => zone ?? [])))]
    case 'figure':
      return [...figuresOf(tiers, clients).keys()].filter((name) => !/Ms\.|PerSecond$/.test(name))
  }
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: Math.min(count, MOST_REPLICAS) }, (_, i) => `${name}/${i + 1}`)
}

/** Half a file: a tier without settings yet is an empty map. */
function tolerant(file: unknown): unknown {
  const { tiers } = plainMap(file)
  return { tiers: Object.fromEntries(Object.entries(plainMap(tiers)).map(([id, of]) => [id, plainMap(of)])) }
}
