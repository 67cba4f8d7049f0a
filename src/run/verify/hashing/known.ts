/** Rows that say where keys go, one by one. */

import { jumpTo } from '../../../policies/balancing/jump.ts'
import { ketama } from '../../../policies/balancing/ketama.ts'
import { computed, isCannotRun, type Reader } from '../experiment.ts'
import type { Given } from '../given.ts'
import type { Parameters } from '../row.ts'
import { Unfit, unlessUnfit } from '../unfit.ts'
import { askedFor, balancerAmong, place } from './balancer.ts'
import { allOf } from './reading.ts'
import { unknownQuantity } from './trials.ts'

export const readKnown: Reader = (row) => {
  if (/^ketama\b/.test(row.model)) return readKetama(row)
  return row.model === 'jump consistent hash' ? readJump(row) : undefined
}

const readKetama: Reader = (row) => {
  if (row.quantity !== 'servers') return unknownQuantity(row)
  const answer = unlessUnfit(() => ({ value: allOf(row, serversOfKeys) }))
  return isCannotRun(answer) ? answer : computed(`ketama ${row.id}`, () => answer.value)
}

/** Ours has 160 points for a server of weight 1. */
function serversOfKeys(g: Given): readonly string[] {
  const servers = textsIn(g, 'servers')
  if ((g.number('points_per_server') ?? 160) !== 160) throw new Unfit('a server has 160 points')
  const [point, keyHash] = [g.text('point') ?? 'md5', g.text('key_hash') ?? 'md5']
  if (!/\bmd5\b/.test(point) || !/\bmd5\b/.test(keyHash))
    throw new Unfit(`points by "${point}" are not known`)
  if (!/first point >= hash/.test(g.text('lookup') ?? 'first point >= hash'))
    throw new Unfit('another lookup')
  const balancer = balancerAmong(ketama, servers, 'known', { rule: 'libketama' })
  return textsIn(g, 'keys').map((key) => servers[place(balancer, askedFor(key))]!)
}

function textsIn(g: Given, key: string): readonly string[] {
  const list = g.raw(key)
  if (Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === 'string')) return list
  throw new Unfit(`"${key}" must be a list of texts`)
}

const readJump: Reader = (row) => {
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
