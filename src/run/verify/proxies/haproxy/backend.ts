/** A `listen` or `backend` section of HAProxy, with what it takes over from `defaults`. */

import { Unfit } from '../../unfit.ts'
import { type Method, methodOf } from './method.ts'
import type { Line, Section } from './sections.ts'
import { readOptions, type ServerLine, type ServerOptions, serverOf } from './server-line.ts'
import { type CookieRule, cookieRuleOf, type StickRule, stickRuleOf } from './stickiness.ts'
import { milliseconds } from './times.ts'

export interface Backend {
  readonly name: string
  readonly method: Method
  readonly servers: readonly ServerLine[]
  readonly allBackups: boolean
  readonly retries: number
  /** Undefined: no redispatch; N: at every Nth retry; -1: at the last one. */
  readonly redispatch: number | undefined
  /** What is tried again: conn-failure, empty-response, or a status. */
  readonly retryOn: ReadonlySet<string>
  /** ms */
  readonly connectTimeout: number
  /** ms without an answer until HAProxy gives up; 0: never. */
  readonly serverTimeout: number
  /** ms; a request waits no longer for a free server. */
  readonly queueTimeout: number
  readonly cookie: CookieRule | undefined
  readonly stick: StickRule | undefined
  /** Health checks are requests, not just connections. */
  readonly checksHttp: boolean
}

/** Which server is picked does not depend on these. */
const HARMLESS = new Set([
  ...['mode', 'bind', 'log', 'description', 'id', 'unique-id-format', 'errorfile', 'errorloc', 'backlog'],
  ...['log-format', 'log-tag', 'capture', 'compression', 'fullconn', 'email-alert', 'stats', 'http-response'],
])
const HARMLESS_OPTIONS = new Set([
  ...['http-server-close', 'httpclose', 'http-keep-alive', 'httplog', 'tcplog', 'dontlognull', 'forwardfor'],
  ...['dontlog-normal', 'log-health-checks', 'contstats', 'httpchk', 'tcp-smart-accept', 'tcp-smart-connect'],
  ...['http-no-delay', 'originalto', 'clitcpka', 'srvtcpka', 'tcpka', 'log-separate-errors', 'splice-auto'],
])
const READ_OPTIONS = new Set(['redispatch', 'allbackups'])
const HARMLESS_GLOBALS = new Set([
  ...['nbthread', 'stats', 'log', 'maxconn', 'daemon', 'user', 'group', 'chroot', 'pidfile', 'description'],
  ...[
    'ulimit-n',
    'node',
    'quiet',
    'zero-warning',
    'cpu-map',
    'master-worker',
    'hard-stop-after',
    'uid',
    'gid',
  ],
])
const READ = new Set([
  ...['balance', 'hash-type', 'hash-balance-factor', 'server', 'default-server', 'option', 'no', 'retries'],
  ...['retry-on'],
  ...['timeout', 'cookie', 'stick-table', 'stick', 'maxconn'],
])

/** @throws Unfit when there is no such section, or something in it is not known */
export function backendOf(sections: readonly Section[], name: string): Backend {
  const at = sections.findIndex((section) => isBackend(section) && section.name === name)
  const section = sections[at]
  if (!section) throw new Unfit(`the configuration has no section "listen ${name}" or "backend ${name}"`)
  if (sections.some((other, i) => i > at && isBackend(other) && other.name === name)) {
    throw new Unfit(`two sections are called "${name}"`)
  }
  for (const { lines } of sections.filter(({ kind }) => kind === 'global')) {
    for (const { words } of lines) {
      if (!HARMLESS_GLOBALS.has(words[0]!)) throw new Unfit(`unknown setting "${words[0]}" in "global"`)
    }
  }
  const lines = [...(defaultsFor(sections, at)?.lines ?? []), ...section.lines]
  for (const line of lines) complain(line, name)
  const last = (word: string) => lines.findLast(({ words }) => words[0] === word)
  const timeout = (of: string) => lines.findLast(({ words: [a, b] }) => a === 'timeout' && b === of)?.words[2]
  const stickOn = lines.filter(({ words }) => words[0] === 'stick')
  if (stickOn.length > 1) throw new Unfit(`"${name}" has several "stick" rules`)
  const cookie = last('cookie')
  const redispatch = optionOf(lines, 'redispatch')
  const connectTimeout = milliseconds(timeout('connect') ?? '0')
  const retries = last('retries')?.words[1] ?? '3'
  if (!/^\d{1,6}$/.test(retries)) throw new Unfit(`"retries ${retries}" is not a whole number`)
  return {
    name,
    method: methodOf(
      last('balance')?.words.slice(1) ?? [],
      last('hash-type')?.words.slice(1) ?? [],
      last('hash-balance-factor')?.words[1],
    ),
    servers: serversOf(lines),
    allBackups: optionOf(lines, 'allbackups') !== undefined,
    retries: Number(retries),
    redispatch: redispatch && redispatchOf(redispatch),
    retryOn: retryOnOf(last('retry-on')),
    connectTimeout,
    serverTimeout: milliseconds(timeout('server') ?? '0'),
    queueTimeout: milliseconds(timeout('queue') ?? timeout('connect') ?? '0') || Infinity,
    cookie: cookie && cookieRuleOf(cookie),
    stick: stickOn[0] && stickRuleOf(last('stick-table'), stickOn[0]),
    checksHttp: optionOf(lines, 'httpchk') !== undefined,
  }
}

