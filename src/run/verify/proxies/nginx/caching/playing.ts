/**
 * Requests through one of nginx's caches to an origin, by the product's own caching rules: what each is
 * answered with, and what the origin was asked for. What nobody asks for any more is removed by nginx's cache
 * manager (ngx_http_file_cache_expire), whole seconds by its clock.
 *
 * Times in ms from the recording's time 0.
 */

import { stream } from '../../../../../base/stream.ts'
import {
  ANSWER,
  beginFetch,
  cacheNode,
  endFetch,
  fetchColumns,
  fetchOf,
  graceAt,
  isWanted,
  LEADER,
  purge,
  slotOf,
  store,
  ttlAt,
} from '../../../../../policies/caching/cache-node.ts'
import { lookUp, mayServeOnError } from '../../../../../policies/caching/look-up.ts'
import { POLL } from '../../../../../policies/caching/settings.ts'
import * as verdict from '../../../../../policies/caching/verdicts.ts'
import { freshnessOf } from './freshness.ts'
import type { CacheLocation } from './location.ts'
import type { Origin } from './origin.ts'

export interface Asked {
  readonly at: number
  readonly path: string
  readonly method: string
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>
}

/** Status, what the cache says, body, seconds that it took. */
export type Answered = readonly [status: number, cache: string, body: string, took: number]
/** Seconds, path, conditional headers. */
export type Fetched = readonly [at: number, path: string, conditions: Readonly<Record<string, string>>]

interface Kept {
  readonly status: number
  readonly body: string
  readonly etag: string | undefined
  readonly staleIfError: number
}

const NS = 1e6
/** Of the cache manager, ms. */
const LONGEST_SLEEP = 10_000

export interface Circumstances {
  /** Of the clock's second at time 0, ms. */
  readonly phase: number
  /** What nginx says by itself when the origin does not answer. */
  readonly badGateway: string
  /** Bodies that the origin is known to have sent: that fetch was no 304, whatever is said of the origin. */
  readonly bodies: ReadonlySet<string>
  /** When the cache manager looks at the objects for the first time, ms. */
  readonly managerWakes: number
}

