/**
 * Processor sharing: all calls at a replica are served at once, each at the replica's rate as long as
 * there are no more calls than processors, and at an equal part of it beyond.
 *
 * Every call has had the same virtual work since it came, so a call is done when the virtual time reaches
 * its arrival's virtual time plus its demand: a heap by that sum gives the next end, and only one timer a
 * replica is pending. Source: L. Kleinrock, Queueing Systems II, 4.4 (the ideal of infinitely small slices).
 */

import { round } from '../base/round.ts'
import { cancel, NO_TIMER, schedule } from '../engine/event-queue.ts'
import { record } from '../engine/fact-log.ts'
import type { Cluster } from './cluster.ts'
import { SHARE_ENDS } from './event-kinds.ts'
import { PHASE_SERVICE, STARTED } from './facts.ts'
import {
  BUSY,
  NODE_INT,
  NODE_NUM,
  RATE,
  ROOM,
  SHARE_TIMER,
  SLOTS,
  SPEED,
  VIRTUAL,
  VIRTUAL_SINCE,
} from './nodes.ts'
import { DEMAND, NEXT, PHASE, REQUEST, SERIAL, SINCE, WORK } from './tables.ts'

/** Begins to serve a call; false when the replica is full. */
export function admitShared(c: Cluster, call: number, node: number): boolean {
  const nodes = c.nodes.int
  const n = node << NODE_INT
  const busy = nodes[n | BUSY]!
  if (busy >= nodes[n | SLOTS]! + nodes[n | ROOM]!) return false
  advance(c, node)
  const r = c.calls.int[(call << 3) | REQUEST]! * c.requests.stride
  const demand = c.requests.num[r + DEMAND + c.fixed.tierOf[node]!.index]!
  c.calls.int[(call << 3) | PHASE] = PHASE_SERVICE
  c.calls.num[(call << 2) | SINCE] = c.now
  c.calls.num[(call << 2) | WORK] = c.nodes.num[(node << NODE_NUM) | VIRTUAL]! + demand
  if (busy === c.nodes.heaps[node]!.length) {
    const wide = new Int32Array(busy * 2 + 8)
    wide.set(c.nodes.heaps[node]!)
    c.nodes.heaps[node] = wide
  }
  nodes[n | BUSY] = busy + 1
  rise(c, c.nodes.heaps[node]!, busy, call)
  record(c.fixed.log, c.now, STARTED, node, c.requests.num[r + SERIAL]!, 0)
  timeNext(c, node)
  return true
}

/** The call with the least virtual finish is done; the caller takes it out and lets it leave. */
export function shareEnds(c: Cluster, node: number): number {
  const call = c.nodes.heaps[node]![0]!
  const base = node << NODE_NUM
  c.nodes.num[base | SHARE_TIMER] = NO_TIMER
  c.nodes.num[base | VIRTUAL] = c.calls.num[(call << 2) | WORK]!
  c.nodes.num[base | VIRTUAL_SINCE] = c.now
  return call
}

/** Time that a processor of the replica, all to itself, would have needed for what a call has had so far, ns. */
export function sharedTime(c: Cluster, call: number, node: number): number {
  advance(c, node)
  const r = c.calls.int[(call << 3) | REQUEST]! * c.requests.stride
  const demand = c.requests.num[r + DEMAND + c.fixed.tierOf[node]!.index]!
  const left = c.calls.num[(call << 2) | WORK]! - c.nodes.num[(node << NODE_NUM) | VIRTUAL]!
  return round((demand - left) / c.nodes.num[(node << NODE_NUM) | SPEED]!)
}

/** Takes a call out of service, done or not. */
export function stopShare(c: Cluster, call: number, node: number): void {
  advance(c, node)
  const heap = c.nodes.heaps[node]!
  const last = --c.nodes.int[(node << NODE_INT) | BUSY]!
  const place = c.calls.int[(call << 3) | NEXT]!
  const moved = heap[last]!
  if (moved !== call) {
    if (place > 0 && before(c, moved, heap[(place - 1) >> 1]!)) rise(c, heap, place, moved)
    else sink(c, heap, place, moved, last)
  }
  if (last === 0) c.nodes.num[(node << NODE_NUM) | VIRTUAL] = 0
  timeNext(c, node)
}

/** The replica's rate changes from now on. */
export function setSharedRate(c: Cluster, node: number, rate: number): void {
  advance(c, node)
  c.nodes.num[(node << NODE_NUM) | RATE] = rate
  timeNext(c, node)
}

/** It has so many processors from now on, which share what is there. */
export function setSharedSlots(c: Cluster, node: number, slots: number): void {
  advance(c, node)
  c.nodes.int[(node << NODE_INT) | SLOTS] = slots
  timeNext(c, node)
}

function ratePerCall(c: Cluster, node: number): number {
  const busy = c.nodes.int[(node << NODE_INT) | BUSY]!
  const slots = c.nodes.int[(node << NODE_INT) | SLOTS]!
  const rate = c.nodes.num[(node << NODE_NUM) | RATE]!
  return busy > slots ? (rate * slots) / busy : rate
}

function advance(c: Cluster, node: number): void {
  const base = node << NODE_NUM
  const passed = c.now - c.nodes.num[base | VIRTUAL_SINCE]!
  if (passed > 0) c.nodes.num[base | VIRTUAL]! += passed * ratePerCall(c, node)
  c.nodes.num[base | VIRTUAL_SINCE] = c.now
}

function timeNext(c: Cluster, node: number): void {
  const base = node << NODE_NUM
  cancel(c.queue, c.nodes.num[base | SHARE_TIMER]!)
  const rate = ratePerCall(c, node)
  if (c.nodes.int[(node << NODE_INT) | BUSY] === 0 || rate === 0) {
    c.nodes.num[base | SHARE_TIMER] = NO_TIMER
    return
  }
  const least = c.calls.num[(c.nodes.heaps[node]![0]! << 2) + WORK]!
  const left = Math.max(0, Math.round((least - c.nodes.num[base | VIRTUAL]!) / rate))
  c.nodes.num[base | SHARE_TIMER] = schedule(c.queue, c.now + left, SHARE_ENDS, node, 0)
}

function before(c: Cluster, a: number, b: number): boolean {
  return c.calls.num[(a << 2) | WORK]! < c.calls.num[(b << 2) | WORK]!
}

function rise(c: Cluster, heap: Int32Array, from: number, call: number): void {
  let place = from
  while (place > 0) {
    const up = (place - 1) >> 1
    if (!before(c, call, heap[up]!)) break
    put(c, heap, place, heap[up]!)
    place = up
  }
  put(c, heap, place, call)
}

function sink(c: Cluster, heap: Int32Array, from: number, call: number, size: number): void {
  let place = from
  for (;;) {
    let down = 2 * place + 1
    if (down >= size) break
    if (down + 1 < size && before(c, heap[down + 1]!, heap[down]!)) down++
    if (!before(c, heap[down]!, call)) break
    put(c, heap, place, heap[down]!)
    place = down
  }
  put(c, heap, place, call)
}

/** A call in a heap keeps its place in the column of the list link it does not use. */
function put(c: Cluster, heap: Int32Array, place: number, call: number): void {
  heap[place] = call
  c.calls.int[(call << 3) | NEXT] = place
}
