/** Rows that say where keys go, one by one. */

import { jumpTo } from '../../../policies/balancing/jump.ts'
import { computed, isCannotRun, type Reader } from '../experiment.ts'
import type { Parameters } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { unknownQuantity } from './trials.ts'

export const readKnown: Reader = (row) => {
  if (row.model !== 'jump consistent hash') return undefined
  const { quantity, parameters } = row
  if (quantity !== 'bucket' && quantity !== 'buckets') return unknownQuantity(row)
  const answer = unlessUnfit(() => ({
    value: quantity === 'bucket' ? bucketOf(parameters.key_uint64, parameters) : bucketsOf(parameters),
  }))
  return isCannotRun(answer) ? answer : computed(`jump ${row.id}`, () => answer.value)
}

function bucketsOf(parameters: Parameters): readonly number[] {
  const keys = parameters.keys_uint64
  if (!Array.isArray(keys)) throw new Unfit('"keys_uint64" must be a list')
  return keys.map((key) => bucketOf(key, parameters))
}

function bucketOf(key: unknown, { buckets }: Parameters): number {
  if (!/^\d{1,20}$/.test(String(key))) throw new Unfit('keys must be whole numbers of 64 bits')
  if (typeof buckets !== 'number' || !Number.isInteger(buckets)) throw new Unfit('"buckets" must be a number')
  const word = BigInt(String(key))
  return jumpTo(Uint32Array.of(Number((word >> 32n) & 0xffffffffn), Number(word & 0xffffffffn)), buckets)
}
