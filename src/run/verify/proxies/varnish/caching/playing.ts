/**
 * Requests through Varnish to an origin, by the product's own caching rules: what each is answered with and
 * when, and what the origin was asked for. Times in ms.
 */

import { stream } from '../../../../../base/stream.ts'
import {
  ANSWER,
  beginFetch,
  cacheNode,
  endFetch,
  fetchColumns,
  fetchOf,
  HIT_FOR_MISS,
  HIT_FOR_PASS,
  LEADER,
  purge,
  slotOf,
  softPurge,
  store,
} from '../../../../../policies/caching/cache-node.ts'
import { lookUp } from '../../../../../policies/caching/look-up.ts'
import type { CachingSettings } from '../../../../../policies/caching/settings.ts'
import * as verdict from '../../../../../policies/caching/verdicts.ts'
import { evictions } from '../../../../../policies/eviction/index.ts'
import type { Statement } from '../vcl.ts'
import type { Given } from './origin.ts'
import { arrived, type Headers, type Order, type Received, receive, respond } from './program.ts'

export interface Asked {
  readonly at: number
  readonly url: string
  readonly method: string
  readonly headers: Headers
}

export interface Answered {
  readonly status: number
  /** `hit 2`, `miss` or `pass`; null on a page that Varnish makes for an order. */
  readonly cache: string | null
  readonly body: string
  readonly age: number | null
  readonly done: number
}

interface Kept {
  readonly status: number
  readonly body: string
  readonly etag: string | undefined
  /** When it was stored, and how old it was then, s. */
  readonly at: number
  readonly age: number
  readonly url: string
  /** Headers that hold the URL. */
  readonly noted: readonly string[]
  hits: number
}

const NS = 1e6
/** An answer that is given at once still takes so long to be there, ms. */
const WAY = 1
/** How the page begins that Varnish makes by itself. */
const ERROR_PAGE = '<!DOCTYPE ht'

const settings: CachingSettings = {
  rule: 'varnish',
  eviction: evictions.get('lru'),
  evictionParams: { interval: 2e9 },
  capacity: 100_000,
  hasSizes: false,
  coalesces: true,
  keep: Infinity,
  hitForMiss: 120e9,
  servesWhileUpdating: false,
  updatesInBackground: true,
  lockTimeout: 0,
  lockAge: 0,
  minUses: 1,
}

