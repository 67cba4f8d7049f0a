/**
 * nginx in front of one upstream: picks a server, counts failures, and passes a request on to the next
 * server when it may.
 *
 * Source: nginx 1.22.1, ngx_http_upstream.c (ngx_http_upstream_next, ngx_http_upstream_test_next).
 */

import type { Asked } from '../../../../policies/balancing/strategy.ts'
import { fails, isLeftOut, noFailures, succeeds, tries } from '../../../../policies/health/nginx-failures.ts'
import { choose, replied, sent, without } from '../../../../policies/upstream/choose.ts'
import { letIn, takeOut } from '../../../../policies/upstream/membership.ts'
import { EJECTED, MAINTENANCE } from '../../../../policies/upstream/standing.ts'
import { firstTry, mayRepeat, type TryRules, triesAgain } from '../../../../policies/upstream/tries.ts'
import type { Upstream } from '../../../../policies/upstream/upstream.ts'
import { Unfit } from '../../unfit.ts'
import { type Agenda, plan } from '../agenda.ts'
import { open } from '../driven.ts'
import type { Surroundings } from './surroundings.ts'
import { milliseconds } from './times.ts'
import type { UpstreamBlock } from './upstream.ts'

/** How a server takes requests: ok, refuse (the connection), close (without an answer), hang, status:503. */
export type Mode = string

export interface NginxProxy {
  readonly block: UpstreamBlock
  readonly upstream: Upstream
  readonly agenda: Agenda
  /** By server. */
  readonly modes: Mode[]
  readonly retry: Retry
  readonly failures: ReturnType<typeof noFailures>
  /** Time 0 in ms after a whole second of nginx's clock. */
  readonly phase: number
}

interface Retry {
  readonly on: ReadonlySet<string>
  /** Times are ms. */
  readonly rules: TryRules
  /** ms without an answer until nginx gives up; undefined: longer than any recording. */
  readonly patience: number
}

/** What became of a request. */
export interface Answer {
  readonly status: number
  /** Servers that were tried, by number; -1 where no server could be tried. */
  readonly tried: readonly number[]
  readonly statuses: readonly number[]
  /** ms */
  readonly took: number
}

const CONDITIONS = new Set([
  ...['error', 'timeout', 'invalid_header', 'http_500', 'http_502', 'http_503', 'http_504', 'http_403'],
  ...['http_404', 'http_429', 'non_idempotent', 'off'],
])

const NOT_IDEMPOTENT = new Set(['POST', 'LOCK', 'PATCH'])

/** @throws Unfit when the settings for retries are not known */
export function proxy(
  block: UpstreamBlock,
  around: Surroundings,
  agenda: Agenda,
  phase = 0,
  seed?: string,
): NginxProxy {
  const members = block.servers.map(({ address, weight, maxConns, isBackup }) => {
    return { name: address, weight, priority: isBackup ? 1 : 0, maxConnections: maxConns }
  })
  const upstream = open({ choice: block.choice, members, levels: 'strict', waits: false }, seed)
  block.servers.forEach(({ isDown }, server) => {
    if (isDown) takeOut(upstream, server, MAINTENANCE)
  })
  const modes = block.servers.map(() => 'ok')
  return {
    block,
    upstream,
    agenda,
    modes,
    retry: retryOf(around),
    failures: noFailures(members.length),
    phase,
  }
}

function retryOf(around: Surroundings): Retry {
  const on = new Set(around.words('proxy_next_upstream') ?? ['error', 'timeout'])
  for (const word of on) if (!CONDITIONS.has(word)) throw new Unfit(`unknown proxy_next_upstream "${word}"`)
  const time = (name: string, other: string) => milliseconds(around.words(name)?.[0] ?? other)
  const count = around.words('proxy_next_upstream_tries')?.[0] ?? '0'
  if (!/^\d{1,9}$/.test(count)) throw new Unfit(`proxy_next_upstream_tries "${count}" is not a whole number`)
  return {
    on: on.has('off') ? new Set() : on,
    rules: {
      rule: 'nginx',
      tries: Number(count),
      overall: time('proxy_next_upstream_timeout', '0') || Infinity,
      nonIdempotent: on.has('non_idempotent'),
      redispatch: 0,
    },
    patience: time('proxy_read_timeout', '60s'),
  }
}

