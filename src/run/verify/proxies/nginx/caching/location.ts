/** What a location of nginx's configuration says about its cache. */

import type { CachingSettings } from '../../../../../policies/caching/settings.ts'
import { evictions } from '../../../../../policies/eviction/index.ts'
import { Unfit } from '../../../unfit.ts'
import type { Directive } from '../directives.ts'
import { milliseconds } from '../times.ts'

export interface CacheLocation {
  readonly settings: CachingSettings
  /** Seconds by status. */
  readonly valid: ReadonlyMap<number, number>
  /** `error`, `timeout`, `updating`, `http_500`, … */
  readonly useStale: ReadonlySet<string>
  /** Names of request headers, any of which makes the cache be left out. */
  readonly bypass: readonly string[]
  readonly revalidates: boolean
  /** ms */
  readonly inactive: number
}

const MOST_OBJECTS = 100_000
/** Without a status, "proxy_cache_valid" is about these. */
const USUAL = ['200', '301', '302']

/** The `index`-th location of the text that has a cache. @throws Unfit when there is a directive that is not known */
export function cacheLocation(tree: readonly Directive[], index: number): CacheLocation {
  const http = tree.find(({ name }) => name === 'http')?.block ?? []
  const all = http
    .filter(({ name }) => name === 'server')
    .flatMap(({ block = [] }) => block.filter(({ name }) => name === 'location'))
    .filter(({ block = [] }) => block.some(({ name }) => name === 'proxy_cache'))
  const block = all[index]?.block
  if (!block) throw new Unfit(`the configuration has no location with a cache for case ${index}`)
  const valid = new Map<number, number>()
  const useStale = new Set<string>()
  const bypass: string[] = []
  const said = new Map<string, string>()
  for (const { name, words } of block) {
    if (name === 'proxy_pass' || name === 'add_header') continue
    if (name === 'proxy_cache_valid') {
      const statuses = words.length > 1 ? words.slice(0, -1) : USUAL
      for (const status of statuses) valid.set(Number(status), Math.floor(milliseconds(words.at(-1)!) / 1000))
    } else if (name === 'proxy_cache_use_stale') for (const word of words) useStale.add(word)
    else if (name === 'proxy_cache_bypass') {
      for (const word of words) {
        const header = /^\$http_(\w+)$/.exec(word)?.[1]
        if (header === undefined) throw new Unfit(`nothing is known of "${word}" in "proxy_cache_bypass"`)
        bypass.push(header.replaceAll('_', '-'))
      }
    } else if (KNOWN.includes(name) && words.length === 1) said.set(name, words[0]!)
    else throw new Unfit(`nothing is known of "${name}"`)
  }
  if (said.get('proxy_cache_key') !== '$server_port$request_uri') throw new Unfit('another key of the cache')
  const time = (name: string, otherwise: number) => {
    const text = said.get(name)
    return (text === undefined ? otherwise : milliseconds(text)) * 1e6
  }
  return {
    valid,
    useStale,
    bypass,
    revalidates: said.get('proxy_cache_revalidate') === 'on',
    inactive: inactiveOf(http, said.get('proxy_cache')!),
    settings: {
      rule: 'nginx',
      eviction: evictions.get('lru'),
      evictionParams: { interval: 0 },
      capacity: MOST_OBJECTS,
      hasSizes: false,
      coalesces: said.get('proxy_cache_lock') === 'on',
      // Nothing is dropped for its age: whether it is served is asked each time.
      keep: Infinity,
      hitForMiss: 0,
      servesWhileUpdating: useStale.has('updating'),
      updatesInBackground: said.get('proxy_cache_background_update') === 'on',
      lockTimeout: time('proxy_cache_lock_timeout', 5000),
      lockAge: time('proxy_cache_lock_age', 5000),
      minUses: Number(said.get('proxy_cache_min_uses') ?? 1),
    },
  }
}

const KNOWN = [
  'proxy_cache',
  'proxy_cache_key',
  'proxy_cache_min_uses',
  'proxy_cache_background_update',
  'proxy_cache_lock',
  'proxy_cache_lock_timeout',
  'proxy_cache_lock_age',
  'proxy_cache_revalidate',
]

function inactiveOf(http: readonly Directive[], zone: string): number {
  const path = http.find(
    ({ name, words }) =>
      name === 'proxy_cache_path' && words.some((word) => word.startsWith(`keys_zone=${zone}:`)),
  )
  if (!path) throw new Unfit(`there is no zone "${zone}"`)
  const inactive = path.words.find((word) => word.startsWith('inactive='))
  return inactive === undefined ? 600_000 : milliseconds(inactive.slice('inactive='.length))
}
