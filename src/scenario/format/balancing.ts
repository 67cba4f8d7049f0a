/**
 * `balancing`: how a tier's replicas are chosen. A strategy's parameters stand beside its name
 * (`{ strategy: two-choices, choices: 3 }`) or within it (`{ strategy: { two-choices: { choices: 3 } } }`).
 */

import { nearest } from '../../base/nearest.ts'
import { strategies } from '../../policies/balancing/index.ts'
import type { Chosen, Params } from '../../policies/policy.ts'
import type { Refresh } from '../../policies/upstream/settings.ts'
import type { Structure } from '../scenario.ts'
import { eitherOf, mapped } from '../shapes/collections.ts'
import { distributionOf } from '../shapes/distribution.ts'
import { choiceOf } from '../shapes/plain.ts'
import { type PolicyShape, policyOf } from '../shapes/policy.ts'
import { durationOf } from '../shapes/quantity.ts'
import { type Fields, isNothing, needed, optional, record, standard } from '../shapes/record.ts'
import { type Definitions, type JsonSchema, quoted, type Shape } from '../shapes/shape.ts'
import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import { type Entry, lookUp, type MapTree, map, type Tree } from '../source/tree.ts'

/** How replicas are chosen, and what else stands beside the strategy. */
export interface Balancing {
  readonly strategy: Chosen
  readonly around: Pick<Structure, 'refresh' | 'perConnection'>
}

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

const every = durationOf({ min: 1000, bare: 's' })

const refresh: Shape<Refresh> = eitherOf('a duration is needed, such as 1s, or a map', {
  scalar: mapped(every, (time): Refresh => ({ every: time, of: 'replicas' })),
  map: record(
    {
      every: needed(every, 'Time between two looks at the counts.'),
      of: standard(
        choiceOf(['replicas', 'own'], 'whose counts can be looked at'),
        'replicas: what truly is at each of them, whoever sent it; own: what this balancer has there.',
        'replicas',
      ),
    },
    { of: 'refresh' },
  ),
})

/** Settings that stand beside a strategy whatever it is called. */
const around = record(
  {
    refresh: optional(
      refresh,
      'How old the counts of requests are that the strategy sees; left out, its own counts as they are.',
    ),
    per: standard(
      choiceOf(['request', 'connection'], 'what a replica can be chosen for'),
      'connection: a replica is chosen when a client of the first tier opens one, and all its requests go there; behind the first tier each request has its own.',
      'request',
    ),
  },
  { of: 'balancing' },
)

const BESIDE: readonly string[] = Object.keys(around.fields)

export const balancing: Shape<Balancing> = {
  what: strategy.what,
  read,
  schema: (definitions) => schema(definitions, around.fields),
  child: (key) => (key === 'strategy' ? strategy : (around.child?.(key) ?? paramShape(key))),
  beside: (entries, key) =>
    key === 'strategy' ? entries.filter((entry) => entry.key === key || BESIDE.includes(entry.key)) : entries,
}

/** A strategy as `balancing` says it, with nothing beside it. */
export const strategyAlone: Shape<Chosen> = {
  what: strategy.what,
  read: (tree, spot) => readStrategy(tree, spot, []),
  schema: (definitions) => schema(definitions, {}),
  child: (key) => (key === 'strategy' ? strategy : paramShape(key)),
  beside: (entries, key) => (key === 'strategy' ? entries.filter((entry) => entry.key === key) : entries),
}

function read(tree: Tree, spot: Spot): Balancing | undefined {
  if (tree.kind !== 'map') return withAround(readStrategy(tree, spot, BESIDE), {})
  const beside = tree.entries.filter(({ key }) => BESIDE.includes(key))
  const others = tree.entries.filter(({ key }) => !BESIDE.includes(key))
  const read = around.read(map(beside, tree.place), spot)
  const chosen = readStrategy(map(others, tree.place, tree.source), spot, BESIDE)
  if (read?.refresh && chosen && !strategies.get(chosen.policy).bearsOldCounts) {
    const message = `"refresh" has no meaning for ${chosen.policy}, which does not go by counts of requests alone`
    return complain(within(spot, 'refresh'), lookUp(tree, 'refresh')!.place, message)
  }
  return (
    read &&
    withAround(chosen, {
      ...(read.refresh ? { refresh: read.refresh } : {}),
      ...(read.per === 'connection' ? { perConnection: true } : {}),
    })
  )
}

function withAround(chosen: Chosen | undefined, around: Balancing['around']): Balancing | undefined {
  return chosen && { strategy: chosen, around }
}

/** @param beside what else may stand there */
function readStrategy(tree: Tree, spot: Spot, beside: readonly string[]): Chosen | undefined {
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
  const { fields } = strategy.params(name)
  const known = others.filter(({ key }) => Object.hasOwn(fields, key))
  for (const entry of others) {
    if (!known.includes(entry)) refuseUnknown(entry, name, [...Object.keys(fields), ...beside], spot)
  }
  const params = strategy.params(name).read(map(known, tree.place), spot)
  if (known.length < others.length) return undefined
  return strategy.settle(name, params as Params | undefined, tree, spot)
}

/** Neither a parameter of the strategy nor something that stands beside any. */
function refuseUnknown({ key, place }: Entry, name: string, names: readonly string[], spot: Spot): void {
  const message = `"${key}" is not a setting of "${name}"; allowed: ${names.join(', ')}`
  complain(within(spot, key), place, message, () => didYouMean(nearest(key, names)))
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

function schema(definitions: Definitions, beside: Fields): JsonSchema {
  const params = strategies.names.flatMap((name) => Object.entries(strategy.params(name).fields))
  return {
    anyOf: [
      ...strategies.all.map(({ name, summary }) => ({ const: name, description: summary })),
      {
        type: ['object', 'null'],
        properties: {
          strategy: {
            ...strategy.schema(definitions),
            description: 'The rule that picks a replica for each request.',
            default: STANDARD,
          },
          ...Object.fromEntries(
            Object.entries(beside).map(([name, { shape, about }]) => [
              name,
              { ...shape.schema(definitions), description: about },
            ]),
          ),
          ...Object.fromEntries(
            [...new Set(params.map(([name]) => name))].map((name) => {
              const same = params.filter(([other]) => other === name)
              const schemas = same.map(([, { shape, about }]) => ({
                ...shape.schema(definitions),
                description: about,
              }))
              return [name, anyOf(schemas)]
            }),
          ),
        },
        additionalProperties: false,
      },
    ],
  }
}

/** Strategies may have parameters of the same name; which of them is meant only the parser can tell. */
function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  if (different.length === 1) return different[0]!
  const words = new Set(different.map(({ description }) => description))
  return { anyOf: different, description: [...words].join(' Or: ') }
}
