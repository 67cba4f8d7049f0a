/** Cookies as HAProxy reads and writes them. Source: HAProxy 2.6.12, http_ana.c. */

import { isNews } from '../../../../policies/upstream/affinity.ts'
import { Unfit } from '../../unfit.ts'
import type { Backend } from './backend.ts'

/** A client whose server is lost goes elsewhere, and stays there. */
const STAYS = { onFailure: 'rebalance', afterRecovery: 'stay' } as const

/** The server that a Cookie header names, -1 when it names none: the first cookie of the name counts. */
export function serverIn(header: string, { cookie, servers }: Backend): number {
  if (!cookie) return -1
  for (const pair of header.split(/[;,]/)) {
    const [name, value = ''] = pair.split(/=(.*)/s).map((part) => part.trim())
    if (name !== cookie.name) continue
    return value === '' ? -1 : servers.findIndex((server) => server.cookie === value)
  }
  return -1
}

/**
 * The Set-Cookie that reaches the client; undefined: none.
 * @param stuckTo the server that its request named, or -1
 * @param server the server that answered, or -1
 * @param origins the server's own Set-Cookie
 */
export function setCookie(
  { cookie, servers }: Backend,
  stuckTo: number,
  server: number,
  origins: string | undefined,
): string | undefined {
  if (server < 0) return undefined
  if (!cookie) return origins
  const own = origins?.split(/[=;]/)[0]?.trim() === cookie.name
  const { cookie: value } = servers[server]!
  if (value === undefined) throw new Unfit(`server "${servers[server]!.name}" has no cookie`)
  if (cookie.mode === 'rewrite') {
    return own && !cookie.preserves ? origins!.replace(/=[^;]*/, () => `=${value}`) : origins
  }
  if (own && cookie.preserves) return origins
  if (isNews(STAYS, stuckTo, server)) return `${cookie.name}=${value}; path=/${cookie.attributes}`
  return own ? undefined : origins
}

/** The Cookie header of a client that was given this Set-Cookie. */
export function cookieFrom(set: string): string {
  return set.split(';')[0]!.trim()
}