export function playCache(
  location: CacheLocation,
  origin: Origin,
  requests: readonly Asked[],
  { phase, badGateway, bodies, managerWakes }: Circumstances,
): { readonly responses: readonly Answered[]; readonly fetches: readonly Fetched[] } {
  const { settings, valid, useStale, bypass, revalidates, inactive } = location
  const node = cacheNode(settings)
  const random = stream('caching', 'eviction')
  const agenda: { readonly at: number; readonly run: () => void }[] = []
  const responses: Answered[] = []
  const fetches: Fetched[] = []
  const kept = new Map<number, Kept>()
  const numbers = new Map<string, number>()
  const varies = new Map<string, readonly string[]>()
  const used = new Map<number, number>()
  let served = 0
  let leaders = 0

  const plan = (at: number, run: () => void) => {
    const place = agenda.findIndex((other) => other.at > at)
    agenda.splice(place < 0 ? agenda.length : place, 0, { at, run })
  }
  const clock = (at: number) => (at + phase) * NS
  const second = (at: number) => 1000 * Math.floor((at + phase) / 1000)
  const objectOf = ({ path, headers }: Asked) => {
    const words = (varies.get(path) ?? []).map((name) => headers.get(name) ?? '')
    const name = JSON.stringify([path, ...words])
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name)!
  }

  function answer(index: number, at: number, status: number, said: string, body: string): void {
    const { method, at: sent } = requests[index]!
    responses[index] = [status, said, method === 'HEAD' ? '' : body, (at - sent) / 1000]
  }

  function come(index: number): void {
    const asked = requests[index]!
    if (asked.method !== 'GET' && asked.method !== 'HEAD') {
      fetch(asked, asked.at, '-', false, index)
      return
    }
    used.set(objectOf(asked), asked.at)
    const isBypassed = bypass.some((name) => !['', '0', undefined].includes(asked.headers.get(name)))
    if (isBypassed) fetch(asked, asked.at, 'BYPASS', true, index)
    else look(index, asked.at)
  }

  /** Removes what nobody has asked for; sleeps until the next object is due, for 10 s at most. */
  function manage(at: number): void {
    let sleep = LONGEST_SLEEP
    const now = second(at)
    for (const [object, since] of used) {
      const left = second(since) + inactive - now
      if (left > 0) sleep = Math.min(sleep, left)
      else {
        used.delete(object)
        purge(node, settings, object)
      }
    }
    if (agenda.length > 0) plan(at + sleep, () => manage(at + sleep))
  }

  function look(index: number, at: number): void {
    const asked = requests[index]!
    const object = objectOf(asked)
    const said = lookUp(node, settings, object, clock(at), (at - asked.at) * NS)
    if (verdict.isServed(said)) {
      const { status, body } = kept.get(object)!
      answer(index, at, status, SERVED[said]!, body)
      if (said === verdict.STALE_AND_FETCH) fetch(asked, at, 'STALE', true, undefined, lead(object, at))
    } else if (said === verdict.WAIT) plan(at + POLL / NS, () => look(index, at + POLL / NS))
    else {
      const isFirst = said === verdict.MISS || (said === verdict.EXPIRED && fetchOf(node, object) < 0)
      const leader = isFirst ? lead(object, at) : undefined
      fetch(asked, at, said === verdict.EXPIRED ? 'EXPIRED' : 'MISS', said !== verdict.PASS, index, leader)
    }
  }

  function lead(object: number, at: number): number {
    beginFetch(node, object, ++leaders, clock(at))
    return leaders
  }

  function fetch(asked: Asked, at: number, said: string, mayKeep: boolean, index?: number, leader?: number) {
    const object = objectOf(asked)
    const old = said === 'EXPIRED' || said === 'STALE' ? kept.get(object) : undefined
    const condition = revalidates ? old?.etag : undefined
    const given = origin.answer(served + 1, at)
    if (given.failure !== 'refuses') {
      served++
      fetches.push([at / 1000, asked.path, condition === undefined ? {} : { 'if-none-match': condition }])
    }
    const body = `v${served}`
    const etag = origin.etag(at)
    plan(at + given.delay, () => {
      const now = at + given.delay
      if (leader !== undefined) endLead(object, leader)
      const isFailed = given.status === undefined || useStale.has(`http_${given.status}`)
      if (isFailed && old && mayServeOld(object, old, given.status, now)) {
        if (index !== undefined) answer(index, now, old.status, 'STALE', old.body)
        return
      }
      if (given.status === undefined) {
        if (index !== undefined) answer(index, now, 502, said, badGateway)
        return
      }
      if (condition !== undefined && condition === etag && !bodies.has(body)) {
        const slot = slotOf(node, object)
        const life = { ttl: ttlAt(node, slot), grace: graceAt(node, slot) }
        store(node, settings, object, 1, ANSWER, life, clock(now), random)
        if (index !== undefined) answer(index, now, old!.status, 'REVALIDATED', old!.body)
        return
      }
      if (mayKeep) keep(asked, given.status, body, etag, now, given)
      if (index !== undefined) answer(index, now, given.status, said, body)
    })
  }

  function endLead(object: number, leader: number): void {
    const row = fetchOf(node, object)
    if (row >= 0 && node.fetches.values[fetchColumns(row) + LEADER] === leader) endFetch(node, row)
  }

  function mayServeOld(object: number, old: Kept, status: number | undefined, now: number): boolean {
    const isAlways = useStale.has(status === undefined ? 'error' : `http_${status}`)
    if (isAlways) return slotOf(node, object) >= 0
    return status === undefined && old.staleIfError > 0
      ? mayServeOnError(node, settings, object, old.staleIfError * 1e9, clock(now))
      : false
  }

  function keep(
    asked: Asked,
    status: number,
    body: string,
    etag: string | undefined,
    now: number,
    given: Parameters<typeof freshnessOf>[0],
  ): void {
    const fresh = freshnessOf(given, valid)
    if (!fresh) return
    const first = objectOf(asked)
    if (fresh.vary.length > 0) varies.set(asked.path, fresh.vary)
    if (!isWanted(node, first, settings.minUses)) return
    const object = objectOf(asked)
    const life = { ttl: fresh.ttl * 1e9, grace: fresh.staleWhileRevalidate * 1e9 }
    store(node, settings, object, 1, ANSWER, life, clock(now), random)
    kept.set(object, { status, body, etag, staleIfError: fresh.staleIfError })
    used.set(object, now)
  }

  for (const [index, { at }] of requests.entries()) plan(at, () => come(index))
  plan(managerWakes, () => manage(managerWakes))
  for (let next = agenda.shift(); next; next = agenda.shift()) next.run()
  return { responses, fetches }
}

/** What nginx calls it when it serves what it holds. */
const SERVED: Readonly<Record<number, string>> = {
  [verdict.HIT]: 'HIT',
  [verdict.STALE]: 'UPDATING',
  [verdict.STALE_AND_FETCH]: 'STALE',
}
