/** The origin of a recording: what the query string says, and what words or changes of mode say beside it. */

import { Unfit } from '../../../unfit.ts'
import type { Headers } from './program.ts'

export interface Given {
  /** Undefined: it refuses the connection. */
  readonly status: number | undefined
  readonly headers: Headers
  /** ms */
  readonly delay: number
}

const HEADERS: readonly (readonly [key: string, name: string])[] = [
  ['cc', 'cache-control'],
  ['ck', 'set-cookie'],
  ['vary', 'vary'],
  ['age', 'age'],
  ['etag', 'etag'],
  ['exp', 'expires'],
]

/** @param at ms. @throws Unfit when there is a word that is not known */
export function originAt(url: string, at: number, note: string, changes: readonly unknown[]): Given {
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')
  const known = [...HEADERS.map(([key]) => key), 'st', 'd', 'sz', 'n', 'x']
  for (const key of query.keys())
    if (!known.includes(key)) throw new Unfit(`nothing is known of "${key}" in a URL`)
  const headers = new Map<string, string>()
  for (const [key, name] of HEADERS) {
    const value = query.get(key)
    if (value !== null) headers.set(name, value)
  }
  let status: number | undefined = Number(query.get('st') ?? 200)
  let delay = Math.round(Number(query.get('d') ?? 0) * 1000)
  const slow = /^every answer takes ([\d.]+) s$/.exec(note)
  const failing = /^status (\d{3}) from t=([\d.]+) to t=([\d.]+)$/.exec(note)
  const later = /^from t=([\d.]+) on Cache-Control is (\S+)$/.exec(note)
  if (slow) delay = Math.round(Number(slow[1]) * 1000)
  else if (failing) {
    if (at >= Number(failing[2]) * 1000 && at < Number(failing[3]) * 1000) status = Number(failing[1])
  } else if (later) {
    if (at >= Number(later[1]) * 1000) headers.set('cache-control', later[2]!)
  } else if (note !== '') throw new Unfit(`nothing is known of the origin "${note}"`)
  for (const change of changes) {
    if (!Array.isArray(change)) throw new Unfit('a change of the origin must be a list')
    const [from, mode] = change as readonly unknown[]
    if (typeof from !== 'number' || (mode !== 'refuse' && mode !== 'ok')) {
      throw new Unfit(`nothing is known of the mode "${String(mode)}"`)
    }
    if (at >= from * 1000) status = mode === 'refuse' ? undefined : Number(query.get('st') ?? 200)
  }
  return { status, headers, delay }
}