export function playVarnish(
  vcl: readonly Statement[],
  origin: (url: string, at: number) => Given,
  requests: readonly Asked[],
  defaultTtl: number,
): { readonly answers: readonly Answered[]; readonly fetches: readonly (readonly [number, string])[] } {
  const node = cacheNode(settings)
  const random = stream('caching', 'eviction')
  const agenda: { readonly at: number; readonly run: () => void }[] = []
  const answers: Answered[] = []
  const fetches: (readonly [number, string])[] = []
  const kept = new Map<number, Kept>()
  const numbers = new Map<string, number>()
  const varies = new Map<string, readonly string[]>()
  const served = new Map<string, number>()
  const waiting = new Map<number, (() => void)[]>()
  let leaders = 0

  const plan = (at: number, run: () => void) => {
    const place = agenda.findIndex((other) => other.at > at)
    agenda.splice(place < 0 ? agenda.length : place, 0, { at, run })
  }
  const objectOf = ({ url, headers }: Asked) => {
    const name = JSON.stringify([url, ...(varies.get(url) ?? []).map((header) => headers.get(header) ?? '')])
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name)!
  }
  const answer = (index: number, done: number, status: number, cache: string, body: string, age = 0) => {
    const isHead = requests[index]!.method === 'HEAD'
    answers[index] = { status, cache, body: isHead ? '' : body, age: Math.floor(age), done }
  }

  function come(index: number): void {
    const asked = requests[index]!
    const received = receive(vcl, asked.method, asked.headers)
    if (received.order) {
      obey(received.order, index)
      return
    }
    if (received.isPassed) fetch(asked, asked.at, index, 'pass')
    else look(index, asked.at, received)
  }

  function obey(order: Order, index: number): void {
    const asked = requests[index]!
    const object = objectOf(asked)
    const one = kept.get(object)
    if (order.kind === 'purge') purge(node, settings, object)
    else if (order.kind === 'soft') {
      if (softPurge(node, object, order.grace * 1e9, asked.at * NS) && one) one.hits++
    } else {
      for (const [held, { url, noted }] of kept) {
        const isAsked = order.header === undefined || noted.includes(order.header)
        if (isAsked && order.pattern.test(url)) purge(node, settings, held)
      }
    }
    answers[index] = { status: 200, cache: null, body: ERROR_PAGE, age: null, done: asked.at }
  }

  function look(index: number, at: number, received: Received): void {
    const asked = requests[index]!
    const object = objectOf(asked)
    const rules = received.ignoresBusy ? { ...settings, coalesces: false } : settings
    const said = lookUp(node, rules, object, at * NS, (at - asked.at) * NS, received.grace * 1e9)
    if (verdict.isServed(said)) {
      const one = kept.get(object)!
      answer(index, at, one.status, `hit ${++one.hits}`, one.body, one.age + (at - one.at) / 1000)
      if (said === verdict.STALE_AND_FETCH) fetch(asked, at, undefined, 'miss', lead(object, at))
    } else if (said === verdict.WAIT) {
      const line = waiting.get(object) ?? []
      waiting.set(object, [...line, () => look(index, lastNow, received)])
    } else if (said === verdict.PASS) fetch(asked, at, index, 'pass')
    else fetch(asked, at, index, 'miss', said === verdict.MISS ? lead(object, at) : undefined)
  }
  let lastNow = 0

  function lead(object: number, at: number): readonly [object: number, leader: number] {
    beginFetch(node, object, ++leaders, at * NS)
    return [object, leaders]
  }

  /** @param index whose request it is for; undefined: nobody's, in the background */
  function fetch(
    asked: Asked,
    at: number,
    index: number | undefined,
    as: 'miss' | 'pass',
    lead?: readonly [object: number, leader: number],
  ): void {
    const given = origin(asked.url, at)
    const nth = (served.get(asked.url) ?? 0) + (given.status === undefined ? 0 : 1)
    if (given.status !== undefined) {
      served.set(asked.url, nth)
      fetches.push([at / 1000, asked.url])
    }
    const old = as === 'miss' ? kept.get(objectOf(asked)) : undefined
    const now = at + given.delay + WAY
    plan(now, () => {
      arrive(asked, now, index, as, given, `v${nth}`, old)
      if (lead !== undefined) endLead(lead, now)
    })
  }

  function arrive(
    asked: Asked,
    now: number,
    index: number | undefined,
    as: 'miss' | 'pass',
    given: Given,
    body: string,
    old: Kept | undefined,
  ): void {
    if (given.status === undefined) {
      if (index !== undefined) answer(index, now, 503, as, ERROR_PAGE)
      return
    }
    const result = arrived(given.status, given.headers, index === undefined, defaultTtl)
    const etag = given.headers.get('etag')
    const isSame =
      old !== undefined && etag !== undefined && old.etag === etag && slotOf(node, objectOf(asked)) >= 0
    const told = isSame ? old.body : body
    const age = Number(given.headers.get('age') ?? 0)
    if (as === 'pass') {
      if (index !== undefined) answer(index, now, given.status, 'pass', told, age)
      return
    }
    if (!respond(vcl, result)) {
      if (index !== undefined) answer(index, now, 503, as, ERROR_PAGE)
      return
    }
    const vary = given.headers.get('vary')
    if (vary !== undefined && vary !== '*') {
      varies.set(
        asked.url,
        vary.split(',').map((name) => name.trim().toLowerCase()),
      )
    }
    const object = objectOf(asked)
    const { ttl, grace, keep, isUncacheable, isPassed } = result
    const life = { ttl: ttl * 1e9, grace: isUncacheable ? 0 : grace * 1e9 }
    if (isUncacheable || ttl + grace + keep > 0) {
      const kind = isPassed ? HIT_FOR_PASS : isUncacheable ? HIT_FOR_MISS : ANSWER
      store(node, settings, object, 1, kind, life, now * NS, random)
      kept.set(object, {
        status: given.status,
        body: told,
        etag,
        at: now,
        age,
        url: asked.url,
        noted: result.noted,
        hits: 0,
      })
    }
    if (index !== undefined) answer(index, now, given.status, isUncacheable ? 'pass' : 'miss', told, age)
  }

  function endLead([object, leader]: readonly [number, number], now: number): void {
    const row = fetchOf(node, object)
    if (row >= 0 && node.fetches.values[fetchColumns(row) + LEADER] === leader) endFetch(node, row)
    const line = waiting.get(object) ?? []
    waiting.delete(object)
    lastNow = now
    for (const again of line) again()
  }

  for (const [index, { at }] of requests.entries()) plan(at, () => come(index))
  for (let next = agenda.shift(); next; next = agenda.shift()) next.run()
  return { answers, fetches }
}
