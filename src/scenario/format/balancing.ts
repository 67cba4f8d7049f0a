/**
 * `balancing`: how a tier's replicas are chosen. A strategy's parameters stand beside its name
 * (`{ strategy: two-choices, choices: 3 }`) or within it (`{ strategy: { two-choices: { choices: 3 } } }`).
 */

import { nearest } from '../../base/nearest.ts'
import { strategies } from '../../policies/balancing/index.ts'
import type { Chosen, Params } from '../../policies/policy.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { type PolicyShape, policyOf } from '../shapes/policy.ts'
import { isNothing } from '../shapes/record.ts'
import { type Definitions, type JsonSchema, quoted, type Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import { type MapTree, map, type Tree } from '../source/tree.ts'

/** Strategies that are planned but not built. */
const LATER = `dns-round-robin haproxy-round-robin static-rr first haproxy-leastconn least-request least-time
  peak-ewma weighted-utilisation join-shortest-queue join-idle-queue prequal c3 ip-hash hash ketama
  haproxy-consistent ring-hash maglev bounded-load rendezvous jump varnish-shard varnish-hash`.split(/\s+/)

const STANDARD = 'round-robin'

const strategy: PolicyShape = policyOf({
  registry: strategies,
  measure: 'duration',
  distributionOf,
  named: 'strategy',
  later: LATER.filter((name) => !strategies.has(name)),
})

export const balancing: Shape<Chosen> = {
  what: strategy.what,
  read,
  schema,
  child: (key) => (key === 'strategy' ? strategy : paramShape(key)),
  beside: (entries, key) => (key === 'strategy' ? entries.filter((entry) => entry.key === key) : entries),
}

function read(tree: Tree, spot: Spot): Chosen | undefined {
  if (isNothing(tree)) return strategyOf(STANDARD)
  if (tree.kind === 'scalar') return strategy.read(tree, spot)
  if (tree.kind === 'list') return complain(spot, tree.place, `${quoted(tree)} is given; ${strategy.what}`)
  const named = tree.entries.find(({ key }) => key === 'strategy')
  const others = tree.entries.filter(({ key }) => key !== 'strategy')
  if (others.length === 0) {
    return named ? strategy.read(named.value, within(spot, 'strategy')) : strategyOf(STANDARD)
  }
  const { value } = named ?? {}
  if (!value || value.kind === 'map') return refuse(tree, value !== undefined, spot)
  // Reading it alone finds an unknown name; required parameters are seen to below.
  const name = value.kind === 'scalar' ? String(value.value) : ''
  if (!strategies.has(name)) return strategy.read(value, within(spot, 'strategy'))
  const params = strategy.params(name).read(map(others, tree.place), spot)
  return strategy.settle(name, params as Params | undefined, tree, spot)
}

/** Parameters without a strategy, or with one that has its own. */
function refuse(tree: MapTree, hasStrategy: boolean, spot: Spot): undefined {
  for (const { key, place } of tree.entries) {
    if (key === 'strategy') continue
    const message = hasStrategy
      ? `"${key}" stands beside a strategy that has its parameters within it; put all in one place`
      : `"${key}" is not a setting of balancing without a strategy; allowed: strategy`
    const hint = () => didYouMean(nearest(key, strategies.has(key) ? ['strategy'] : ['strategy']))
    complain(within(spot, key), place, message, hint)
  }
  return undefined
}

function strategyOf(name: string): Chosen {
  return { policy: name, params: {} }
}

function paramShape(key: string): Shape<unknown> | undefined {
  return strategies.names
    .map((name) => strategy.params(name).child!(key))
    .find((found) => found !== undefined)
}

function schema(definitions: Definitions): JsonSchema {
  const params = strategies.names.flatMap((name) => Object.entries(strategy.params(name).fields))
  return {
    anyOf: [
      { enum: strategies.names },
      {
        type: ['object', 'null'],
        properties: {
          strategy: {
            ...strategy.schema(definitions),
            description: 'The rule that picks a replica for each request.',
            default: STANDARD,
          },
          ...Object.fromEntries(
            params.map(([name, { shape, about }]) => [
              name,
              { ...shape.schema(definitions), description: about },
            ]),
          ),
        },
        additionalProperties: false,
      },
    ],
  }
}
