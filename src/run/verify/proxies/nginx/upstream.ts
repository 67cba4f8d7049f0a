/** An `upstream` block of nginx: its servers, and which of our strategies is its method. */

import { Unfit } from '../../unfit.ts'
import type { Choice } from '../driven.ts'
import type { Directive } from './directives.ts'
import { seconds } from './times.ts'

export interface UpstreamServer {
  /** Address as written; nginx hashes it. */
  readonly address: string
  readonly weight: number
  /** 0: no limit. */
  readonly maxConns: number
  /** 0: failures are not counted. */
  readonly maxFails: number
  /** Whole seconds. */
  readonly failTimeout: number
  readonly isBackup: boolean
  readonly isDown: boolean
}

export interface UpstreamBlock {
  readonly name: string
  readonly choice: Choice
  /** What of a request is hashed: "" when nothing is, or an expression like `$request_uri`. */
  readonly hashed: string
  readonly isShared: boolean
  readonly servers: readonly UpstreamServer[]
}

/** Which server is picked does not depend on these. */
const HARMLESS = new Set(['keepalive', 'keepalive_requests', 'keepalive_time', 'keepalive_timeout', 'zone'])

/** A consistent hash has 160 points a unit of weight. */
const HEAVIEST = 10_000

const METHODS = new Set(['least_conn', 'ip_hash', 'hash', 'random'])

/** @throws Unfit when there is none of that name, or something in it is not known */
export function upstreamOf(tree: readonly Directive[], name: string): UpstreamBlock {
  const http = tree.find((directive) => directive.name === 'http')?.block ?? tree
  const found = http.filter((directive) => directive.name === 'upstream' && directive.words[0] === name)
  const block = found[0]?.block
  if (!block) throw new Unfit(`the configuration has no upstream "${name}"`)
  if (found.length > 1) throw new Unfit(`two upstreams are called "${name}"`)
  const servers = block.filter((directive) => directive.name === 'server').map(serverOf)
  const methods = block.filter((directive) => METHODS.has(directive.name))
  for (const { name: word } of block) {
    if (word === 'server' || METHODS.has(word) || HARMLESS.has(word)) continue
    throw new Unfit(`unknown directive "${word}" in upstream "${name}"`)
  }
  if (servers.length === 0) throw new Unfit(`upstream "${name}" has no server`)
  if (methods.length > 1) throw new Unfit(`upstream "${name}" has two methods`)
  const method = methodOf(methods[0])
  if (!/round-robin|least/.test(method.choice.strategy) && servers.some(({ isBackup }) => isBackup)) {
    throw new Unfit(`nginx allows no backup with the method of upstream "${name}"`)
  }
  return { name, ...method, isShared: block.some((directive) => directive.name === 'zone'), servers }
}

function serverOf({ words: [address, ...options] }: Directive): UpstreamServer {
  if (address === undefined) throw new Unfit('a server has no address')
  const given = new Map<string, string>()
  for (const option of options) {
    const [key, value = ''] = option.split(/=(.*)/s)
    if (!SERVER_OPTIONS.has(key!)) throw new Unfit(`unknown option "${key}" of server ${address}`)
    given.set(key!, value)
  }
  const count = (key: string, other: number) => {
    const text = given.get(key)
    if (text === undefined) return other
    if (/^\d{1,9}$/.test(text)) return Number(text)
    throw new Unfit(`"${key}=${text}" is not a whole number`)
  }
  const weight = count('weight', 1)
  if (weight > HEAVIEST) throw new Unfit(`server ${address} has a weight above ${HEAVIEST}`)
  if (weight === 0) throw new Unfit(`server ${address} has weight 0`)
  return {
    address,
    weight,
    maxConns: count('max_conns', 0),
    maxFails: count('max_fails', 1),
    failTimeout: seconds(given.get('fail_timeout') ?? '10s'),
    isBackup: given.has('backup'),
    isDown: given.has('down'),
  }
}

const SERVER_OPTIONS = new Set(['weight', 'max_conns', 'max_fails', 'fail_timeout', 'backup', 'down'])

function methodOf(directive: Directive | undefined): Pick<UpstreamBlock, 'choice' | 'hashed'> {
  const { name = '', words = [] } = directive ?? {}
  const strategy = (choice: string, params: Choice['params'] = {}, hashed = '') => {
    return { choice: { strategy: choice, params }, hashed }
  }
  const [first, second] = words
  switch (name) {
    case '':
      return strategy('round-robin')
    case 'least_conn':
      if (words.length === 0) return strategy('least-connections')
      break
    case 'ip_hash':
      if (words.length === 0) return strategy('ip-hash', {}, '$remote_addr')
      break
    case 'hash':
      if (words.length === 1) return strategy('hash', { on: 'key', rule: 'nginx' }, first)
      if (words.length === 2 && second === 'consistent') return strategy('ketama', { on: 'key' }, first)
      break
    case 'random':
      if (words.length === 0) return strategy('random', { rule: 'nginx' })
      if (first === 'two' && (second === undefined || (second === 'least_conn' && words.length === 2))) {
        return strategy('two-choices', { rule: 'nginx' })
      }
  }
  throw new Unfit(`unknown method "${[name, ...words].join(' ')}"`)
}
