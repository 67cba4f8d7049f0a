/** Varnish 7.1.1's eviction with a small store: hits, misses and who leaves, request for request. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lru } from '../../../src/policies/eviction/lru.ts'
import { drive, gone, request } from './driver.ts'

const file = new URL('../../fixtures/proxies/varnish_lru.json', import.meta.url)
const { input, observed }: { input: any[]; observed: any[] } = JSON.parse(readFileSync(file, 'utf8'))

/** What Varnish keeps beside a body (headers, the object itself) lies well below this; it decides nothing here. */
const BESIDE = 1000

test.each(input.map((recorded: any, k: number) => ({ ...recorded, k })))(
  'case $k: $storage, lru_interval $lru_interval_s s',
  ({ storage, object_body_bytes, lru_interval_s, requests, gap_s, k }) => {
    const mebibytes = Number(/^malloc,(\d+)m$/.exec(storage)![1])
    const d = drive(lru, mebibytes * 2 ** 20, { interval: lru_interval_s * 1e9 }, true)
    const seen = requests.map((name: string, i: number) => {
      d.now = Math.round(i * gap_s * 1e9)
      const isHit = request(d, Number(name.slice(1)), object_body_bytes + BESIDE)
      return [name, isHit ? 'hit' : 'miss', 200, gone(d).map((key) => `o${key}`)]
    })
    expect(seen).toEqual(observed[k].sequence)
  },
)
