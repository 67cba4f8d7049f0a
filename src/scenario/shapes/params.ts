/** A policy's parameters as a shape: what registries declare is all that parser and schema know of them. */

import type { Chosen, Param, ParamSpec, ParamValue } from '../../policies/policy.ts'
import { listOf } from './collections.ts'
import { choiceOf, textOf, yesOrNo } from './plain.ts'
import { durationOf, integerOf, numberOf, rateOf, shareOf, sizeOf } from './quantity.ts'
import { type Field, type Fields, needed, type RecordShape, record, standard } from './record.ts'
import type { Shape } from './shape.ts'

/** What the values of a distribution are. */
export type Measure = 'duration' | 'size' | 'number'

/** The shape of distributions, handed in as they are built on this file. */
export type DistributionOf = (measure: Measure) => Shape<Chosen>

const MOST_ITEMS = 100_000

/** The parameters of `policy` as a map. */
export function paramsOf(
  policy: string,
  spec: ParamSpec,
  measure: Measure,
  distributionOf: DistributionOf,
): RecordShape<Fields> {
  const fields = Object.entries(spec).map(([name, param]) => {
    return [name, fieldOf(param, shapeOf(param, measure, distributionOf))] as const
  })
  return record(Object.fromEntries(fields), { of: `"${policy}"` })
}

function fieldOf(param: Param, of: Shape<ParamValue>): Field<unknown> {
  const shape = of as Shape<NonNullable<unknown>>
  const about = param.summary
  const value = param.default
  if (value === undefined) return { shape, about, isNeeded: !param.optional, fallback: () => undefined }
  return { shape, about, isNeeded: false, standard: shape.write?.(value) ?? value, fallback: () => value }
}

function shapeOf(param: Param, measure: Measure, distributionOf: DistributionOf): Shape<ParamValue> {
  const { min, max, above } = param
  const bounds = { min, max, above }
  switch (param.kind) {
    case 'number':
      return numberOf(bounds)
    case 'integer':
      return integerOf(bounds)
    case 'boolean':
      return yesOrNo
    case 'text':
      return textOf()
    case 'choice':
      return choiceOf(param.choices ?? [])
    case 'duration':
      return durationOf(bounds)
    case 'rate':
      return rateOf(bounds)
    case 'size':
      return sizeOf(bounds)
    case 'share':
      return shareOf(bounds)
    case 'value':
      return measured(param, measure)
    case 'values':
      return listOf(measured(param, measure), { of: 'values', least: 1, most: MOST_ITEMS })
    case 'distribution':
      return distributionOf('duration')
    case 'parts':
      return listOf(partOf(distributionOf(measure)), { of: 'parts', least: 1, most: 1000 })
    case 'points':
      return listOf(point, { of: 'points', least: 1, most: MOST_ITEMS })
    case 'states':
      return listOf(state, { of: 'states', least: 1, most: 1000 })
  }
}

function measured({ min, max, above }: Param, measure: Measure): Shape<number> {
  const bounds = { min, max, above }
  if (measure === 'duration') return durationOf(bounds)
  return measure === 'size' ? sizeOf(bounds) : numberOf(bounds)
}

function partOf(distribution: Shape<Chosen>) {
  return record(
    {
      weight: standard(numberOf(), 'How often it is drawn, compared with the weights of the other parts.', 1),
      of: needed(distribution, 'The distribution of this part.'),
    },
    { of: 'a part' },
  )
}

const point = record(
  {
    at: needed(durationOf({ bare: 's' }), 'When, from the start of the run.'),
    rate: needed(rateOf(), 'Requests per second from then on.'),
  },
  { of: 'a point' },
)

const state = record(
  {
    rate: needed(rateOf(), 'Requests per second in this state; 0/s is allowed.'),
    stay: needed(durationOf({ min: 0, above: true, bare: 's' }), 'How long this state lasts on average.'),
  },
  { of: 'a state' },
)