/** A request at the agenda's present. */
export function request(p: NginxProxy, asked: Asked, method: string, done: (answer: Answer) => void): void {
  const { block, upstream: u, agenda, retry } = p
  const { rules } = retry
  const began = agenda.now
  const usable = block.servers.filter(({ isDown }) => !isDown).length
  const tries = firstTry(rules, usable, began)
  const isIdempotent = !NOT_IDEMPOTENT.has(method)
  const statuses: number[] = []
  const finish = (status: number) => done({ status, tried: tries.tried, statuses, took: agenda.now - began })

  const next = (server: number, status: number, condition: string, isSent: boolean) => {
    const isFailure = condition !== 'http_403' && condition !== 'http_404'
    const failure = { isListed: retry.on.has(condition), isSent, isIdempotent }
    statuses.push(status)
    ended(p, server, isFailure)
    if (!isSingle(p) && triesAgain(rules, tries, failure, agenda.now)) attempt()
    else finish(status)
  }

  const attempt = () => {
    const server = pickOne(p, asked, tries.tried)
    tries.tried.push(server < 0 ? -1 : server)
    if (server < 0) {
      statuses.push(502)
      finish(502)
      return
    }
    sent(u, server)
    const mode = p.modes[server]!
    if (mode === 'refuse') next(server, 502, 'error', false)
    else if (mode === 'close') next(server, 502, 'error', true)
    else if (mode === 'hang') {
      plan(agenda, agenda.now + retry.patience, () => next(server, 504, 'timeout', true))
    } else {
      const status = statusOf(mode)
      const condition = `http_${status}`
      const failure = { isListed: retry.on.has(condition), isSent: true, isIdempotent }
      const isEarly = agenda.now - began < rules.overall
      if (tries.left > 1 && isEarly && mayRepeat(rules, failure)) {
        next(server, status, condition, true)
        return
      }
      statuses.push(status)
      ended(p, server, false)
      finish(status)
    }
  }
  attempt()
}

/** Opens a request that is held. @returns the server, or below 0 when none could be picked */
export function hold(p: NginxProxy, asked: Asked): number {
  const server = pickOne(p, asked, [])
  if (server >= 0) sent(p.upstream, server)
  return server
}

/** A request at a server is over. */
export function ended(p: NginxProxy, server: number, isFailure: boolean): void {
  const { upstream: u, failures, block } = p
  const now = nanoseconds(p)
  replied(u, server, 0, isFailure, now)
  if (isSingle(p)) return
  if (!isFailure) {
    succeeds(failures, server)
    return
  }
  const limits = block.servers[server]!
  const taken = fails(failures, server, limits, limits.weight, clock(p))
  if (taken > 0) penalise(u, server, taken)
}

function penalise({ fixed, groups }: Upstream, server: number, weight: number): void {
  const { pool, memory } = groups[fixed.groupOf[server]!]!
  fixed.strategy.penalised?.(pool, memory, fixed.placeOf[server]!, weight)
}

function pickOne(p: NginxProxy, asked: Asked, tried: readonly number[]): number {
  const { upstream: u, failures, block } = p
  const now = nanoseconds(p)
  if (!isSingle(p)) {
    block.servers.forEach((limits, server) => {
      if (isLeftOut(failures, server, limits, clock(p))) takeOut(u, server, EJECTED)
      else letIn(u, server, EJECTED, now)
    })
  }
  const server = without(u, tried, now, () => choose(u, asked, now))
  if (server >= 0) tries(failures, server, block.servers[server]!, clock(p))
  return server
}

/** The only server is always tried. */
function isSingle({ block: { servers } }: NginxProxy): boolean {
  return servers.length === 1
}

/** Time 0 is long after nginx's clock began, at which it takes all servers to have been checked. */
const EPOCH = 1e9

/** nginx's clock, in whole seconds. */
function clock({ agenda, phase }: NginxProxy): number {
  return EPOCH + Math.floor((agenda.now + phase) / 1000)
}

function nanoseconds({ agenda }: NginxProxy): number {
  return Math.round(agenda.now * 1e6)
}

function statusOf(mode: Mode): number {
  if (mode === 'ok') return 200
  const status = /^status:(\d{3})$/.exec(mode)?.[1]
  if (status === undefined) throw new Unfit(`unknown mode "${mode}" of a server`)
  return Number(status)
}
