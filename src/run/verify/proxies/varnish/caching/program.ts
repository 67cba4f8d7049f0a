/** What a VCL says about what is kept: the statements that are known, and Varnish's built-in ones after them. */

import { Unfit } from '../../../unfit.ts'
import type { Statement } from '../vcl.ts'

/** Lower-case names. */
export type Headers = ReadonlyMap<string, string>

/** An answer of the origin, and what becomes of it. Times in s. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly isBackground: boolean
  ttl: number
  grace: number
  keep: number
  isUncacheable: boolean
  /** Hit-for-pass instead of hit-for-miss. */
  isPassed: boolean
  /** Headers that hold the request's URL. */
  readonly noted: string[]
}

export interface Received {
  readonly isPassed: boolean
  readonly ignoresBusy: boolean
  /** Seconds beyond the ttl that the client takes. */
  readonly grace: number
  /** What is to be done with objects in place of serving one; undefined: nothing. */
  readonly order: Order | undefined
}

/** `purge`: of the request's object; `soft`: the same, with a grace in s; `ban`: of all that match. */
export type Order =
  | { readonly kind: 'purge' }
  | { readonly kind: 'soft'; readonly grace: number }
  | { readonly kind: 'ban'; readonly header: string | undefined; readonly pattern: RegExp }

/** Varnish's parameter default_ttl, s. */
export const DEFAULT_TTL = 120
const DEFAULT_GRACE = 10
const ALWAYS = [200, 203, 204, 300, 301, 304, 404, 410, 414]
const WHEN_SAID = [302, 307]

/** What vcl_recv makes of a request. @throws Unfit */
export function receive(vcl: readonly Statement[], method: string, headers: Headers): Received {
  let isPassed =
    (method !== 'GET' && method !== 'HEAD') || headers.has('cookie') || headers.has('authorization')
  let ignoresBusy = false
  let grace = Infinity
  let order: Order | undefined
  for (const { tokens, block } of sub(vcl, 'vcl_recv')) {
    const text = wordsOf(tokens)
    const asked = /^if \( req\.http\.([\w-]+) \)$/.exec(text)
    const called = /^if \( req\.method == "(\w+)" \)$/.exec(text)
    if (called && block) {
      if (called[1] === method) order = orderIn(vcl, block, method, headers)
    } else if (text === 'return ( pass )') isPassed = true
    else if (text === 'set req.hash_ignore_busy = true') ignoresBusy = true
    else if (asked && block?.length === 1) {
      const given = headers.get(asked[1]!.toLowerCase())
      const set = /^set req\.grace = std\.duration \( req\.http\.([\w-]+) , [\w.]+ \)$/.exec(
        wordsOf(block[0]!.tokens),
      )
      if (set?.[1] !== asked[1]) throw new Unfit(`nothing is known of "${wordsOf(block[0]!.tokens)}"`)
      if (given !== undefined) grace = seconds(given)
    } else throw new Unfit(`nothing is known of "${text}" in vcl_recv`)
  }
  return { isPassed, ignoresBusy, grace, order }
}

function orderIn(
  vcl: readonly Statement[],
  block: readonly Statement[],
  method: string,
  headers: Headers,
): Order {
  const text = block.map(({ tokens }) => wordsOf(tokens)).join(' ; ')
  if (text === 'return ( purge )') return { kind: 'purge' }
  if (text === 'return ( hash )') return softly(vcl, method)
  const ban =
    /^ban \( "(req\.url|obj\.http\.([\w-]+)) ~ " \+ req\.http\.([\w-]+) \) ; return \( synth \( 200 , "\w+" \) \)$/
  const found = ban.exec(text)
  if (!found) throw new Unfit(`nothing is known of "${text}" in vcl_recv`)
  const pattern = headers.get(found[3]!.toLowerCase()) ?? ''
  if (!/^\^?[\w/.-]{1,100}\$?$/.test(pattern)) throw new Unfit(`nothing is known of the pattern "${pattern}"`)
  return { kind: 'ban', header: found[2]?.toLowerCase(), pattern: new RegExp(pattern) }
}

/** A hit and a miss are purged softly, and answered by a page. */
function softly(vcl: readonly Statement[], method: string): Order {
  const graces = ['vcl_hit', 'vcl_miss'].map((name) => {
    const [rule, more] = sub(vcl, name)
    const text = rule && [rule, ...(rule.block ?? [])].map(({ tokens }) => wordsOf(tokens)).join(' ; ')
    const found =
      /^if \( req\.method == "(\w+)" \) ; purge\.soft \( 0s , (\w+) \) ; return \( synth \( 200 , "\w+" \) \)$/.exec(
        text ?? '',
      )
    if (more !== undefined || found?.[1] !== method)
      throw new Unfit(`nothing is known of "${text}" in ${name}`)
    return seconds(found[2]!)
  })
  if (graces[0] !== graces[1]) throw new Unfit('a hit and a miss are purged in other ways')
  return { kind: 'soft', grace: graces[0]! }
}

