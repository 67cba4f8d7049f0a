/** What a recording calls nginx's servers, which have no names of their own. */

import { Unfit } from '../../unfit.ts'
import { isFields } from '../read-recording.ts'
import type { Scene } from '../recording.ts'

/**
 * In order of declaration: the keys of "servers" or "weights" where those are objects, else s1, s2, …, less
 * those that "special" calls removed.
 * @throws Unfit when there are more or fewer than the configuration has servers
 */
export function labelsOf({ fields }: Scene, count: number): readonly string[] {
  const labels = listed(fields.servers) ?? listed(fields.weights) ?? numbered(fields.special, count)
  if (labels.length === count) return labels
  throw new Unfit(`the input names ${labels.length} servers, the configuration has ${count}`)
}

/** The numbers by which recordings of keys name servers: those in their labels, as in s4, else their places from 1. */
export function numbersOf(labels: readonly string[]): readonly number[] {
  const numbers = labels.map((label) => Number(/\d+$/.exec(label)?.[0] ?? NaN))
  const areNumbered = numbers.every((number) => number > 0) && new Set(numbers).size === numbers.length
  return areNumbered ? numbers : labels.map((_, place) => place + 1)
}

function listed(value: unknown): readonly string[] | undefined {
  return isFields(value) ? Object.keys(value) : undefined
}

function numbered(special: unknown, count: number): readonly string[] {
  const labels: string[] = []
  for (let number = 1; labels.length < count; number++) {
    const label = `s${number}`
    if (!isFields(special) || special[label] !== 'removed') labels.push(label)
  }
  return labels
}
