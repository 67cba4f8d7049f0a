/** Rows about caches without an end to their room, whose objects live for a time. */

import type { CachingSettings } from '../../../policies/caching/settings.ts'
import { evictions } from '../../../policies/eviction/index.ts'
import type { Params } from '../../../policies/policy.ts'
import type { Experiment } from '../experiment.ts'
import type { Given } from '../given.ts'
import type { Row } from '../row.ts'
import { Unfit } from '../unfit.ts'
import { UNIT } from '../units.ts'
import { type Draw, fetchDrive, ttlDrive } from './drives.ts'
import { lanesExperiment, WARM_UP } from './measured.ts'
import { drawOf, positive, whole } from './reading.ts'

const MOST_OBJECTS = 1_000_000

/** @throws Unfit when there is something that is not known */
export function ttlExperiment(row: Row, g: Given): Experiment {
  const { model, quantity } = row
  if (/every miss fetches/.test(model))
    throw new Unfit('every answer renews a ttl here, as in nginx, and not only the first')
  const rate = positive(g, 'request_rate')
  const ttl = positive(g, 'ttl')
  const fetchTime = g.number('fetch_time') ?? 0
  g.skip('capacity', 'ttl_starts')
  const key = `${model} ${JSON.stringify(row.parameters)}`
  if (/coalesced misses/.test(model)) {
    if (quantity !== 'origin_request_rate') throw new Unfit(`unknown quantity "${quantity}"`)
    return fetchExperiment(key, { rate, ttl, fetchTime })
  }
  if (fetchTime !== 0) throw new Unfit('a fetch takes no time here')
  const draw = g.has('keys') ? drawOf(g) : () => 0
  const nodes = g.has('replicas') ? whole(g, 'replicas') : 1
  // An expiry that every hit renews is that of objects that nobody asks for.
  const isRenewed = /renewed on/.test(model)
  const setting = { rate, ttl: isRenewed ? Infinity : ttl, nodes }
  const settings = isRenewed ? { ...unlimited(), inactive: ttl * UNIT } : unlimited()
  if (quantity === 'mean_number_of_live_entries' && !isRenewed) return liveExperiment(key, setting, draw)
  if (quantity !== 'hit_ratio') throw new Unfit(`unknown quantity "${quantity}"`)
  return lanesExperiment({
    key,
    warmUp: Math.min(WARM_UP, Math.ceil(20 * rate * ttl) + 100_000),
    begin: (seed) => [ttlDrive(settings, setting, draw, seed).next],
    figure: (_, [ratio]) => ratio!,
  })
}

function liveExperiment(key: string, setting: Parameters<typeof ttlDrive>[1], draw: Draw): Experiment {
  const { rate, ttl } = setting
  return {
    key: `${key} live`,
    cost: 1,
    least: 1_000_000,
    run(rows, n, seed) {
      const drive = ttlDrive(unlimited(), setting, draw, seed)
      for (let i = 0; i < 20 * rate * ttl; i++) drive.next()
      const from = drive.now()
      for (let i = 0; i < n; i++) drive.next()
      const to = drive.now()
      const lived = drive.stores.reduce(
        (sum, at) => sum + Math.max(0, Math.min(to, at + ttl * UNIT) - Math.max(from, at)),
        0,
      )
      const value = lived / (to - from)
      return rows.map(() => ({ value, n, error: 0, low: NaN, high: NaN }))
    },
  }
}

function fetchExperiment(key: string, setting: Parameters<typeof fetchDrive>[1]): Experiment {
  return {
    key,
    cost: 1,
    least: 5_000_000,
    run(rows, n, seed) {
      const { fetches, passed } = fetchDrive(unlimited(), setting, n, seed)
      const value = fetches / (passed / UNIT)
      return rows.map(() => ({ value, n, error: 0, low: NaN, high: NaN }))
    },
  }
}

function unlimited(): CachingSettings {
  const none: Params = {}
  return {
    rule: 'standard',
    eviction: evictions.get('fifo'),
    evictionParams: none,
    capacity: MOST_OBJECTS,
    hasSizes: false,
    coalesces: true,
    keep: 0,
    hitForMiss: 0,
    servesWhileUpdating: false,
    updatesInBackground: true,
    lockTimeout: 0,
    lockAge: 0,
    minUses: 1,
  }
}
