/**
 * Jump consistent hash: no table at all; a key jumps from replica to replica as their number grows, and
 * stays where it would last have jumped to. Replicas are known by their place in the list, so it is even and
 * moves the fewest keys only while replicas come and go at the end of the list: when one in the middle is
 * lost, all behind it move up, and many keys move. Weights are not heeded.
 *
 * A key that is a number is taken as it is, as in the paper; texts are hashed with xxHash64 first.
 *
 * Source: Lamping & Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014.
 */

import { hashAsked } from '../hashing/asked-hash.ts'
import { ON } from '../hashing/hashed-on.ts'
import { scored } from '../hashing/kept.ts'
import { add, multiply, type Word64 } from '../hashing/words64.ts'
import type { Params } from '../policy.ts'
import { type Asked, NONE, type Pool, type Score, type Strategy } from './strategy.ts'

interface Memory {
  readonly byAddress: boolean
}

function remember(params: Params): Memory {
  return { byAddress: params.on === 'address' }
}

const word = new Uint32Array(2)

/**
 * The bucket of a key of 64 bits, which is used up.
 * @returns 0 … buckets - 1; -1 when there are none
 */
export function jumpTo(key: Word64, buckets: number): number {
  let bucket = -1
  let next = 0
  while (next < buckets) {
    bucket = next
    multiply(key, 0x27bb2ee6, 0x87b0b0fd)
    add(key, 0, 1)
    next = Math.floor((bucket + 1) * (2 ** 31 / ((key[0]! >>> 1) + 1)))
  }
  return bucket
}

function pick(pool: Pool, asked: Asked, { byAddress }: Memory): number {
  if (!byAddress && asked.text !== undefined) {
    hashAsked(asked, false, word)
  } else {
    const number = byAddress ? asked.address >>> 0 : asked.key
    word[0] = Math.floor(number / 2 ** 32)
    word[1] = number
  }
  const place = jumpTo(word, pool.readyCount)
  return place < 0 ? NONE : pool.ready[place]!
}

function explain(pool: Pool, asked: Asked, memory: Memory): readonly Score[] {
  const of = `of ${pool.readyCount} in the list`
  return scored(pool, pick(pool, asked, memory), (i) => `number ${pool.ready.indexOf(i) + 1} ${of}`)
}

export const jump: Strategy<Memory> = {
  name: 'jump',
  title: 'Jump hash',
  summary:
    'Even without a table, but replicas have numbers: losing any but the last renumbers the rest, and moves their keys.',
  source: 'Lamping & Veach, A Fast, Minimal Memory, Consistent Hash Algorithm, 2014',
  params: { on: ON },
  isKeyed: true,
  remember,
  pick,
  explain,
}