/** What vcl_backend_response makes of an answer. @returns false when it is abandoned; @throws Unfit */
export function respond(vcl: readonly Statement[], answer: Answer): boolean {
  const end = run(sub(vcl, 'vcl_backend_response'), answer)
  if (end === 'abandon') return false
  if (end === 'goes on') builtIn(answer)
  return true
}

type End = 'goes on' | 'deliver' | 'abandon'

function run(statements: readonly Statement[], answer: Answer): End {
  for (const { tokens, block } of statements) {
    const text = wordsOf(tokens)
    const set = /^set beresp\.(ttl|grace|keep) = ([\w.]+)$/.exec(text)
    const pass = /^return \( pass \( ([\w.]+) \) \)$/.exec(text)
    if (set) answer[set[1] as 'ttl' | 'grace' | 'keep'] = seconds(set[2]!)
    else if (/^set beresp\.http\.[\w-]+ = bereq\.url$/.test(text))
      answer.noted.push(text.slice(16, text.indexOf(' =')).toLowerCase())
    else if (text === 'set beresp.uncacheable = true') answer.isUncacheable = true
    else if (text === 'return ( deliver )') return 'deliver'
    else if (text === 'return ( abandon )') return 'abandon'
    else if (pass) {
      Object.assign(answer, { ttl: seconds(pass[1]!), isUncacheable: true, isPassed: true })
      return 'deliver'
    } else if (block) {
      if (!isTrue(text, answer)) continue
      const end = run(block, answer)
      if (end !== 'goes on') return end
    } else throw new Unfit(`nothing is known of "${text}" in vcl_backend_response`)
  }
  return 'goes on'
}

function isTrue(text: string, { status, headers, isBackground }: Answer): boolean {
  const matched = /^if \( beresp\.http\.([\w-]+) ~ "([\w-]+)" \)$/.exec(text)
  if (matched) return (headers.get(matched[1]!.toLowerCase()) ?? '').includes(matched[2]!)
  const failed = /^if \( beresp\.status >= (\d+) && bereq\.is_bgfetch \)$/.exec(text)
  if (failed) return status >= Number(failed[1]) && isBackground
  throw new Unfit(`nothing is known of "${text}"`)
}

function builtIn(answer: Answer): void {
  const { headers } = answer
  const isPrivate = /no-cache|no-store|private/i.test(headers.get('cache-control') ?? '')
  if (answer.isUncacheable) return
  if (answer.ttl <= 0 || headers.has('set-cookie') || isPrivate || headers.get('vary') === '*') {
    answer.ttl = 120
    answer.isUncacheable = true
  }
}

/** An answer before any VCL has seen it (cache_rfc2616.c). */
export function arrived(status: number, headers: Headers, isBackground: boolean, defaultTtl: number): Answer {
  const control = headers.get('cache-control') ?? ''
  const said = (name: string) => {
    const found = new RegExp(`${name}=(\\d+)`).exec(control)
    return found ? Number(found[1]) : undefined
  }
  const age = Number(headers.get('age') ?? 0)
  const lifetime = said('s-maxage') ?? said('max-age')
  const expires = headers.get('expires')
  // The first instant of 1970 is 0, which stands for "not there"; other dates would need the clock.
  if (expires !== undefined && !/01 Jan 1970 00:00:00/.test(expires))
    throw new Unfit('nothing is known of Expires')
  let ttl = -1
  if (ALWAYS.includes(status)) ttl = (lifetime ?? defaultTtl) - age
  else if (WHEN_SAID.includes(status) && lifetime !== undefined) ttl = lifetime - age
  const grace = said('stale-while-revalidate') ?? DEFAULT_GRACE
  return {
    status,
    headers,
    isBackground,
    ttl,
    grace,
    keep: 0,
    isUncacheable: false,
    isPassed: false,
    noted: [],
  }
}

function sub(vcl: readonly Statement[], name: string): readonly Statement[] {
  return vcl.find(({ tokens }) => wordsOf(tokens) === `sub ${name}`)?.block ?? []
}

function wordsOf(tokens: Statement['tokens']): string {
  return tokens.map(({ kind, text }) => (kind === 'text' ? `"${text}"` : text)).join(' ')
}

function seconds(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  if (!parts) throw new Unfit(`"${text}" is not a duration`)
  return Number(parts[1]) * { ms: 0.001, s: 1, m: 60, h: 3600 }[parts[2] as 'ms' | 's' | 'm' | 'h']
}