function isBackend({ kind }: Section): boolean {
  return kind === 'listen' || kind === 'backend'
}

/** The `defaults` that hold for a section: those it names (`from`), else the last ones before it. */
function defaultsFor(sections: readonly Section[], at: number): Section | undefined {
  const { words } = sections[at]!
  if (words.length === 0) return sections.slice(0, at).findLast(({ kind }) => kind === 'defaults')
  const [from, name] = words
  const named = sections.find((section) => section.kind === 'defaults' && section.name === name)
  if (from === 'from' && named) return named
  throw new Unfit(`unknown "${words.join(' ')}" behind a section's name`)
}

function complain({ words }: Line, name: string): void {
  const [word = '', next = '', third = ''] = words
  const option = word === 'no' ? third : next
  const isOption = word === 'option' || (word === 'no' && next === 'option')
  if (isOption && (HARMLESS_OPTIONS.has(option) || READ_OPTIONS.has(option))) return
  if (isOption) throw new Unfit(`unknown option "${option}" in "${name}"`)
  if (word === 'maxconn' && !(Number(next) >= 1000))
    throw new Unfit(`unknown setting "maxconn ${next}" in "${name}"`)
  if (!HARMLESS.has(word) && !READ.has(word)) throw new Unfit(`unknown setting "${word}" in "${name}"`)
}

function redispatchOf([every = '-1']: readonly string[]): number {
  if (/^(-1|[1-9]\d{0,5})$/.test(every)) return Number(every)
  throw new Unfit(`unknown "option redispatch ${every}"`)
}

function retryOnOf(line: Line | undefined): ReadonlySet<string> {
  const words = line?.words.slice(1) ?? ['conn-failure']
  const unknown = words.find((word) => !/^(none|conn-failure|empty-response|[45]\d\d)$/.test(word))
  if (unknown !== undefined) throw new Unfit(`unknown "retry-on ${unknown}"`)
  return new Set(words.filter((word) => word !== 'none'))
}

/** The words behind an option; undefined when it is not set, or was taken back. */
function optionOf(lines: readonly Line[], option: string): readonly string[] | undefined {
  const found = lines.findLast(({ words: [a, b, c] }) => {
    return (a === 'option' && b === option) || (a === 'no' && b === 'option' && c === option)
  })
  return found?.words[0] === 'option' ? found.words.slice(2) : undefined
}

function serversOf(lines: readonly Line[]): readonly ServerLine[] {
  let defaults: ServerOptions = new Map()
  const servers: ServerLine[] = []
  for (const { words } of lines) {
    if (words[0] === 'default-server') defaults = readOptions(words.slice(1), defaults)
    if (words[0] !== 'server') continue
    const [, name, address] = words
    if (name === undefined || address === undefined) throw new Unfit('a server has no name or no address')
    servers.push(serverOf(name, readOptions(words.slice(3), defaults)))
  }
  if (servers.length === 0) throw new Unfit('there is no server')
  return servers
}
