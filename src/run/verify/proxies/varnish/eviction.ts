/** Objects that are asked for one after another, and who is evicted from a small store. */

import { NO_ROW } from '../../../../base/keyed-rows.ts'
import { stream } from '../../../../base/stream.ts'
import { ask, cache, put } from '../../../../policies/eviction/cache.ts'
import { lru } from '../../../../policies/eviction/lru.ts'
import { Unfit } from '../../unfit.ts'
import { allowOnly, countOf, secondsOf, textOf, textsOf } from '../case-fields.ts'
import { compared } from '../outcome.ts'
import type { Player } from '../player.ts'

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

/**
 * What Varnish keeps beside a body, bytes, roughly (headers and bookkeeping): only stores that a kilobyte more
 * or less does not decide about are played.
 */
const BESIDE = 1000

export const evictionPlayer: Player = {
  needs: ['storage', 'object_body_bytes', 'lru_interval_s', 'requests', 'gap_s'],
  play(scene, { seed }) {
    allowOnly(scene, [...this.needs, 'nuke_limit'], [])
    const capacity = bytesOf(textOf(scene, 'storage'))
    const body = countOf(scene, 'object_body_bytes')
    if (Math.floor(capacity / body) !== Math.floor(capacity / (body + 2 * BESIDE))) {
      throw new Unfit('what Varnish keeps beside the bodies would decide how many objects fit')
    }
    if (Math.floor(capacity / body) === 0) throw new Unfit('no object fits')
    const store = cache(lru, { interval: secondsOf(scene, 'lru_interval_s') * 1e9 }, capacity, true)
    const gap = secondsOf(scene, 'gap_s') * 1e9
    const random = stream(seed, 'eviction')
    const names: string[] = []
    let nuked = 0
    const sequence = textsOf(scene, 'requests').map((name, i) => {
      if (!names.includes(name)) names.push(name)
      const key = names.indexOf(name)
      const now = Math.round(i * gap)
      if (ask(lru, store, key, now) !== NO_ROW) return [name, 'hit', 200, []]
      put(lru, store, key, body + BESIDE, now, random)
      const { count, keys } = store.gone
      nuked += count
      return [name, 'miss', 200, Array.from(keys.subarray(0, count), (left) => names[left]!)]
    })
    return compared(scene.observed, { sequence, nuked })
  },
}

function bytesOf(storage: string): number {
  const parts = /^malloc,(\d+)([bkmg]?)$/i.exec(storage)
  if (!parts) throw new Unfit(`nothing is known of the storage "${storage}"`)
  return Number(parts[1]) * UNITS[parts[2]!.toLowerCase()]!
}
