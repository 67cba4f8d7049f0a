/** A quantity with a unit: a duration, a rate, a size, a share; or a plain number, which has none. */

import { complain, didYouMean, type Spot } from '../source/problem-list.ts'
import type { Tree } from '../source/tree.ts'
import { duration, rate, share, size, unitOf } from '../units/index.ts'
import type { Unit } from '../units/unit.ts'
import { type Definitions, type JsonSchema, quoted, type Shape } from './shape.ts'

/** Bounds in the held unit. */
export interface Bounds {
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** True when `min` itself is not allowed. */
  readonly above?: boolean | undefined
}

export interface QuantityOptions extends Bounds {
  /** The unit in which a bare number was probably meant. */
  readonly bare?: string
}

/** A quantity in the given unit, at least 0 unless said otherwise. */
function quantity(unit: Unit, { bare, ...bounds }: QuantityOptions): Shape<number> {
  const limits = { min: 0, max: unit.most, ...withoutUndefined(bounds) }
  const what = `a ${unit.noun} is needed, such as ${unit.examples.join(' or ')}`

  function read(tree: Tree, spot: Spot): number | undefined {
    const text = tree.kind === 'scalar' ? textOf(tree.value) : undefined
    if (text === undefined) return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
    const value = unit === share && typeof plainValue(tree) === 'number' ? Number(text) : unit.parse(text)
    if (value === undefined || Number.isNaN(value))
      return complain(spot, tree.place, misread(tree, text), guess(text))
    return inBounds(value, limits, unit.write, tree, spot, unit === share ? guess(text) : undefined)
  }

  function guess(text: string) {
    return () => didYouMean(unit.guess(text, bare))
  }

  function misread(tree: Tree, text: string): string {
    if (text.startsWith('-') && unit.parse(text.slice(1)) !== undefined) {
      return `${quoted(tree)} is negative; ${what}`
    }
    if (typeof plainValue(tree) === 'number') {
      return Number.isFinite(Number(text))
        ? `${quoted(tree)} has no unit; ${what}`
        : `${quoted(tree)} is not a number one can reckon with; ${what}`
    }
    const other = unitOf(text)
    return other
      ? `${quoted(tree)} is a ${other.noun}; ${what}`
      : `${quoted(tree)} is not a ${unit.noun}; ${what}`
  }

  function schema(definitions: Definitions): JsonSchema {
    const examples = unit.examples.filter((example) => unit.parse(example) !== undefined)
    const pattern = unit.pattern.replace(/\((?!\?)/g, '(?:')
    definitions.set(unit.noun, { type: 'string', pattern, examples })
    const text = { $ref: `#/definitions/${unit.noun}` }
    return unit === share ? { anyOf: [text, { type: 'number', ...schemaBounds(limits) }] } : text
  }

  return { what, read, schema, write: (value) => unit.write(Number(value)) }
}

export const durationOf = (options: QuantityOptions = {}) => quantity(duration, options)
export const rateOf = (options: QuantityOptions = {}) => quantity(rate, options)
export const sizeOf = (options: QuantityOptions = {}) => quantity(size, options)
export const shareOf = (options: QuantityOptions = {}) => quantity(share, options)

/** Any number that is not a quantity; `60x` says the same as 60. */
export function numberOf(bounds: Bounds = {}): Shape<number> {
  const limits = { min: 0, max: 1e15, ...withoutUndefined(bounds) }
  const what = 'a plain number is needed, such as 1.5'
  return {
    what,
    read(tree, spot) {
      const value = plainValue(tree)
      const factor =
        typeof value === 'string' && /^\d{1,15}(\.\d{1,15})?x$/.test(value) ? parseFloat(value) : value
      if (typeof factor === 'number' && Number.isFinite(factor))
        return inBounds(factor, limits, String, tree, spot)
      return complain(spot, tree.place, notANumber(tree, what))
    },
    schema: () => ({
      anyOf: [
        { type: 'number', ...schemaBounds(limits) },
        { type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,15})?x$' },
      ],
    }),
  }
}

export function integerOf(bounds: Bounds = {}): Shape<number> {
  const limits = { min: 0, max: Number.MAX_SAFE_INTEGER, ...withoutUndefined(bounds) }
  const what = 'a whole number is needed'
  return {
    what,
    read(tree, spot) {
      const value = plainValue(tree)
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        return complain(spot, tree.place, notANumber(tree, what))
      }
      return inBounds(value, limits, String, tree, spot)
    },
    schema: () => ({ type: 'integer', ...schemaBounds(limits) }),
  }
}

function notANumber(tree: Tree, what: string): string {
  const value = plainValue(tree)
  if (typeof value === 'number' && !Number.isFinite(value))
    return `${quoted(tree)} is not a number one can reckon with; ${what}`
  const unit = typeof value === 'string' ? unitOf(value) : undefined
  return unit ? `${quoted(tree)} is a ${unit.noun}; ${what}` : `${quoted(tree)} is given; ${what}`
}

function inBounds(
  value: number,
  { min, max, above }: Bounds & { readonly min: number; readonly max: number },
  write: (value: number) => string,
  tree: Tree,
  spot: Spot,
  hint?: () => string | undefined,
): number | undefined {
  if (value < min || (above && value === min)) {
    const least = above ? `it must be above ${write(min)}` : `the least allowed is ${write(min)}`
    return complain(spot, tree.place, `${quoted(tree)} is too little; ${least}`)
  }
  if (value > max) {
    return complain(spot, tree.place, `${quoted(tree)} is too much; the most allowed is ${write(max)}`, hint)
  }
  return value
}

function schemaBounds({ min, max, above }: Bounds): JsonSchema {
  return { [above ? 'exclusiveMinimum' : 'minimum']: min, maximum: max }
}

function plainValue(tree: Tree): unknown {
  return tree.kind === 'scalar' ? tree.value : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function withoutUndefined({ min, max, above }: Bounds) {
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(above === undefined ? {} : { above }),
  }
}
