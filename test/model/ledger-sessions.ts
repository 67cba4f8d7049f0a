/** The ledger's page on sessions: none begins twice, moves on the spot, or loses what it never had. */

import { LOSSES } from '../../src/model/facts.ts'
import type { Scenario } from '../../src/scenario/scenario.ts'
import type { Call, Node } from './ledger-nodes.ts'

export interface SessionBooks {
  /** Ids of replicas that have ever crashed. */
  readonly crashed: Set<string>
  began(object: number, call: Call, session: number): void
  moved(object: number, call: Call, before: number): void
  lost(object: number, call: Call, before: number, loss: number): void
}

export function sessionBooks({ tiers }: Scenario, nodes: readonly Node[]): SessionBooks {
  const known = new Set<string>()
  const crashed = new Set<string>()
  return {
    crashed,
    began(object, { request }, session) {
      const node = nodes[object]!
      must(!known.has(`${node.tier} ${session}`), 'it has begun before')
      known.add(`${node.tier} ${session}`)
      node.sessions.begun.push(request)
    },
    moved(object, { request }, before) {
      const node = nodes[object]!
      must(before !== object && nodes[before]!.tier === node.tier, 'it was here before, or in another tier')
      node.sessions.moved.push(request)
    },
    lost(object, { request }, before, loss) {
      const node = nodes[object]!
      const { sessions } = tiers[node.tier]!
      must(sessions?.state === 'replica', 'there was nothing to lose')
      must(sessions.onLoss === LOSSES[loss], 'something else comes of it')
      const hasCrashed = before === object && crashed.has(node.id)
      must(node.sessions.moved.at(-1) === request || hasCrashed, 'it is where it was')
      node.sessions.broken.push(request)
    },
  }
}

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`impossible: ${what}`)
}
