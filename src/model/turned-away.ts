/**
 * Requests that are turned away behind a handshake. The node that ends TLS has worked the handshake off before it
 * can read the request and judge it; so the request takes a slot for that work alone, and is turned away after it.
 * Where there is no room for it, it is rejected like any other.
 *
 * Source: nginx 1.29: ngx_http_ssl_handshake comes before the phases of a request, in which limits judge.
 */

import type { Cluster, FixedTier } from './cluster.ts'
import { PHASE_HANDSHAKE, PHASE_SERVICE } from './facts.ts'
import type { Handshakes } from './handshakes.ts'
import { DEMAND, REQUEST } from './tables.ts'

/** A call is turned away. @returns true when its handshake has to be worked off first; it is its only work then */
export function mustShakeFirst(c: Cluster, call: number, node: number, outcome: number): boolean {
  const tier = c.fixed.tierOf[node]!
  const state = handshakesOf(c, tier)
  if (state === undefined) return false
  const request = c.calls.int[(call << 3) | REQUEST]!
  const work = state.owed[request] ?? 0
  if (!(work > 0) || state.turned[request]! > 0) return false
  const { num, stride } = c.requests
  const at = request * stride + DEMAND + tier.index
  state.owed[request] = num[at]! - work
  state.turned[request] = 1 + outcome
  state.turning++
  num[at] = work
  return true
}

/** A call's service is done. @returns true when that was only its handshake, and it has been turned away */
export function hasOnlyShaken(
  c: Cluster,
  call: number,
  node: number,
  phase: number,
  reply: (c: Cluster, call: number, node: number, outcome: number, phase: number) => void,
): boolean {
  if (phase !== PHASE_SERVICE) return false
  const state = handshakesOf(c, c.fixed.tierOf[node]!)
  if (state === undefined || state.turning === 0) return false
  const turned = state.turned[c.calls.int[(call << 3) | REQUEST]!] ?? 0
  if (turned > 0) reply(c, call, node, turned - 1, PHASE_HANDSHAKE)
  return turned > 0
}

/** A call leaves its node: who was turned away has its own work again, for further tries. */
export function endShaking(c: Cluster, call: number, node: number): void {
  const tier = c.fixed.tierOf[node]!
  const state = handshakesOf(c, tier)
  if (state === undefined) return
  const request = c.calls.int[(call << 3) | REQUEST]!
  if (!(request < state.owed.length)) return
  if (state.turned[request]! > 0) {
    const { num, stride } = c.requests
    const at = request * stride + DEMAND + tier.index
    const tiers = c.fixed.tiers.length
    if (stride > DEMAND + tiers) num[at + tiers]! -= num[at]!
    num[at] = state.owed[request]!
    state.turned[request] = 0
    state.turning--
  }
  state.owed[request] = 0
}

/** Undefined where nobody ends TLS, or nobody is turned away before a service. */
function handshakesOf(c: Cluster, { hasGate, index, transport, kept }: FixedTier): Handshakes | undefined {
  if (!hasGate || (transport?.tls ?? kept?.tls) === undefined) return undefined
  const state = c.tiers[index]!
  return state.transport?.handshakes ?? state.kept?.handshakes
}
