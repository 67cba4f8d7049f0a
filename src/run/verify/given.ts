/**
 * The parameters of a row as they are asked for one by one, so that in the end nothing that the row says has
 * been overlooked.
 */

import type { Chosen } from '../../policies/policy.ts'
import { distributionFrom } from './distributions.ts'
import type { Parameters } from './row.ts'
import { Unfit } from './unfit.ts'
import { UNIT } from './units.ts'

export interface Given {
  has(key: string): boolean
  /** @throws Unfit when it is there and not a number from 0 on */
  number(key: string): number | undefined
  /** Undefined also when it is not a text. */
  text(key: string): string | undefined
  /** Whatever it is. */
  raw(key: string): unknown
  /** A distribution of times, in nanoseconds. @param mean in time units, where the row says it elsewhere */
  times(key: string, mean?: number): Chosen | undefined
  /** Words for people, or figures that follow from the others: noted as read. */
  skip(...keys: string[]): void
  /** @throws Unfit when a parameter has not been asked for */
  done(): void
}

export function given(parameters: Parameters): Given {
  const read = new Set<string>()
  const raw = (key: string) => {
    read.add(key)
    return Object.hasOwn(parameters, key) ? parameters[key] : undefined
  }
  return {
    raw,
    has: (key) => Object.hasOwn(parameters, key),
    number(key) {
      const value = raw(key)
      if (value === undefined) return undefined
      if (typeof value !== 'number' || !(value >= 0)) throw new Unfit(`"${key}" must be a number from 0 on`)
      return value
    },
    text(key) {
      const value = raw(key)
      return typeof value === 'string' ? value : undefined
    },
    times(key, mean) {
      const value = raw(key)
      return value === undefined ? undefined : distributionFrom(value, UNIT, mean)
    },
    skip: (...keys) => keys.forEach((key) => void read.add(key)),
    done() {
      const rest = Object.keys(parameters).filter((key) => !read.has(key))
      if (rest.length > 0) throw new Unfit(`parameter "${rest.join('", "')}" is not understood`)
    },
  }
}
