/** What one session has been through, from the facts of its requests: its stays at replicas, and sums. */

import type { FactColumns } from '../../../worker/protocol.ts'
import { AT_HOME, FROM_CACHE, HANDSHAKES, NOT_IN_CACHE, type VisitorRow } from './visitor-rows.ts'

export interface Stay {
  readonly node: number
  /** Its first request there, ns. */
  readonly from: number
  readonly requests: number
  /** It came from another replica. */
  readonly isMoved: boolean
  /** What came of it that its state was gone: see model/facts `LOSSES`; -1: it was not. */
  readonly loss: number
}

/** In order of time. @param first and last node of the tier that it sticks to */
export function staysOf(facts: FactColumns, first: number, last: number): readonly Stay[] {
  const stays: Stay[] = []
  for (let i = 0; i < facts.count; i++) {
    const node = facts.object[i]!
    const kind = facts.kind[i]!
    const now = stays.at(-1)
    if (kind === 'sent' && node >= first && node <= last) {
      if (now?.node === node) stays[stays.length - 1] = { ...now, requests: now.requests + 1 }
      else stays.push({ node, from: facts.at[i]!, requests: 1, isMoved: now !== undefined, loss: -1 })
    } else if (kind === 'session-lost' && now?.node === node) {
      const stay = { ...now, loss: facts.detail[i]! }
      // Lost where it is: what it had there before is a stay of its own.
      if (now.requests === 1) stays[stays.length - 1] = stay
      else {
        stays[stays.length - 1] = { ...now, requests: now.requests - 1 }
        stays.push({ ...stay, from: facts.at[i]!, requests: 1, isMoved: false })
      }
    }
  }
  return stays
}

export interface SessionSums {
  readonly ended: number
  readonly succeeded: number
  readonly moved: number
  readonly lost: number
  readonly fullHandshakes: number
  readonly resumedHandshakes: number
  readonly lookUps: number
  readonly fromCaches: number
  readonly atHome: number
}

/** Over the requests of the stretch that is looked at. */
export function sumsOf(rows: readonly VisitorRow[], stays: readonly Stay[]): SessionSums {
  const noted = (...notes: readonly (string | undefined)[]) =>
    rows.reduce((sum, row) => sum + row.notes.filter((note) => notes.includes(note)).length, 0)
  return {
    ended: rows.filter(({ outcome }) => outcome >= 0).length,
    succeeded: rows.filter(({ outcome }) => outcome === 0).length,
    moved: stays.filter(({ isMoved }) => isMoved).length,
    lost: stays.filter(({ loss }) => loss >= 0).length,
    fullHandshakes: noted(HANDSHAKES[1]),
    resumedHandshakes: noted(HANDSHAKES[2]),
    lookUps: noted(FROM_CACHE, NOT_IN_CACHE),
    fromCaches: noted(FROM_CACHE),
    atHome: noted(AT_HOME),
  }
}
