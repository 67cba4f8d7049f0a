/** Recordings of real proxies: their configuration text, read for what the hashing strategies need. */

import { readFileSync } from 'node:fs'
import type { Server } from './driver.ts'

export interface Recording {
  readonly config: string
  readonly input: readonly any[]
  readonly observed: readonly any[]
}

export function recording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/proxies/${name}.json`, import.meta.url), 'utf8'))
}

/** The keys of a case, which may say that they are those of another. */
export function keysOf(cases: readonly any[], index: number, field = 'keys'): string[] {
  const given = cases[index][field]
  if (Array.isArray(given)) return given
  const words = String(given)
  const numbered = /input\[(\d+)\]/.exec(words)
  if (numbered) return keysOf(cases, Number(numbered[1]), field)
  const ofCase = /first (.+) case|as in (.+)/.exec(words)!
  const kind = ofCase[1] ?? ofCase[2]
  return cases.find((other) => [other.balance, other.test].includes(kind) && Array.isArray(other[field]))[
    field
  ]
}

export interface Upstream {
  /** `ip_hash`, or `hash $key`, or `hash $key consistent`. */
  readonly method: string
  readonly servers: readonly Server[]
}

/** nginx: the upstream of that name. */
export function upstream(config: string, name: string): Upstream {
  const body = new RegExp(`upstream\\s+${name}\\s*\\{([^}]*)\\}`).exec(config)![1]!
  const lines = body.split(';').map((line) => line.trim().split(/\s+/))
  const servers = lines.flatMap(([word, server, ...rest]) => {
    if (word !== 'server') return []
    const weight = rest.find((option) => option.startsWith('weight='))?.slice(7)
    return [{ name: server!, weight: Number(weight ?? 1), isDown: rest.includes('down') }]
  })
  return { method: lines.find(([word]) => /hash$/.test(word!))!.join(' '), servers }
}

export interface Listen {
  /** Words after `balance`, `hash-type` and `hash-balance-factor`. */
  readonly balance: string
  readonly hashType: readonly string[]
  readonly factor: number
  readonly servers: readonly Server[]
}

/** HAProxy: the listener of that name. */
export function listen(config: string, name: string): Listen {
  const lines = config.split('\n').map((line) => line.trim().split(/\s+/))
  const start = lines.findIndex(([word, called]) => word === 'listen' && called === name)
  const end = lines.findIndex(([word], i) => i > start && (word === 'listen' || word === ''))
  const body = lines.slice(start + 1, end)
  const words = (word: string) => body.find((line) => line[0] === word)?.slice(1) ?? []
  return {
    balance: words('balance').join(' '),
    hashType: words('hash-type'),
    factor: Number(words('hash-balance-factor')[0] ?? 0),
    servers: body
      .filter(([word]) => word === 'server')
      .map((line) => ({ name: line[1]!, weight: Number(line[line.indexOf('weight') + 1] ?? 1) })),
  }
}

/** Varnish: the backends of the director that is made as `new name = directors.kind()`. */
export function director(config: string, kind: string): readonly Server[] {
  const name = new RegExp(`new\\s+(\\w+)\\s*=\\s*directors\\.${kind}\\(`).exec(config)![1]
  const added = new RegExp(`\\b${name}\\.add_backend\\((\\w+)(?:,\\s*([\\d.]+))?\\)`, 'g')
  return [...config.matchAll(added)].map(([, backend, weight]) => ({
    name: backend!,
    weight: Number(weight ?? 1),
  }))
}
