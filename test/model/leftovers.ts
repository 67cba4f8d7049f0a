/** What a cluster still holds: for tests that nothing leaks and nothing is lost. */

import type { KeyedRows } from '../../src/base/keyed-rows.ts'
import { KIND, pendingSlots, ROW_SHIFT } from '../../src/engine/event-queue.ts'
import { runUntil } from '../../src/engine/simulation.ts'
import type { Cluster } from '../../src/model/cluster.ts'
import * as event from '../../src/model/event-kinds.ts'
import { HEALTH_HUNG } from '../../src/model/facts.ts'
import { BELOW, BUSY, HEALTH, NODE_INT, WAITING } from '../../src/model/nodes.ts'
import { rules } from '../../src/model/rules.ts'
import { NIL } from '../../src/model/tables.ts'
import { countsOf } from '../../src/policies/upstream/choose.ts'

/** Events that come again and again, whatever the requests do. */
const PERIODIC: readonly number[] = [
  event.CHECK_STARTS,
  event.CHECK_ARRIVES,
  event.CHECK_PASSES,
  event.CHECK_REFUSED,
  event.CHECK_TIMES_OUT,
  event.BREAKS,
  event.REPAIRED,
  event.CHECK_ERRS,
  event.LOOKS_AGAIN,
  event.SWEEPS,
  event.AGENT_ASKS,
  event.AGENT_ARRIVES,
  event.AGENT_ANSWERED,
  event.PROBE_STARTS,
  event.PROBE_ENDS,
  event.CONTAINER_STOPS,
  event.CONTAINER_STARTS,
  event.START_UP_ENDS,
  event.WARMS,
  event.CONNECTION_IDLES,
  event.KEPT_IDLES,
  event.REFRESHES,
  event.PAUSE_TURNS,
  event.FLAP_TURNS,
  event.LOAD_IS_SAMPLED,
  event.SCALES,
  event.WEIGHS,
]

/** Kinds of pending events, bucket by bucket. */
export function pendingKinds({ queue }: Cluster): number[] {
  return pendingSlots(queue).map((slot) => queue.row[(slot << ROW_SHIFT) + KIND]!)
}

/** Rows of a table that are not on its free list. */
function rowsInUse({
  used,
  free,
  int,
  shift = 3,
}: {
  used: number
  free: number
  int: Int32Array
  shift?: number
}): number {
  let unused = 0
  for (let row = free; row !== NIL; row = int[row << shift]!) {
    if (++unused > used) throw new Error('the free list has a circle')
  }
  return used - unused
}

/** Rows of sessions; those of visitors stay for the whole run. */
function sessionsIn(rows: KeyedRows | undefined): number {
  if (rows === undefined) return 0
  return Array.from(rows.places).filter((filled) => filled > 0 && rows.keys[filled - 1]! >= 0).length
}

function countedBy(byCall: Int32Array | Uint8Array | undefined): number {
  return byCall === undefined ? 0 : Array.from(byCall).filter((counted) => counted !== 0).length
}

/** Everything that should be zero when no request is under way. */
export function leftovers(cluster: Cluster): Record<string, number> {
  const { nodes, pools, requests, calls, tries, queue, sessions, tiers } = cluster
  const sum = (column: number) =>
    nodes.heaps.reduce((total, _, node) => total + Math.abs(nodes.int[(node << NODE_INT) + column]!), 0)
  const pending = pendingKinds(cluster)
  return {
    'events that are not counted': queue.count - pending.length,
    'events besides checks and failures': pending.filter((kind) => !PERIODIC.includes(kind)).length,
    'open requests': requests.open,
    'rows of requests': rowsInUse(requests),
    'rows of calls': rowsInUse(calls),
    'sessions under way': sessions.open,
    'rows of sessions': rowsInUse({ ...sessions, shift: 2 }),
    'sessions that tiers know of': tiers.reduce(
      (total, { cookies, visits }) => total + sessionsIn(cookies) + sessionsIn(visits),
      0,
    ),
    'calls that limits or connections count': tiers.reduce(
      (total, { limits, transport, kept }) =>
        total + countedBy(limits?.counted) + countedBy(transport?.using) + countedBy(kept?.carriers),
      0,
    ),
    'sendings of balancers that try again': tries?.sendings.open ?? 0,
    'calls in service': sum(BUSY),
    'calls that wait': sum(WAITING),
    'calls at the next tier': sum(BELOW),
    'calls that balancers wait for': pools.reduce(
      (total, { upstream }) => total + countsOf(upstream).reduce((all, n) => all + Math.abs(n), 0),
      0,
    ),
    'calls that wait at balancers': pools.reduce((total, { upstream }) => total + upstream.line.waiting, 0),
  }
}

/** Odd, so that it falls into step with nothing. */
const SLICE = 61

/** A hung replica holds its work until it recovers, and no event tells of it. */
function isAnyHung({ nodes }: Cluster): boolean {
  return nodes.heaps.some((_, node) => nodes.int[(node << NODE_INT) + HEALTH] === HEALTH_HUNG)
}

/**
 * Runs on until only what is periodic is pending; new requests must have ended.
 * @returns false when that takes more than `atMost` events
 */
export function runDry(cluster: Cluster, atMost = 1_000_000): boolean {
  const { faults } = cluster.fixed.scenario
  for (let left = atMost; left > 0; left -= SLICE) {
    const isOnlyPeriodic = pendingKinds(cluster).every((kind) => PERIODIC.includes(kind))
    if (isOnlyPeriodic && cluster.scriptDone === faults.length && !isAnyHung(cluster)) return true
    runUntil(cluster, rules, faults, Number.MAX_SAFE_INTEGER, SLICE)
  }
  return false
}
