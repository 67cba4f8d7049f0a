/**
 * The figures of a report, counted anew from the ledger by the plainest means: lists of latencies, areas
 * under step functions. For holding against what the recorder folded.
 */

import * as fact from '../../src/model/facts.ts'
import type { Ledger } from '../model/ledger.ts'
import type { Node } from '../model/ledger-nodes.ts'

/** Areas in count x ns over the window. */
interface Areas {
  waiting: number
  used: number
  slots: number
  present: number
  up: number
}

export interface Recount {
  readonly nodes: readonly Areas[]
  /** Requests under way, x ns. */
  inSystem: number
  /** Adds what is still open up to the end of the window. */
  close(): void
}

/** Integrates the ledger's counts from `from` to `to` while it is being written. */
export function recount(books: Ledger, from: number, to: number): Recount {
  const nodes = books.nodes.map((): Areas => ({ waiting: 0, used: 0, slots: 0, present: 0, up: 0 }))
  let last = 0

  function until(at: number): void {
    const passed = Math.min(at, to) - Math.max(last, from)
    last = at
    if (passed <= 0) return
    counting.inSystem += books.open * passed
    for (const [i, node] of books.nodes.entries()) {
      const areas = nodes[i]!
      areas.waiting += node.queued * passed
      areas.used += Math.min(node.busy, node.slots) * passed
      areas.slots += node.slots * passed
      areas.present += present(node) * passed
      if (node.health === fact.HEALTH_UP) areas.up += passed
    }
  }

  const counting: Recount = { nodes, inSystem: 0, close: () => until(to) }
  books.seen = until
  return counting
}

function present({ queued, busy, below }: Node): number {
  return queued + busy + below
}

/** What the report's `requests` should say of requests born from `from` on. */
export function requestCounts({ requests }: Ledger, from: number) {
  const measured = requests.filter(({ born }) => born >= from)
  const byOutcome: Record<string, number> = {}
  const groups = { succeeded: 0, failed: 0, rejected: 0, timedOut: 0 }
  for (const { outcome } of measured) {
    if (outcome < 0) continue
    const name = fact.OUTCOME_NAMES[outcome]!
    byOutcome[name] = (byOutcome[name] ?? 0) + 1
    groups[fact.OUTCOME_GROUPS[outcome]!]++
  }
  const unfinished = measured.filter(({ outcome }) => outcome < 0).length
  const retried = measured.filter(({ further }) => further > 0).length
  return { arrived: measured.length, ...groups, retried, unfinished, byOutcome }
}

/** Latencies of measured requests that succeeded, ns, ascending. */
export function latencies({ requests }: Ledger, from: number): number[] {
  return requests
    .filter(({ born, outcome }) => born >= from && outcome === fact.OK)
    .map(({ born, settled }) => settled - born)
    .sort((a, b) => a - b)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value of nearest rank in an ascending list. */
export function rank(values: readonly number[], share: number): number {
  return values[Math.max(0, Math.ceil(share * values.length) - 1)]!
}
