/**
 * A policy from a registry: its `name` alone, `{ name: { parameters } }`, or `{ name: value }` where one
 * parameter is required. Where a bare value may stand for a policy, it does: `10ms` is a constant.
 */

import { nearest } from '../../base/nearest.ts'
import type { Registry } from '../../base/registry.ts'
import type { Chosen, Params, Policy } from '../../policies/policy.ts'
import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import { type Entry, map, type ScalarTree, type Tree } from '../source/tree.ts'
import { type DistributionOf, type Measure, paramsOf } from './params.ts'
import type { Fields, RecordShape } from './record.ts'
import { isNothing } from './record.ts'
import { type Definitions, type JsonSchema, quoted, type Shape } from './shape.ts'

/** A policy that can find fault with parameters that are each right. */
export interface CheckedPolicy extends Policy {
  check?(params: Params): readonly string[]
}

export interface PolicyOptions {
  readonly registry: Registry<CheckedPolicy>
  /** What distributions in here are of. */
  readonly measure: Measure
  readonly distributionOf: DistributionOf
  /** The policy, by its one required parameter, that a bare value stands for. */
  readonly bare?: string
  /** The name under which the schema keeps this shape. */
  readonly named: string
  /** Names of policies that later versions bring. */
  readonly later?: readonly string[]
}

export interface PolicyShape extends Shape<Chosen> {
  /** The parameters of a policy as a map. */
  params(name: string): RecordShape<Fields>
  /** Checks parameters against each other. */
  settle(name: string, params: Params | undefined, tree: Tree, spot: Spot): Chosen | undefined
}

export function policyOf(options: PolicyOptions): PolicyShape {
  const { registry, measure, distributionOf, bare, named, later = [] } = options
  const noun = registry.kind
  const { names } = registry
  const made = new Map<string, RecordShape<Fields>>()
  const bareShape = () => {
    const name = bare === undefined ? undefined : onlyNeeded(params(bare))
    return name === undefined ? undefined : { name, shape: params(bare!).fields[name]!.shape }
  }
  const article = /^[aeiou]/.test(noun) ? 'an' : 'a'
  const what = `${article} ${noun} is needed: ${names.join(', ')}`

  function params(name: string): RecordShape<Fields> {
    const known = made.get(name) ?? paramsOf(name, registry.get(name).params, measure, distributionOf)
    made.set(name, known)
    return known
  }

  function settle(name: string, params: Params | undefined, tree: Tree, spot: Spot): Chosen | undefined {
    if (params === undefined) return undefined
    const faults = registry.get(name).check?.(params) ?? []
    for (const fault of faults) complain(spot, tree.place, `"${name}": ${fault}`)
    return faults.length > 0 ? undefined : { policy: name, params }
  }

  function read(tree: Tree, spot: Spot): Chosen | undefined {
    if (tree.kind === 'map') return readMap(tree.entries, tree, spot)
    if (tree.kind === 'list' || isNothing(tree))
      return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
    const name = String(tree.value)
    if (registry.has(name)) return readParams(name, map([], tree.place), tree, spot)
    const short = bareShape()
    if (short && !/^[a-z][a-z-]+$/i.test(name)) return readShort(bare!, short, tree, spot)
    return unknown(name, tree.place, spot, short ? short.shape.what : undefined)
  }

  function readMap(entries: readonly Entry[], tree: Tree, spot: Spot): Chosen | undefined {
    const [entry, second] = entries
    if (!entry) return complain(spot, tree.place, `{} is given; ${what}`)
    if (second) {
      const message = `"${entry.key}" and "${second.key}" are given; one ${noun} is needed`
      return complain(within(spot, second.key), second.place, message)
    }
    if (!registry.has(entry.key)) return unknown(entry.key, entry.place, within(spot, entry.key))
    return readParams(entry.key, entry.value, entry.value, within(spot, entry.key))
  }

  function readParams(name: string, written: Tree, tree: Tree, spot: Spot): Chosen | undefined {
    const shape = params(name)
    const key = onlyNeeded(shape)
    if (written.kind !== 'map' && !isNothing(written) && key !== undefined) {
      return readShort(name, { name: key, shape: shape.fields[key]!.shape }, written, spot)
    }
    return settle(name, shape.read(written, spot) as Params | undefined, tree, spot)
  }

  function readShort(
    name: string,
    { name: key, shape }: { readonly name: string; readonly shape: Shape<unknown> },
    tree: Tree,
    spot: Spot,
  ): Chosen | undefined {
    if (shape.read(tree, spot) === undefined) return undefined
    const whole = map([{ key, place: tree.place, value: tree }], tree.place)
    return settle(name, params(name).read(whole, spot) as Params | undefined, tree, spot)
  }

  function unknown(name: string, place: ScalarTree['place'], spot: Spot, orBare?: string): undefined {
    if (later.includes(name)) return complain(spot, place, `"${name}" is not modelled yet`)
    const or = orBare === undefined ? '' : `; or ${orBare}`
    const message = `"${name.slice(0, 60)}" is not ${article} ${noun}; allowed: ${names.join(', ')}${or}`
    return complain(spot, place, message, () => didYouMean(nearest(name, names)))
  }

  function schema(definitions: Definitions): JsonSchema {
    if (!definitions.has(named)) {
      definitions.set(named, {})
      definitions.set(named, make(definitions))
    }
    return { $ref: `#/definitions/${named}` }
  }

  function make(definitions: Definitions): JsonSchema {
    const short = bareShape()
    const alone = registry.all.filter(({ name }) => neededIn(params(name)).length === 0)
    return {
      anyOf: [
        ...(short ? [short.shape.schema(definitions)] : []),
        ...alone.map(({ name, summary }) => ({ const: name, description: summary })),
        {
          type: 'object',
          minProperties: 1,
          maxProperties: 1,
          additionalProperties: false,
          properties: Object.fromEntries(
            registry.all.map(({ name, summary }) => [
              name,
              { ...full(name, definitions), description: summary },
            ]),
          ),
        },
      ],
    }
  }

  function full(name: string, definitions: Definitions): JsonSchema {
    const shape = params(name)
    const key = onlyNeeded(shape)
    if (key === undefined) return shape.schema(definitions)
    return { anyOf: [shape.schema(definitions), shape.fields[key]!.shape.schema(definitions)] }
  }

  return {
    what,
    read,
    schema,
    params,
    settle,
    child: (key) => (registry.has(key) ? params(key) : undefined),
    beside: (entries, key) => entries.filter((entry) => entry.key === key),
  }
}

function neededIn({ fields }: RecordShape<Fields>): string[] {
  return Object.keys(fields).filter((name) => fields[name]!.isNeeded)
}

/** The one required parameter, if there is exactly one. */
function onlyNeeded(shape: RecordShape<Fields>): string | undefined {
  const names = neededIn(shape)
  return names.length === 1 ? names[0] : undefined
}
